/**
 * Closed objects among alternatives: TypeScript lets a value that is written in place have the members of any of them, so
 * each says which of the others' it has not. Where a tag tells them apart, TypeScript looks at the one that is meant.
 */
import { INHERITED } from "./object-type.js";
import { NEVER, type ObjectNode, type TypeNode } from "./type-node.js";

/** With more to say than this, a type would be about what it is not. */
const MOST = 8;

export function apart(type: TypeNode): TypeNode {
  if (type.kind !== "set" || type.sign !== "|") return type;
  const objects = type.members.filter((member): member is ObjectNode => member.kind === "object");
  if (objects.length < 2 || !objects.some(({ closed }) => closed) || isTagged(objects)) return type;
  const names = new Set(objects.flatMap(({ members }) => members.map(({ name }) => name)));
  const others = (object: ObjectNode) => [...names].filter((name) => !object.members.some((own) => own.name === name));
  const members = type.members.map((member): TypeNode => {
    if (member.kind !== "object" || !member.closed || member.signatures.length > 0) return member;
    const missing = others(member).filter((name) => !INHERITED.has(name));
    if (missing.length > MOST) return member;
    return {
      ...member,
      members: [...member.members, ...missing.map((name) => ({ name, optional: true, type: NEVER }))],
    };
  });
  return { ...type, members };
}

/** Whether all have a member whose constants tell each from all others. */
function isTagged(objects: readonly ObjectNode[]): boolean {
  const [first] = objects;
  return (first?.members ?? []).some(({ name }) => {
    const tags = objects.map((object) => constantsOf(object, name));
    return tags.every((tag) => tag.length > 0) && new Set(tags.flat()).size === tags.flat().length;
  });
}

function constantsOf({ members }: ObjectNode, name: string): readonly string[] {
  const own = members.find((member) => member.name === name);
  if (!own || own.optional) return [];
  const { type } = own;
  const all = type.kind === "set" && type.sign === "|" ? type.members : [type];
  return all.every((one) => one.kind === "text" && /^(?:"|-?\d|true$|false$|null$)/.test(one.text))
    ? all.map((one) => (one.kind === "text" ? one.text : ""))
    : [];
}
