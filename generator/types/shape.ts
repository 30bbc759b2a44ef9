/**
 * What json-schema-to-typescript is given, and the algebra of it.
 */

/** Exactly one of `tsType`, `type`, `anyOf`, `allOf`. */
export interface Shape {
  readonly description?: string;
  readonly tsType?: string;
  readonly type?: string;
  readonly properties?: { readonly [name: string]: Shape };
  readonly required?: readonly string[];
  readonly items?: Shape | readonly Shape[];
  readonly additionalItems?: Shape | false;
  readonly additionalProperties?: Shape | false;
  readonly anyOf?: readonly Shape[];
  readonly allOf?: readonly Shape[];
}

export const UNKNOWN: Shape = { tsType: "unknown" };
export const NEVER: Shape = { tsType: "never" };

/** A member that must be there, and nothing more is known. */
export const UNSAID: Shape = UNKNOWN;

/** Any object. An interface without members would accept strings, too. */
export const FREE: Shape = { tsType: "Record<string, unknown>" };

/** One of these. */
export function join(shapes: readonly Shape[]): Shape {
  const distinct = unique(shapes.flatMap((shape) => shape.anyOf ?? [shape]));
  if (distinct.some((shape) => shape.tsType === "unknown")) return UNKNOWN;
  const possible = distinct.filter((shape) => shape.tsType !== "never");
  return possible.length > 1 ? { anyOf: possible } : (possible[0] ?? NEVER);
}

/** All of these at once. Any object says nothing beside what is known to be one, and hinders interfaces. */
export function meet(shapes: readonly Shape[]): Shape {
  const known = unique(shapes.flatMap((shape) => shape.allOf ?? [shape])).filter((shape) => shape.tsType !== "unknown");
  if (known.some((shape) => shape.tsType === "never")) return NEVER;
  const telling = known.length > 1 ? known.filter((shape) => shape.tsType !== FREE.tsType) : known;
  return telling.length > 1 ? { allOf: telling } : (telling[0] ?? UNKNOWN);
}

function unique(shapes: readonly Shape[]): readonly Shape[] {
  const seen = new Map(shapes.map((shape) => [JSON.stringify(shape), shape]));
  return [...seen.values()];
}
