/**
 * Texts of which schemas that hold at once do not say the same: a date to one, some text to another. Such a value is
 * neither a `Date` alone nor a text alone, so it stays what it is on the wire. Alternatives that only validators can tell
 * apart count as such, since an object may be several of them.
 */
import type { Json } from "../contract.js";
import { isMembers, type Members, schemasIn, WORDS } from "../normalise/keywords.js";
import { list, refName, type Schemas } from "../types/kinds.js";
import { partsOf } from "../types/tagged.js";
import type { Settled } from "./settled.js";

/** How deep members of members are compared. */
const DEPTH = 12;

/** So much is compared; of a document that needs more, all texts stay what they are. */
const STEPS = 100_000;

class TooMuch extends Error {}

/** What says nothing of a value but that it is one of some. */
const CHOICES: ReadonlySet<string> = new Set(["$ref", "anyOf", "oneOf", ...WORDS]);

/** What a schema's texts become, as far as it says so itself. */
export type Becoming = (schema: Members) => string | undefined;

export class Disagreements {
  readonly #schemas: Schemas;
  readonly #settled: Settled;
  readonly #becomes: Becoming;
  readonly #found: Set<Members>;
  readonly #compared = new Set<string>();
  readonly #everything = new Map<Json, readonly Members[]>();
  #steps = 0;
  readonly #ids = new Map<Members, number>();

  private constructor(schemas: Schemas, settled: Settled, becomes: Becoming, found: Set<Members>) {
    this.#schemas = schemas;
    this.#settled = settled;
    this.#becomes = becomes;
    this.#found = found;
  }

  /** Adds to `found` the schemas whose texts others disagree about. */
  static find(schemas: Schemas, settled: Settled, becomes: Becoming, found: Set<Members>): void {
    const search = new Disagreements(schemas, settled, becomes, found);
    const all = [...schemas.values()].flatMap((schema) => [...schemasIn(schema)]);
    try {
      for (const one of all) search.#look(one);
    } catch (error) {
      if (!(error instanceof TooMuch)) throw error;
      for (const one of all) found.add(one);
    }
  }

  #look(schema: Members): void {
    const parts = partsOf(schema, this.#schemas);
    const choices = parts.flatMap(({ anyOf, oneOf }) => [list(anyOf), list(oneOf)]).filter(({ length }) => length > 0);
    this.#together(parts, false, DEPTH);
    const isMore = parts.some((part) => Object.keys(part).some((keyword) => !CHOICES.has(keyword)));
    for (const choice of choices) {
      for (const branch of isMore ? choice : []) {
        this.#together([...parts, ...this.#everythingIn(branch)], false, DEPTH);
      }
      const fits = this.#settled.choice(choice).fits.flatMap((branch) => this.#everythingIn(branch));
      if (this.#isNew("fits", fits)) this.#inside(fits, DEPTH);
    }
    if (choices.length > 1) {
      const all = choices.flat().flatMap((branch) => this.#everythingIn(branch));
      this.#together([...parts, ...all], false, DEPTH);
    }
  }

  /** What holds of a value, and in it; `asMember`: a type of its own says it, so that it says something by `type` alone. */
  #together(said: readonly Members[], asMember: boolean, depth: number): void {
    const parts = [...new Set(said)];
    if (depth === 0 || !this.#isNew(asMember ? "member" : "value", parts)) return;
    const speaking = parts.filter((part) => this.#becomes(part) !== undefined || speaksOfText(part, asMember));
    const results = new Set(speaking.map((part) => this.#becomes(part)));
    if (results.size > 1) for (const part of speaking) this.#found.add(part);
    this.#inside(parts, depth);
  }

  #inside(parts: readonly Members[], depth: number): void {
    const named = parts.map(({ properties }) => (isMembers(properties) ? properties : {}));
    const names = new Set<string>(named.flatMap((members) => Object.keys(members)));
    for (const name of names) {
      const said = parts.map(({ additionalProperties }, at) => {
        const own = named[at] ?? {};
        return Object.hasOwn(own, name) ? own[name] : additionalProperties;
      });
      this.#member(said, depth);
    }
    this.#member(
      parts.map(({ additionalProperties }) => additionalProperties),
      depth,
    );
    const places = Math.max(0, ...parts.map(({ prefixItems }) => list(prefixItems).length));
    for (let at = 0; at < places; at++) {
      this.#member(
        parts.map(({ prefixItems, items }) => list(prefixItems)[at] ?? items),
        depth,
      );
    }
    this.#member(
      parts.map(({ items }) => items),
      depth,
    );
  }

  #member(said: readonly (Json | undefined)[], depth: number): void {
    const telling = said.filter((one) => isMembers(one) && Object.keys(one).some((keyword) => !WORDS.has(keyword)));
    const distinct = new Map(telling.map((one) => [refName(one) ?? one, one]));
    if (distinct.size < 2) return;
    const parts = [...distinct.values()].flatMap((one) => (one === undefined ? [] : this.#everythingIn(one)));
    this.#together(parts, true, depth - 1);
  }

  /** Whatever may hold where a schema does. */
  #everythingIn(schema: Json): readonly Members[] {
    const known = this.#everything.get(schema) ?? [...this.#collect(schema, new Set())];
    this.#everything.set(schema, known);
    return known;
  }

  #collect(schema: Json, found: Set<Members>): ReadonlySet<Members> {
    const parts = partsOf(schema, this.#schemas).filter((part) => !found.has(part));
    for (const part of parts) found.add(part);
    const branches = parts.flatMap(({ anyOf, oneOf }) => [...list(anyOf), ...list(oneOf)]);
    for (const branch of branches) this.#collect(branch, found);
    return found;
  }

  #isNew(how: string, parts: readonly Members[]): boolean {
    const key = `${how} ${parts.map((part) => this.#id(part)).join()}`;
    if (parts.length < 2 || this.#compared.has(key)) return false;
    this.#compared.add(key);
    this.#steps += parts.length;
    if (this.#steps > STEPS) throw new TooMuch();
    return true;
  }

  #id(schema: Members): number {
    const id = this.#ids.get(schema) ?? this.#ids.size;
    this.#ids.set(schema, id);
    return id;
  }
}

function speaksOfText(schema: Members, byType: boolean): boolean {
  if (["enum", "const", "pattern", "format"].some((keyword) => schema[keyword] !== undefined)) return true;
  if (!admitsIso(schema)) return true;
  return byType && [schema["type"]].flat().includes("string");
}

const ISO_LENGTH = "2024-01-01T00:00:00.000Z".length;

/** Whether the text of any instant, as a `Date` says it, may stand here: 24 characters, and as they are. */
export function admitsIso({ pattern, minLength = 0, maxLength = Infinity }: Members): boolean {
  return pattern === undefined && Number(minLength) <= ISO_LENGTH && Number(maxLength) >= ISO_LENGTH;
}
