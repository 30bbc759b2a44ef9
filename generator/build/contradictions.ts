/**
 * Members and payloads that can have no value at all, since what is said of them contradicts itself: a base says an
 * object and its heir a list. Types of them compile and nobody can fill them, so this is said where it stands.
 *
 * Every type is walked once, with all that holds together for each of its members. A walk is remembered by the places
 * that it is about, and ends after so many.
 */
import type { Action, Contract, Json, Schema } from "../contract.js";
import { keysOf, type Node } from "../document.js";
import { isMembers, type Members } from "../normalise/keywords.js";
import { normalise } from "../normalise/normalise.js";
import type { Problems } from "../problem.js";
import { bothWords } from "./facts/both-words.js";
import { isImpossible, type Read } from "./facts/impossible.js";
import { Unchanged } from "./facts/unchanged.js";

/** A schema of a declared type, and the way to it: `/properties/data`. */
interface Located {
  readonly schema: Json;
  readonly type: string;
  readonly path: string;
}

/** So many places, alone or together with others, are looked at in one document. */
const WALKS = 20_000;

/** How far one look goes: what is below has a look of its own. */
const NEAR = 3;

export function warnOfContradictions(contract: Contract, root: Node, problems: Problems): void {
  const { types } = normalise(contract.types.filter(({ untyped, bytes }) => !untyped && !bytes));
  const walk = new Walk(new Map(types.map(({ name, schema }) => [name, schema])));
  for (const { name } of types) walk.type(name);
  const at = new Map(types.map((type) => [type.name, type.at]));
  for (const { located, reason, isComposed } of walk.found) {
    problems.warn(
      "impossible",
      `${reason}; whatever is sent there is refused`,
      placeOf(located, at, root),
      isComposed ? "What stands in `allOf` adds to the rest and replaces nothing of it." : undefined,
    );
  }
  const actions = contract.connections.flatMap(({ toServer, toClient }) => [...toServer.actions, ...toClient.actions]);
  for (const { title, at } of actions.filter((action) => walk.isRefused(action))) {
    problems.warn("impossible", `no payload fits ${title}; whatever is sent as one is refused`, root.follow(at));
  }
}

/** Whether a schema by itself is impossible, nearby and as far as is looked. */
const near = new Unchanged<Schema, boolean>();
const far = new Unchanged<Schema, boolean>();

type Find = (name: string) => Schema | undefined;

interface Found {
  readonly located: Located;
  readonly reason: string;
  readonly isComposed: boolean;
}

class Walk {
  readonly found: Found[] = [];
  readonly #read: Read;
  readonly #find: Find;
  readonly #walked = new Map<string, boolean>();
  readonly #said = new Set<string>();

  constructor(read: Read) {
    this.#read = read;
    this.#find = (name) => read.get(name);
  }

  type(name: string): void {
    this.#look([{ schema: this.#read.get(name) ?? true, type: name, path: "" }], name);
  }

  /** Whether nothing fits a payload, for a reason that is not said of it as a whole. */
  isRefused({ payload }: Action): boolean {
    if (this.#said.has(id({ type: payload, path: "" }))) return false;
    const look = (find: Find): boolean => isImpossible([ref(payload)], { get: find });
    const schema = this.#read.get(payload);
    return isMembers(schema) ? far.of(schema, this.#find, look) : look(this.#find);
  }

  /** Looks at all that holds together in one place, what is inside of it first; whether anything was found. */
  #look(here: readonly Located[], name: string): boolean {
    const all: Located[] = [];
    for (const one of here) this.#addParts(one, all, []);
    const parts = all.length > 1 ? distinct(all) : all;
    const key = parts.length === 1 && parts[0] ? id(parts[0]) : parts.map(id).sort().join(" ");
    const known = this.#walked.get(key);
    if (known !== undefined || this.#walked.size >= WALKS) return known ?? false;
    this.#walked.set(key, false); // what leads back here adds nothing
    const inside = [...membersOf(parts), ...itemsOf(parts), ...parts.flatMap(choicesOf)];
    let isFound = false;
    for (const [key, all] of inside) isFound = this.#inside(all, key) || isFound;
    isFound ||= this.#isContradictory(here, parts, name, inside.length > 0);
    this.#walked.set(key, isFound);
    return isFound;
  }

  /** A type is looked at by itself where nothing else is said of the place. */
  #inside(all: readonly Located[], name: string): boolean {
    const [only, ...others] = all;
    if (others.length === 0 && refIn(only?.schema) !== undefined) return false;
    return this.#look(all, name);
  }

  /** `isDeep`: there is something inside, so that it takes more to look than to remember. */
  #isContradictory(here: readonly Located[], parts: readonly Located[], name: string, isDeep: boolean): boolean {
    const last = here.at(-1);
    const schemas = here.map(({ schema }) => schema);
    // `false` says on purpose that there is no value.
    if (!last || parts.some(({ schema }) => schema === false)) return false;
    const look = (find: Find): boolean => isImpossible(schemas, { get: find }, NEAR);
    const isRemembered = isDeep && schemas.length === 1 && isMembers(last.schema);
    if (!(isRemembered ? near.of(last.schema, this.#find, look) : look(this.#find))) return false;
    if (this.#said.has(id(last))) return true;
    this.#said.add(id(last));
    const both = bothWords(
      parts.flatMap(({ schema }) => (isMembers(schema) ? [schema] : [])),
      this.#read,
    );
    const reason = both
      ? `no value can be both ${both}, so ${name} can have none`
      : `no value fits all that is said of ${name}`;
    this.found.push({ located: last, reason, isComposed: parts.length > 1 });
    return true;
  }

  /** Adds all that holds together with a schema: behind its reference, and in its `allOf`. */
  #addParts(one: Located, all: Located[], seen: string[]): void {
    if (one.schema === false) all.push(one);
    if (!isMembers(one.schema)) return;
    const name = refIn(one.schema);
    if (name === undefined) {
      all.push(one);
      for (const part of listed(one, "allOf")) this.#addParts(part, all, seen);
    } else if (!seen.includes(name)) {
      seen.push(name);
      this.#addParts({ schema: this.#read.get(name) ?? true, type: name, path: "" }, all, seen);
    }
  }
}

type Inside = readonly [name: string, all: readonly Located[]];

/** Each member, with all that is said of it. */
function membersOf(parts: readonly Located[]): Inside[] {
  const all = new Map<string, Located[]>();
  for (const part of parts) {
    const properties = isMembers(part.schema) ? part.schema["properties"] : undefined;
    if (!isMembers(properties)) continue;
    for (const [key, schema] of Object.entries(properties)) {
      const said = { schema, type: part.type, path: `${part.path}/properties/${token(key)}` };
      const known = all.get(key);
      if (known) known.push(said);
      else all.set(key, [said]);
    }
  }
  return [...all];
}

function itemsOf(parts: readonly Located[]): Inside[] {
  const items = parts.flatMap((part) => {
    const schema = isMembers(part.schema) ? part.schema["items"] : undefined;
    return isMembers(schema ?? null) ? [{ schema: schema ?? true, type: part.type, path: `${part.path}/items` }] : [];
  });
  return items.length > 0 ? [["an item", items]] : [];
}

/** Branches each by itself: one that cannot be where it stands leaves the others. */
function choicesOf(part: Located): Inside[] {
  const branches = [...listed(part, "anyOf"), ...listed(part, "oneOf")];
  return branches.map((branch): Inside => ["a branch", [branch]]);
}

const NONE: readonly Located[] = [];

function listed({ schema, type, path }: Located, keyword: string): readonly Located[] {
  const all = isMembers(schema) ? schema[keyword] : undefined;
  if (!Array.isArray(all)) return NONE;
  return all.map((one: Json, index) => ({ schema: one, type, path: `${path}/${keyword}/${index}` }));
}

/** Where a schema stands, as it is written there; above it, where the document says it in other words. */
function placeOf({ type, path }: Located, at: ReadonlyMap<string, string>, root: Node): Node | undefined {
  const keys = keysOf(path);
  const lengths = [...keys.keys()].map((index) => keys.length - index);
  const above = root.follow(at.get(type) ?? "");
  const found = lengths.map((length) =>
    keys.slice(0, length).reduce<Node | undefined>((node, key) => node?.raw(key), above),
  );
  return found.find((node) => node) ?? above;
}

function distinct(all: readonly Located[]): Located[] {
  return [...new Map(all.map((one) => [id(one), one])).values()];
}

function id({ type, path }: Pick<Located, "type" | "path">): string {
  return `${type}${path}`;
}

function ref(name: string): Members {
  return { $ref: `#/$defs/${name}` };
}

function refIn(schema: Json | undefined): string | undefined {
  const said = isMembers(schema) ? schema["$ref"] : undefined;
  return typeof said === "string" ? said.replace("#/$defs/", "") : undefined;
}

/** RFC 6901, 3. */
function token(key: string): string {
  return key.includes("~") || key.includes("/") ? key.replaceAll("~", "~0").replaceAll("/", "~1") : key;
}
