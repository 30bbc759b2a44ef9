/**
 * Alternatives as few as say the same: without repetitions and what another one includes, and with objects that differ in
 * one member made one.
 */
import { isText, keyOf, type Member, NEVER, type ObjectNode, type TypeNode, text, UNKNOWN } from "./type-node.js";

/** So many alternatives are compared, each with each. */
const COMPARED = 48;

/** One of these. */
export function either(types: readonly TypeNode[]): TypeNode {
  const [only] = types;
  if (only && types.length === 1 && only.kind !== "set") return only; // as most
  const flat = types.flatMap((type) => (type.kind === "set" && type.sign === "|" ? type.members : [type]));
  if (flat.some((type) => isText(type, "unknown"))) return UNKNOWN;
  const distinct = unique(flat.filter((type) => !isText(type, "never")));
  const few = distinct.length > COMPARED ? distinct : merged(absorbed(wholeBooleans(distinct)));
  return few.length > 1 ? { kind: "set", sign: "|", members: few } : (few[0] ?? NEVER);
}

/** All of these at once. */
export function together(types: readonly TypeNode[]): TypeNode {
  const flat = types.flatMap((type) => (type.kind === "set" && type.sign === "&" ? type.members : [type]));
  if (flat.some((type) => isText(type, "never"))) return NEVER;
  const distinct = unique(flat.filter((type) => !isText(type, "unknown")));
  return distinct.length > 1 ? { kind: "set", sign: "&", members: distinct } : (distinct[0] ?? UNKNOWN);
}

function unique(types: readonly TypeNode[]): readonly TypeNode[] {
  return types.length < 2 ? types : [...new Map(types.map((type) => [keyOf(type), type])).values()];
}

function wholeBooleans(types: readonly TypeNode[]): readonly TypeNode[] {
  const isHalf = (type: TypeNode) => isText(type, "true") || isText(type, "false");
  if (types.filter(isHalf).length < 2) return types;
  const first = types.findIndex(isHalf);
  return types.flatMap((type, index) => (!isHalf(type) ? [type] : index === first ? [text("boolean")] : []));
}

function absorbed(types: readonly TypeNode[]): readonly TypeNode[] {
  return types.filter((type, index) => {
    return !types.some((other, at) => at !== index && includes(other, type) && !(includes(type, other) && index < at));
  });
}

/** Whether every value of `inner` is surely one of `outer`, and a doc comment is not lost by saying `outer` alone. */
function includes(outer: TypeNode, inner: TypeNode): boolean {
  if (isText(outer, "unknown") || isText(inner, "never")) return true;
  if (outer.kind === "text" && inner.kind === "text")
    return outer.text === inner.text || (OF_LITERALS.has(outer.text) && literalOf(inner.text) === outer.text);
  if (outer.kind === "set" && outer.sign === "|") return outer.members.some((member) => includes(member, inner));
  if (inner.kind === "set" && inner.sign === "|") return inner.members.every((member) => includes(outer, member));
  if (outer.kind === "array") {
    if (inner.kind === "array") return includes(outer.of, inner.of);
    if (inner.kind !== "tuple") return false;
    return inner.places.every(({ rest, type }) => includes(rest ? outer : outer.of, type));
  }
  if (outer.kind === "object" && inner.kind === "object") return includesObject(outer, inner);
  if (isText(outer, "Record<string, unknown>") && inner.kind === "object") return true;
  return keyOf(outer) === keyOf(inner);
}

function includesObject(outer: ObjectNode, inner: ObjectNode): boolean {
  if (outer.signatures.length > 0 || inner.signatures.length > 0) return keyOf(outer) === keyOf(inner);
  if (outer.closed && (!inner.closed || inner.members.some(({ name }) => !memberOf(outer, name)))) return false;
  return outer.members.every((member) => {
    const own = memberOf(inner, member.name);
    if (!own) return member.optional && (inner.closed || isText(member.type, "unknown"));
    return (member.optional || !own.optional) && includes(member.type, own.type);
  });
}

function memberOf(object: ObjectNode, name: string): Member | undefined {
  return object.members.find((member) => member.name === name);
}

const OF_LITERALS: ReadonlySet<string> = new Set(["boolean", "string", "number"]);

function literalOf(words: string): string | undefined {
  if (words === "true" || words === "false") return "boolean";
  if (words.startsWith('"')) return "string";
  return /^-?\d/.test(words) ? "number" : undefined;
}

/** Objects with the same members but for one: that one may be either. */
function merged(types: readonly TypeNode[]): readonly TypeNode[] {
  for (const [index, one] of types.entries()) {
    if (one.kind !== "object") continue;
    for (const [at, other] of types.entries()) {
      if (at <= index || other.kind !== "object") continue;
      const both = asOne(one, other);
      if (both)
        return merged(
          absorbed(types.flatMap((type, place) => (place === index ? [both] : place === at ? [] : [type]))),
        );
    }
  }
  return types;
}

function asOne(one: ObjectNode, other: ObjectNode): ObjectNode | undefined {
  if (one.closed !== other.closed || keyOfSignatures(one) !== keyOfSignatures(other)) return undefined;
  if (one.members.length !== other.members.length) return undefined;
  let different: string | undefined;
  for (const member of one.members) {
    const same = memberOf(other, member.name);
    if (!same) return undefined;
    if (same.optional === member.optional && keyOf(same.type) === keyOf(member.type)) continue;
    if (different !== undefined) return undefined;
    different = member.name;
  }
  const members = one.members.map((member): Member => {
    const same = memberOf(other, member.name);
    if (member.name !== different || !same) return member;
    return { ...member, optional: member.optional || same.optional, type: either([member.type, same.type]) };
  });
  return { ...one, members };
}

function keyOfSignatures({ signatures }: ObjectNode): string {
  return JSON.stringify(signatures);
}
