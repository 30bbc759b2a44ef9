/**
 * Which characters the classes of a pattern have in common. Membership is asked of JavaScript's own engine, at one
 * character of each stretch in which no class begins or ends.
 */
import type { Flags } from "./program.js";

/** Kinds of characters, a bit for each; those of one kind are in the same classes. */
export interface Kinds {
  readonly all: bigint;
  /** Of each class, by its source. */
  readonly of: ReadonlyMap<string, bigint>;
}

export async function kindsOf(sources: readonly string[], flags: Flags): Promise<Kinds> {
  const { RegExpParser, visitRegExpAST } = await import("@eslint-community/regexpp");
  const edges = new Set([0]);
  const parser = new RegExpParser();
  for (const source of sources) {
    visitRegExpAST(parser.parsePattern(source, 0, source.length, { unicode: flags === "u" }), {
      onCharacterEnter: ({ value }) => edges.add(value).add(value + 1),
      onCharacterSetEnter: ({ raw }) => {
        for (const edge of edgesOf(raw, flags)) edges.add(edge);
      },
    });
  }
  const last = flags === "u" ? 0x10ffff : 0xffff;
  const characters = [...edges].filter((edge) => edge <= last).map((edge) => String.fromCodePoint(edge));
  const classes = sources.map((source) => new RegExp(`^${source}$`, flags));
  const kinds = [...new Set(characters.map((text) => classes.map((one) => (one.test(text) ? "1" : "0")).join("")))];
  const bits = sources.map((_, index) => BigInt(`0b0${kinds.map((kind) => kind[index]).join("")}`));
  const of = new Map(sources.map((source, index) => [source, bits[index] ?? 0n]));
  return { all: (1n << BigInt(kinds.length)) - 1n, of };
}

const known = new Map<string, readonly number[]>();

/** Where characters of a set (`\w`, `.`, `\p{…}`) begin and end; beyond the planes in common use, roughly. */
function edgesOf(raw: string, flags: Flags): readonly number[] {
  const key = flags + raw;
  const before = known.get(key);
  if (before) return before;
  const set = new RegExp(`^${raw}$`, flags);
  const edges: number[] = [];
  let inside = false;
  const last = /^\\p/i.test(raw) ? 0x10ffff : 0xffff;
  for (let code = 0; code <= last; code += code < 0x20000 ? 1 : 0x100) {
    if (set.test(String.fromCodePoint(code)) === inside) continue;
    inside = !inside;
    edges.push(code);
  }
  known.set(key, edges);
  return edges;
}
