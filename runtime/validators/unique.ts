/**
 * JSON Schema's `uniqueItems`, in time all but linear in what the items hold, whoever chose them: nothing recurses, and
 * no hash is relied on that can be foreseen (V8's are, of numbers and of texts that are whole numbers).
 */

/** Stands in the place of a value where only the text before it is left to write. */
const END = Symbol();

/** Whether no two items say the same: members in any order, items in theirs, -0 and 0 as one, and 1n and 1. */
export function unique(items: readonly unknown[]): boolean {
  if (items.length < 2) return true;
  const numbers: number[] = [];
  const texts = new Set<string>();
  const others = new Set<unknown>();
  for (const item of items) {
    const value = typeof item === "bigint" ? plain(item) : item;
    if (typeof value === "number") numbers.push(value);
    else if (typeof value === "string" ? isIn(texts, seeded(value)) : isIn(others, keyOf(value))) return false;
  }
  const sorted = new Float64Array(numbers).sort();
  return sorted.every((value, index) => value !== sorted[index + 1]);
}

/** Adds it otherwise. */
function isIn<Value>(seen: Set<Value>, value: Value): boolean {
  return seen.size === seen.add(value).size;
}

/** Another text for each, none of them a whole number. */
function seeded(text: string): string {
  const first = text.charCodeAt(0);
  return first >= 0x30 && first <= 0x3a ? `:${text}` : text; // digits, and the colon after them
}

/** The same number, where a number can hold it. */
function plain(integer: bigint): number | bigint {
  const number = Number(integer);
  return Number.isFinite(number) && BigInt(number) === integer ? number : integer;
}

function keyOf(value: unknown): unknown {
  if (typeof value === "bigint") return `${value}n`;
  return typeof value === "object" && value !== null ? canonical(value) : value;
}

/** JSON text, nearly, of an object or array: the same for those that say the same, for no others. */
function canonical(nest: object): string {
  const written: string[] = [];
  const before = [""];
  const values: unknown[] = [nest];
  while (values.length > 0) {
    written.push(before.pop() ?? "");
    const value = values.pop();
    if (value === END) continue;
    if (typeof value !== "object" || value === null) {
      written.push(scalar(value), ",");
      continue;
    }
    // What comes last is put down first.
    before.push(Array.isArray(value) ? "]" : "}");
    values.push(END);
    written.push(Array.isArray(value) ? "[" : "{");
    if (Array.isArray(value)) {
      for (let index = value.length - 1; index >= 0; index--) {
        before.push("");
        values.push(value[index]);
      }
    } else {
      for (const name of Object.keys(value).sort().reverse()) {
        before.push(JSON.stringify(name));
        // Any object can be asked for any of its keys; the answer is unknown.
        values.push((value as Readonly<Record<string, unknown>>)[name]);
      }
    }
  }
  return written.join("");
}

function scalar(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value);
  const number = typeof value === "bigint" ? plain(value) : value;
  return typeof number === "bigint" ? `${number}n` : String(number);
}
