/**
 * A TypeScript type as far as JSON values have one, before it is laid out.
 */

export type TypeNode =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "array"; readonly of: TypeNode }
  | { readonly kind: "tuple"; readonly places: readonly Place[] }
  | { readonly kind: "set"; readonly sign: "|" | "&"; readonly members: readonly TypeNode[] }
  | ObjectNode;

export interface ObjectNode {
  readonly kind: "object";
  readonly members: readonly Member[];
  readonly signatures: readonly Signature[];
  /** No other members: TypeScript says so of values written in place only. */
  readonly closed: boolean;
}

export interface Place {
  readonly rest: boolean;
  readonly optional: boolean;
  readonly type: TypeNode;
}

export interface Member {
  readonly name: string;
  readonly optional: boolean;
  /** What its doc comment says. */
  readonly comment?: string;
  readonly type: TypeNode;
}

/** `[key: string]: …`, or of names that begin alike: `[key: `x-${string}`]: …` */
export interface Signature {
  readonly key: string;
  readonly type: TypeNode;
}

export const UNKNOWN: TypeNode = { kind: "text", text: "unknown" };
export const NEVER: TypeNode = { kind: "text", text: "never" };
export const UNDEFINED: TypeNode = { kind: "text", text: "undefined" };

/** Any object. An interface without members would accept strings, too. */
export const FREE: TypeNode = { kind: "text", text: "Record<string, unknown>" };

export function text(words: string): TypeNode {
  return { kind: "text", text: words };
}

export function isText(type: TypeNode, words: string): boolean {
  return type.kind === "text" && type.text === words;
}

/** The same text for types that read the same, whatever their doc comments say. */
export function keyOf(type: TypeNode): string {
  switch (type.kind) {
    case "text":
      return JSON.stringify(type.text);
    case "array":
      return `[]${keyOf(type.of)}`;
    case "tuple":
      return `(${type.places.map(({ rest, optional, type }) => `${rest} ${optional} ${keyOf(type)}`).join()})`;
    case "set":
      return `${type.sign}(${type.members.map(keyOf).join()})`;
    case "object":
      return `{${type.members.map(keyOfMember).join()};${type.signatures.map(keyOfSignature).join()}}`;
  }
}

function keyOfMember({ name, optional, type }: Member): string {
  return `${JSON.stringify(name)} ${optional} ${keyOf(type)}`;
}

function keyOfSignature({ key, type }: Signature): string {
  return `${JSON.stringify(key)} ${keyOf(type)}`;
}
