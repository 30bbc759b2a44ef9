/**
 * Prints a type as a careful colleague would, in at most 120 columns where its words allow, and so that TypeScript's own
 * formatter would leave it alone.
 */
import { memberName } from "./literal-type.js";
import type { Member, ObjectNode, Place, TypeNode } from "./type-node.js";

const WIDTH = 120;

/** `comment`: what its doc comment says. An object is an interface, anything else an alias. */
export function layDeclaration(name: string, type: TypeNode, comment: string | undefined): string {
  const doc = comment === undefined ? "" : `${layComment(comment, "")}\n`;
  if (type.kind === "object") return `${doc}export interface ${name} ${layObject(type, "")}\n`;
  const head = `export type ${name} =`;
  const short = flat(type);
  if (short !== undefined && head.length + short.length + 2 <= WIDTH) return `${doc}${head} ${short};\n`;
  if (type.kind === "set" && !isHugged(type)) return `${doc}${head}${layLines(type, "")};\n`;
  return `${doc}${head} ${lay(type, "", head.length + 1)};\n`;
}

/** The type where a line begins at `indent` and `used` columns of it are taken. */
function lay(type: TypeNode, indent: string, used: number): string {
  const short = flat(type);
  if (short !== undefined && (used + short.length + 1 <= WIDTH || type.kind === "text")) return short;
  if (type.kind === "set" && isHugged(type))
    return type.members.map((member) => layOpen(member, indent)).join(` ${type.sign} `);
  return layOpen(type, indent);
}

/** As part of a greater type: alternatives in parentheses. */
function layPart(type: TypeNode, indent: string): string {
  if (type.kind !== "set") return lay(type, indent, indent.length);
  const short = flat(type);
  if (short !== undefined && indent.length + short.length + 5 <= WIDTH) return `(${short})`;
  return layOpen(type, indent);
}

/** What would not fit a line: over several, however short it is. */
function layOpen(type: TypeNode, indent: string): string {
  if (type.kind === "text") return type.text;
  if (type.kind === "array") return `${layOpen(type.of, indent)}[]`;
  if (type.kind === "object") return layObject(type, indent);
  return type.kind === "tuple" ? layTuple(type.places, indent) : `(${layLines(type, indent)}\n${indent})`;
}

/** Each member on a line of its own, after its sign. */
function layLines(type: TypeNode & { kind: "set" }, indent: string): string {
  const deeper = `${indent}  `;
  const lines = type.members.map((member) => {
    const text = member.kind === "set" ? layPart(member, deeper) : lay(member, deeper, deeper.length + 2);
    return `\n${deeper}${type.sign} ${text}`;
  });
  return lines.join("");
}

function layObject(object: ObjectNode, indent: string): string {
  const deeper = `${indent}  `;
  const lines = linesOf(object).map(({ comment, head, type }) => {
    const doc = comment === undefined ? "" : `${layComment(comment, deeper)}\n`;
    return `${doc}${deeper}${head}: ${lay(type, deeper, deeper.length + head.length + 2)};\n`;
  });
  return `{\n${lines.join("")}${indent}}`;
}

function layTuple(places: readonly Place[], indent: string): string {
  const deeper = `${indent}  `;
  const lines = places.map(({ rest, optional, type }) => {
    const text = optional && type.kind === "set" ? layPart(type, deeper) : lay(type, deeper, deeper.length + 4);
    return `${deeper}${rest ? "..." : ""}${text}${optional ? "?" : ""},\n`;
  });
  return `[\n${lines.join("")}${indent}]`;
}

interface Line {
  readonly comment?: string | undefined;
  /** `room`, `"a b"?`, `[key: string]` */
  readonly head: string;
  readonly type: TypeNode;
}

function linesOf({ members, signatures }: ObjectNode): readonly Line[] {
  return [
    ...members.map(({ name, optional, comment, type }: Member): Line => {
      return { comment, head: memberName(name) + (optional ? "?" : ""), type };
    }),
    ...signatures.map(({ key, type }): Line => ({ head: `[key: ${key}]`, type })),
  ];
}

/** On one line; undefined for what should not be: comments, objects within objects. */
function flat(type: TypeNode): string | undefined {
  if (type.kind === "text") return type.text;
  if (type.kind === "array") return suffixed(flatPart(type.of), "[]");
  if (type.kind === "set") return joined(type.members.map(flatPart), ` ${type.sign} `, "", "");
  if (type.kind === "tuple") return joined(type.places.map(flatPlace), ", ", "[", "]");
  const lines = linesOf(type);
  if (lines.some(({ comment, type: inner }) => comment !== undefined || holdsObject(inner))) return undefined;
  // TypeScript's formatter leaves no space before the bracket of a signature that follows on the same line.
  if (lines.slice(1).some(({ head }) => head.startsWith("["))) return undefined;
  return joined(
    lines.map(({ head, type: inner }) => suffixed(`${head}: `, flat(inner))),
    "; ",
    "{ ",
    " }",
  );
}

function flatPart(type: TypeNode): string | undefined {
  return type.kind === "set" ? joined([flat(type)], "", "(", ")") : flat(type);
}

function flatPlace({ rest, optional, type }: Place): string | undefined {
  const text = optional ? flatPart(type) : flat(type);
  return joined([text], "", rest ? "..." : "", optional ? "?" : "");
}

function joined(parts: readonly (string | undefined)[], sign: string, start: string, end: string): string | undefined {
  return parts.includes(undefined) ? undefined : `${start}${parts.join(sign)}${end}`;
}

function suffixed(...parts: readonly (string | undefined)[]): string | undefined {
  return joined(parts, "", "", "");
}

function holdsObject(type: TypeNode): boolean {
  if (type.kind === "object") return true;
  if (type.kind === "array") return holdsObject(type.of);
  if (type.kind === "tuple") return type.places.some((place) => holdsObject(place.type));
  return type.kind === "set" && type.members.some(holdsObject);
}

/** One object among short words: its braces carry the lines, `{ … } | null`. */
function isHugged(type: TypeNode & { kind: "set" }): boolean {
  const long = type.members.filter((member) => member.kind !== "text");
  const core = long[0]?.kind === "array" ? long[0].of : long[0];
  return long.length === 1 && core?.kind === "object" && type.members.length <= 3;
}

function layComment(comment: string, indent: string): string {
  const lines = comment.split("\n");
  if (lines.length === 1) return `${indent}/** ${lines[0]} */`;
  return [`${indent}/**`, ...lines.map((line) => `${indent} * ${line}`.trimEnd()), `${indent} */`].join("\n");
}
