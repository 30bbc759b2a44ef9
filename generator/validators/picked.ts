/**
 * ajv's code looks into the schema it was made of, for a list of constants for instance. Printed is only what it looks
 * at, not the schema.
 */

/** What follows the name of a constant: `.allOf[0].properties["a b"].enum` */
const PATH = /^(?:\.[A-Za-z_$][\w$]*|\[(?:\d+|"(?:[^"\\]|\\.)*")\])+/;

export interface Picked {
  readonly code: string;
  /** What was looked at, by the names that it now has: the constant's own, numbered. */
  readonly parts: readonly (readonly [name: string, value: unknown])[];
}

/** The code with a name for each part of `value` that it takes from `constant`. */
export function picked(code: string, constant: string, value: unknown): Picked {
  const parts = new Map<string, readonly [name: string, value: unknown]>();
  const pieces: string[] = [];
  const word = /"(?:[^"\\]|\\.)*"|(?<![.\w$])[A-Za-z_$][\w$]*/g;
  let from = 0;
  for (let match = word.exec(code); match; match = word.exec(code)) {
    if (match[0] !== constant) continue;
    const path = PATH.exec(code.slice(word.lastIndex))?.[0] ?? "";
    const part = parts.get(path) ?? [parts.size === 0 ? constant : `${constant}_${parts.size}`, follow(value, path)];
    parts.set(path, part);
    pieces.push(code.slice(from, match.index), part[0]);
    from = word.lastIndex + path.length;
    word.lastIndex = from;
  }
  return { code: pieces.join("") + code.slice(from), parts: [...parts.values()] };
}

function follow(value: unknown, path: string): unknown {
  const steps = path.match(/\.[A-Za-z_$][\w$]*|\[(?:\d+|"(?:[^"\\]|\\.)*")\]/g) ?? [];
  return steps.reduce<unknown>((inner, step) => {
    const key = step.startsWith(".") ? step.slice(1) : String(JSON.parse(step.slice(1, -1)));
    return typeof inner === "object" && inner !== null ? Object.getOwnPropertyDescriptor(inner, key)?.value : undefined;
  }, value);
}
