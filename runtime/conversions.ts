/**
 * Dates and bytes in payloads, for contracts generated with `dates: "Date"` or `binary: "Uint8Array"`: on the wire they are
 * the text that the schema says, and that is what is checked; an application has the values themselves.
 */
import type { Conversion, Conversions } from "./api.js";
import { bytesOf, textOf } from "./base64.js";
import { instantOf } from "./instant.js";

type Inside = Extract<Conversion, { members?: unknown }>;

export const applicationValues: Conversions = { toApplication, toWire };

function toApplication(conversion: Conversion, value: unknown): unknown {
  return made(value, [conversion]);
}

/** All conversions hold at once. What is not as its schema says, since nobody looked, stays as it is. */
function made(value: unknown, said: readonly Conversion[]): unknown {
  if (said.length === 0) return value;
  const flat = said.flatMap((conversion) => chosen(conversion, value));
  if (typeof value === "string") {
    if (flat.includes("date")) return instantOf(value) ?? value;
    return flat.includes("bytes") ? (bytesOf(value) ?? value) : value;
  }
  const inside = flat.filter((one) => typeof one === "object");
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) value[index] = made(item, ofItem(inside, index));
  } else if (typeof value === "object" && value !== null) {
    const members = value as Record<string, unknown>; // an object that came out of a codec
    for (const name of Object.keys(members)) {
      const own = ofMember(inside, name);
      if (own.length > 0) members[name] = made(members[name], own);
    }
  }
  return value;
}

/** What is meant for this value: choices are made while it is still as it was on the wire. */
function chosen(conversion: Conversion, value: unknown): readonly ("date" | "bytes" | Inside)[] {
  if (typeof conversion === "string") return [conversion];
  if (typeof conversion === "function") return chosen(conversion(), value);
  if ("all" in conversion) return conversion.all.flatMap((one) => chosen(one, value));
  if ("first" in conversion) {
    const [, own] = conversion.first.find(([validate]) => validate(value)) ?? [];
    return own ? chosen(own, value) : [];
  }
  if (!("by" in conversion)) return [conversion];
  const tag: unknown = isObject(value) && Object.hasOwn(value, conversion.by) ? value[conversion.by] : undefined;
  return conversion.cases.filter(([constant]) => constant === tag).flatMap(([, own]) => chosen(own, value));
}

function ofItem(inside: readonly Inside[], index: number): readonly Conversion[] {
  return inside.flatMap(({ places, items }) => (index < (places?.length ?? 0) ? places?.[index] : items) ?? []);
}

function ofMember(inside: readonly Inside[], name: string): readonly Conversion[] {
  return inside.flatMap(({ members, rest }) => {
    return (members && Object.hasOwn(members, name) ? members[name] : rest) ?? [];
  });
}

/** Dates as RFC 3339 has them, in UTC; bytes as base64. Nothing that was given is changed. */
function toWire(value: unknown, within: readonly unknown[] = []): unknown {
  if (typeof value !== "object" || value === null || within.includes(value)) return value; // a circle is for others to find
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? value : value.toISOString();
  if (value instanceof Uint8Array) return textOf(value);
  const around = [...within, value];
  if (Array.isArray(value)) {
    const items = value.map((item: unknown) => toWire(item, around));
    return items.some((item, index) => item !== value[index]) ? items : value;
  }
  if ("toJSON" in value) return value;
  const entries = Object.entries(value).map(([name, member]) => [name, toWire(member, around), member] as const);
  return entries.some(([, wire, member]) => wire !== member) ? Object.fromEntries(entries) : value;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
