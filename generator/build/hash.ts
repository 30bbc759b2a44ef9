/**
 * The hash of a contract: equal for two documents exactly when the same can be said on the wire, whatever the order of
 * their parts and the words of their prose: by it two sides can know whether they mean the same.
 */
import { createHash } from "node:crypto";
import type { Connection, Contract, Direction, TypeDeclaration } from "../contract.js";
import { once } from "../memo.js";

/** Sixteen hexadecimal digits: enough to tell versions of one API apart. */
export function hashOf({ connections, types }: Pick<Contract, "connections" | "types">): string {
  const spoken = canonical(connections.map(onTheWire), "connections");
  const declared = types.toSorted(({ name: a }, { name: b }) => (a < b ? -1 : 1)).map(declaration);
  const text = `{"connections":${spoken},"types":{${declared.join(",")}}}`;
  return createHash("sha256").update(text).digest("hex").slice(0, 16);
}

const declaration = once(({ name, schema }: TypeDeclaration) => `${JSON.stringify(name)}:${canonical(schema, name)}`);

function onTheWire({ path, query, headers, envelope, codec, toServer, toClient }: Connection): unknown {
  return { path, query, headers, envelope, codec, toServer: directionOf(toServer), toClient: directionOf(toClient) };
}

function directionOf({ actions }: Direction): unknown {
  return {
    actions: actions.map(({ title, payload, frame, reply }) => ({
      name: title,
      payload,
      frame,
      reply: reply?.types,
      ...(reply?.by === "field" && { by: [reply.request, reply.reply] }),
    })),
  };
}

/** What describes and does not bind. As property names they stay: those stand below `properties`. */
const PROSE = new Set(["title", "description", "examples", "example", "default", "deprecated"]);

const UNORDERED = new Set(["required", "enum", "anyOf", "oneOf", "allOf", "type", "connections", "actions", "reply"]);

/** JSON with sorted keys and without prose; lists whose order means nothing are sorted too. */
function canonical(value: unknown, key = "", named = false): string {
  if (!named && key === "const") return JSON.stringify(value);
  if (Array.isArray(value)) {
    const items = value.map((item) => (key === "enum" ? JSON.stringify(item) : canonical(item)));
    return `[${(UNORDERED.has(key) ? items.sort() : items).join(",")}]`;
  }
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "null";
  const members = value as { readonly [name: string]: unknown };
  let text = "";
  for (const name of Object.keys(members).sort()) {
    const member = members[name];
    if (member === undefined || (!named && PROSE.has(name))) continue;
    text += `${text === "" ? "" : ","}${JSON.stringify(name)}:${canonical(member, name, holdsNames(name, named))}`;
  }
  return `{${text}}`;
}

function holdsNames(key: string, named: boolean): boolean {
  return !named && (key === "properties" || key === "patternProperties");
}
