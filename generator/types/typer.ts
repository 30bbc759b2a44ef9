/**
 * The type of what some schemas say together. Declared schemas go by name wherever that says the same; what stands beside
 * them is made one type.
 */
import type { Json, JsonType, Schema } from "../contract.js";
import { isMembers, type Members, WORDS } from "../normalise/keywords.js";
import { apart } from "./apart.js";
import { arrayType } from "./array-type.js";
import { type Branch, branchesOf, exclude } from "./branches.js";
import { asSchema, KINDS, kindsNamed, kindsOf, list, refName, type Schemas, valuesOf } from "./kinds.js";
import { literalType } from "./literal-type.js";
import { negation } from "./negation.js";
import { objectType } from "./object-type.js";
import { Openness } from "./openness.js";
import { either, together } from "./simplify.js";
import { tagOf } from "./tagged.js";
import { FREE, NEVER, type TypeNode, text, UNKNOWN } from "./type-node.js";

/** How deep types stand in types, and how many of one declaration are made of several schemas, before names must do. */
const DEPTH = 48;
const MERGED = 100;
/** A merged type in a merged type, so many times. */
const MERGED_DEPTH = 6;

/** So many alternatives are compared, each with each; more are said as they are. */
const COMPARED = 32;

export class Typer {
  readonly #schemas: Schemas;
  readonly #openness: Openness;
  readonly #brief: boolean;
  /** What is being said: a type that is met again within itself is cut short. */
  readonly #open: string[] = [];
  readonly #ids = new WeakMap<object, number>();
  #lastId = 0;
  #merged = 0;
  /** The declarations that what is being said is a part of: the one that is printed, and those that were merged into it. */
  readonly #within: (readonly string[])[] = [];

  /** `brief`: what is said is what a reader would say; otherwise all that a type can. */
  constructor(schemas: Schemas, brief: boolean) {
    this.#schemas = schemas;
    this.#brief = brief;
    this.#openness = new Openness(schemas);
  }

  /** The type that a declaration is of. */
  declared(name: string, schema: Schema): TypeNode {
    this.#merged = 0;
    this.#within.splice(0, Infinity, [name]);
    return this.typeOf([schema]);
  }

  readonly typeOf = (claims: readonly Schema[]): TypeNode => {
    if (claims.length === 0) return UNKNOWN;
    const plain = claims.length === 1 && this.#open.length <= DEPTH ? plainType(claims[0]) : undefined;
    if (plain) return plain;
    const said = flat(claims);
    if (said.includes(false)) return NEVER;
    const telling = unique(said.filter(isMembers));
    const [only, ...others] = telling;
    if (!only) return UNKNOWN;
    if (others.length > 0) return this.#several(telling);
    const name = refName(only);
    return name === undefined ? this.#once(telling, false) : text(name);
  };

  /** Of several schemas one type is made, unless it would hold itself, or there are too many already. */
  #several(claims: readonly Members[]): TypeNode {
    const names = claims.flatMap((claim) => refName(claim) ?? []);
    if (++this.#merged > MERGED || this.#within.length > MERGED_DEPTH) return this.#byName(claims);
    const isAgain = names.some((name) => this.#within.some((open) => open.includes(name)));
    this.#within.push(names);
    try {
      return this.#once(claims, isAgain);
    } finally {
      this.#within.pop();
    }
  }

  #once(claims: readonly Members[], isAgain: boolean): TypeNode {
    const key = claims.map((claim) => this.#idOf(claim)).join();
    if (this.#open.includes(key) || this.#open.length > DEPTH) return this.#byName(claims);
    this.#open.push(key);
    try {
      return this.#choice(claims) ?? this.#parts(claims) ?? (isAgain ? this.#joined(claims) : this.#whole(claims));
    } finally {
      this.#open.pop();
    }
  }

  /** Alternatives and nothing else that they do not say themselves. */
  #choice(claims: readonly Members[]): TypeNode | undefined {
    const [choice, ...more] = claims.filter((claim) => choiceOf(claim) !== undefined);
    const rest = claims.filter((claim) => claim !== choice);
    const branches = choice && choiceOf(choice);
    if (!branches || more.length > 0) return undefined;
    const kinds = new Set(branches.flatMap((branch) => kindsOf(branch, this.#schemas)));
    if (!rest.every((claim) => isKindOnly(claim) && saysAll(claim, kinds))) return undefined;
    const isOne = choice["oneOf"] !== undefined;
    const areApart = branches.length > COMPARED || tagOf(branches, this.#schemas) !== undefined;
    const isApart = (branch: Json, index: number) =>
      areApart ||
      branches.every((other, at) => at === index || exclude(asSchema(branch), asSchema(other), this.#schemas));
    const types = branches.map((branch, index) => {
      const isName = refName(branch) !== undefined;
      const isPlain = !isOne || isName || !mayBeInside(branch, this.#schemas) || isApart(branch, index);
      return isPlain ? this.typeOf([asSchema(branch)]) : undefined;
    });
    if (types.every((type) => type !== undefined)) return apart(either(types));
    return isOne && !branches.some((branch) => refName(branch) !== undefined) ? undefined : this.#exclusive(branches);
  }

  /** Of alternatives of which some are declared: what is not, less what is. */
  #exclusive(branches: readonly Json[]): TypeNode {
    const types = branches.map((branch, index) => {
      if (refName(branch) !== undefined) return this.typeOf([asSchema(branch)]);
      const others = branches.filter((_, other) => other !== index);
      return this.#whole([{ allOf: [branch, ...others.map((other) => negation(other, this.#schemas, this.#brief))] }]);
    });
    return apart(either(types));
  }

  /** Declared types, choices of such, and one type for all the rest, where that is all that is said. */
  #parts(claims: readonly Members[]): TypeNode | undefined {
    const named = claims.filter((claim) => this.#isNamed(claim));
    if (named.length === 0) return undefined;
    const rest = claims.filter((claim) => !named.includes(claim) && !isKindOnly(claim));
    if (!claims.every((claim) => !isKindOnly(claim) || saysAll(claim, new Set(["object"])))) return undefined;
    if (!rest.every((claim) => this.#openness.isOpen(claim))) return undefined;
    const names = named.map((claim) => this.typeOf([claim]));
    return together([...names, ...(rest.length > 0 ? [this.#whole(rest)] : [])].filter((type) => type !== FREE));
  }

  #isNamed(claim: Members): boolean {
    if (refName(claim) !== undefined) return this.#openness.isOpen(claim);
    const choice = choiceOf(claim);
    if (!choice) return false;
    return choice.every((branch) => refName(branch) !== undefined && this.#openness.isOpen(branch));
  }

  #whole(claims: readonly Schema[]): TypeNode {
    const types = branchesOf(claims, this.#schemas, this.#brief).flatMap((branch) => this.#branch(branch));
    return apart(either(types));
  }

  #branch(branch: Branch): TypeNode[] {
    if (branch.values && branch.becomes === undefined) return branch.values.map(literalType);
    const isAll = branch.kinds.length === KINDS.length && !branch.big;
    if (isAll && branch.facts.length === 0 && !branch.noneOf.some(isShort)) return [UNKNOWN];
    return branch.kinds.flatMap((kind) => this.#kind(kind, branch) ?? []);
  }

  #kind(kind: JsonType, branch: Branch): TypeNode | undefined {
    if (kind === "object") return objectType(branch, this.typeOf);
    if (kind === "array") return arrayType(branch, this.typeOf);
    if (kind === "number" && branch.big) return text("bigint");
    if (kind === "string" && branch.becomes !== undefined) return text(branch.becomes);
    if (kind === "boolean") return either([true, false].filter((one) => !branch.noneOf.includes(one)).map(literalType));
    return text(kind);
  }

  /** Declared types as they are and, beside them, what says more of open objects: all of it holds. */
  #joined(claims: readonly Members[]): TypeNode {
    const rest = claims.filter((claim) => refName(claim) === undefined && this.#openness.isOpen(claim));
    return together([this.#byName(claims), ...(rest.length > 0 ? [this.#whole(rest)] : [])]);
  }

  /** The declared types among what is said: all of them hold, and what they do not say is left open. */
  #byName(claims: readonly Members[]): TypeNode {
    return together(
      claims.flatMap((claim) => {
        const name = refName(claim);
        return name === undefined ? [] : [text(name)];
      }),
    );
  }

  #idOf(claim: Members): number {
    const known = this.#ids.get(claim) ?? ++this.#lastId;
    this.#ids.set(claim, known);
    return known;
  }
}

/** Of what says one of these kinds and nothing else that a type could say. */
const PLAIN: ReadonlyMap<Json, TypeNode> = new Map<Json, TypeNode>(
  ["string", "number", "boolean", "null"].map((kind) => [kind, text(kind)]),
).set("integer", text("number"));

function plainType(claim: Schema | undefined): TypeNode | undefined {
  if (!isMembers(claim)) return undefined;
  const type = PLAIN.get(claim["type"] ?? true);
  return type && isKindOnly(claim) ? type : undefined;
}

const COMPOSING = ["$ref", "allOf", "anyOf", "oneOf"];

/** What is said at once, each by itself: beside a reference, a list of parts or a choice. */
function flat(claims: readonly Schema[]): Schema[] {
  return claims.flatMap((claim): Schema[] => {
    if (!isMembers(claim)) return [claim];
    const said = Object.keys(claim).filter((keyword) => !WORDS.has(keyword));
    if (said.length === 0) return [];
    if (!COMPOSING.some((keyword) => claim[keyword] !== undefined)) return [claim]; // as most
    // What limits the rest is about all that stands beside it.
    if (said.length === 1 ? said[0] !== "allOf" : "unevaluatedProperties" in claim || "unevaluatedItems" in claim)
      return [claim];
    const { $ref, allOf, anyOf, oneOf, ...own } = claim;
    const apart = { $ref, anyOf, oneOf };
    const parts = Object.entries(apart).flatMap(([keyword, value]) =>
      value === undefined ? [] : [{ [keyword]: value }],
    );
    const rest = Object.keys(own).some((keyword) => !WORDS.has(keyword)) ? [own] : [];
    if (parts.length + rest.length === 1 && allOf === undefined) return [claim];
    return [...rest, ...parts, ...flat(list(allOf).map(asSchema))];
  });
}

function unique(claims: readonly Members[]): Members[] {
  return claims.length < 2
    ? [...claims]
    : [...new Map(claims.map((claim) => [refName(claim) ?? claim, claim])).values()];
}

/** The branches of a schema that is a choice and nothing else. */
function choiceOf(claim: Members): readonly Json[] | undefined {
  if (claim["anyOf"] === undefined && claim["oneOf"] === undefined) return undefined; // as most
  const said = Object.keys(claim).filter((keyword) => !WORDS.has(keyword));
  const [keyword = ""] = said;
  const branches = claim[keyword];
  return said.length === 1 && (keyword === "anyOf" || keyword === "oneOf") && Array.isArray(branches)
    ? branches
    : undefined;
}

function isKindOnly(claim: Members): boolean {
  return Object.keys(claim).every((keyword) => keyword === "type" || WORDS.has(keyword) || UNSEEN.has(keyword));
}

/** Keywords that no type can say. */
const UNSEEN: ReadonlySet<string> = new Set(
  (
    "format pattern minLength maxLength minimum maximum exclusiveMinimum exclusiveMaximum multipleOf uniqueItems " +
    "minProperties limits discriminator nullable readOnly writeOnly contentEncoding contentMediaType"
  ).split(" "),
);

function saysAll(claim: Members, kinds: ReadonlySet<JsonType>): boolean {
  const named = kindsNamed(claim) ?? KINDS;
  return [...kinds].every((kind) => named.includes(kind));
}

/** Whether values of a schema can be objects or arrays, or anything, so that branches may overlap in ways a type can say. */
function mayBeInside(schema: Json, schemas: Schemas): boolean {
  const kinds = kindsOf(schema, schemas);
  return (
    kinds.includes("object") ||
    kinds.includes("array") ||
    (isMembers(schema) && valuesOf(schema) === undefined && kinds.length > 1)
  );
}

function isShort(value: Json): boolean {
  return value === null || typeof value === "boolean";
}
