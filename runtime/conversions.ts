/**
 * Dates and bytes in payloads, for contracts generated with `dates: "Date"` or `binary: "Uint8Array"`: on the wire they are
 * the text that the schema says, and that is what is checked; an application has the values themselves. Nothing that is
 * given is changed: where there is something to convert, the objects and lists around it are others.
 */
import type { Conversion, Conversions } from "./api.js";
import { bytesOf, textOf } from "./base64.js";
import { isBytes } from "./frame.js";
import { instantOf } from "./instant.js";
import { isObject } from "./members.js";

type Inside = Extract<Conversion, { members?: unknown }>;
type Members = Readonly<Record<string, unknown>>;

/** What is nested deeper is left to whoever encodes it, and refused there. */
const DEEPEST = 1_000;

export const applicationValues: Conversions = {
  toApplication: (conversion, value) => made(value, [conversion]),
  toWire: (value) => wired(value, new Set()),
};

/** All conversions hold at once. What is not as its schema says, since nobody looked, stays as it is. */
function made(value: unknown, said: readonly Conversion[]): unknown {
  if (said.length === 0) return value;
  const all = [...new Set(said.flatMap((conversion) => chosen(conversion, value)))];
  if (typeof value === "string") {
    if (all.includes("date")) return instantOf(value) ?? value;
    return all.includes("bytes") ? (bytesOf(value) ?? value) : value;
  }
  const inside = all.filter((one) => typeof one === "object");
  if (Array.isArray(value)) return withItems(value, (item, index) => made(item, ofItem(inside, index)));
  return isObject(value) ? withMembers(value, (member, name) => made(member, ofMember(inside, name))) : value;
}

/** What is meant for this value: choices are made while it is still as it was on the wire. */
function chosen(conversion: Conversion, value: unknown): readonly ("date" | "bytes" | Inside)[] {
  if (typeof conversion === "string") return [conversion];
  if (typeof conversion === "function") return chosen(conversion(), value);
  if ("all" in conversion) return conversion.all.flatMap((one) => chosen(one, value));
  if ("fits" in conversion) return fitting(conversion.fits, value).flatMap((one) => (one ? chosen(one, value) : []));
  if (!("by" in conversion)) return [conversion];
  const tag = isObject(value) && Object.hasOwn(value, conversion.by) ? value[conversion.by] : undefined;
  return conversion.cases.filter(([constant]) => constant === tag).flatMap(([, own]) => chosen(own, value));
}

/** An object may be several things at once, whose members are then the same; a text or a list is one of them. */
function fitting(
  cases: Extract<Conversion, { fits: unknown }>["fits"],
  value: unknown,
): readonly (Conversion | null)[] {
  const found = isObject(value)
    ? cases.filter(([validate]) => validate(value))
    : [cases.find(([validate]) => validate(value)) ?? []];
  return found.map(([, own = null]) => own);
}

function ofItem(inside: readonly Inside[], index: number): readonly Conversion[] {
  return inside.flatMap(({ places, items }) => (index < (places?.length ?? 0) ? places?.[index] : items) ?? []);
}

function ofMember(inside: readonly Inside[], name: string): readonly Conversion[] {
  return inside.flatMap(({ members, rest }) => {
    return (members && Object.hasOwn(members, name) ? members[name] : rest) ?? [];
  });
}

/** Dates as RFC 3339 has them, in UTC; bytes as base64. What no JSON can say is for others to find. */
function wired(value: unknown, within: Set<unknown>): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (isDate(value)) return Number.isNaN(value.getTime()) ? value : value.toISOString();
  if (isBytes(value)) return textOf(value);
  if (within.size > DEEPEST || within.has(value)) return value;
  within.add(value);
  try {
    if (Array.isArray(value)) return withItems(value, (item) => wired(item, within));
    return isObject(value) && !("toJSON" in value) ? withMembers(value, (member) => wired(member, within)) : value;
  } catch {
    return value; // a member that throws when it is read
  } finally {
    within.delete(value);
  }
}

/** A date of any realm. */
function isDate(value: object): value is Date {
  return Object.prototype.toString.call(value) === "[object Date]";
}

function withItems(items: readonly unknown[], change: (item: unknown, index: number) => unknown): readonly unknown[] {
  const changed = items.map(change);
  return changed.some((item, index) => item !== items[index]) ? changed : items;
}

function withMembers(members: Members, change: (member: unknown, name: string) => unknown): Members {
  let changed: Record<string, unknown> | undefined;
  for (const name of Object.keys(members)) {
    const before = members[name];
    const after = change(before, name);
    if (after === before) continue;
    changed ??= { ...members };
    changed[name] = after; // an own member by now, whatever it is called
  }
  return changed ?? members;
}
