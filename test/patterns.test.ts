/**
 * Patterns that JavaScript's engine can take forever with are found, and matched in linear time with the same answers.
 * What hangs here runs into the test runner's own limit.
 */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { flagsFor } from "../generator/normalise/pattern.js";
import { adviceFor } from "../generator/patterns/advice.js";
import { type Flags, type Instruction, programOf } from "../generator/patterns/program.js";
import { riskOf } from "../generator/patterns/risk.js";
import { linearPattern } from "../runtime/validators/index.js";

async function linear(pattern: string, flags: Flags) {
  const program = await programOf(pattern, flags);
  if (!program) throw new Error(`no program of ${pattern}`);
  // As it is printed.
  return linearPattern(JSON.parse(JSON.stringify(program)));
}

/** Patterns by a grammar: characters in and out of the BMP, classes, assertions, groups, choices and all quantifiers. */
const patterns = fc.letrec<{ pattern: string; part: string }>((tie) => ({
  pattern: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.constantFrom(
      ...["a", "b", "-", "\\.", "\\/", "\\x61", "\\u0062", "\\ud83d", "\u{1f600}", "[\u{1f600}a]", ".", "\\s", "\\w"],
      ...["\\D", "[ab]", "[^a]", "[\\d-]", "[^]", "[]", "^", "$", "\\b", "\\B", "(?!a)", "(?=[ab]b|a)", "(?<=b)"],
      ...["(?<!\\s)", "", "\\p{L}", "\\u{1f600}", "\\cA", "\\0"],
    ),
    tie("part"),
    fc.tuple(tie("pattern"), tie("pattern")).map(([one, other]) => one + other),
  ),
  part: fc.oneof(
    fc.tuple(tie("pattern"), tie("pattern")).map(([one, other]) => `(${one}|${other})`),
    fc
      .tuple(
        tie("pattern"),
        fc.constantFrom("*", "+", "?", "*?", "+?", "??", "{2}", "{0,3}", "{2,}", "{0}", "{1,2}?", ""),
      )
      .map(([inner, quantifier]) => `(?:${inner})${quantifier}`),
  ),
})).pattern;

const texts = fc
  .array(fc.constantFrom("a", "b", "\u{1f600}", "\ud83d", "\ude00", " ", "1", "\n", "\u00e9", ".", "-", "/"), {
    maxLength: 10,
  })
  .map((parts) => parts.join(""));

/**
 * By JavaScript's own engine, tried at each character, as the language says; V8 also tries the middle of a surrogate pair
 * with the flag `u`, where only a pattern that reads nothing can match (`\B` in "a\u{1f600}a").
 */
function byEngine(pattern: string, flags: Flags): (text: string) => boolean {
  const engine = new RegExp(pattern, `${flags}y`);
  return (text) => {
    const characters = flags === "u" ? [...text] : text.split("");
    let place = 0;
    return [...characters, ""].some((character) => {
      engine.lastIndex = place;
      place += character.length;
      return engine.test(text);
    });
  };
}

/** Each with a text that it would not come to an end with. */
const SLOW: readonly (readonly [pattern: string, risk: string, attack: string])[] = [
  ["^(a+)+$", "exponential", "a"],
  ["(a+)+$", "exponential", "a"],
  ["^(a|a)*$", "exponential", "a"],
  ["^(a|aa)+$", "exponential", "a"],
  ["^(a|b|ab)*$", "exponential", "ab"],
  ["^(a*)*$", "exponential", "a"],
  ["^(.*)*$", "exponential", "a"],
  ["^(a?b?)*$", "exponential", "ab"],
  ["^(\\w+\\s?)*$", "exponential", "a"],
  ["(x+x+)+y", "exponential", "x"],
  ["^(([a-z])+.)+[A-Z]([a-z])+$", "exponential", "a"],
  ["^([a-zA-Z0-9])(([\\-.]|[_]+)?([a-zA-Z0-9]+))*(@){1}[a-z0-9]+[.]{1}[a-z]{2,3}$", "exponential", "a"],
  ["^(?:[a-z]|[0-9]|[a-z0-9])*$", "exponential", "a"],
  ["^(?:a?){30}a{30}$", "exponential", "a"],
  ["^(a{1,30}){1,30}$", "exponential", "a"],
  ["^((?:ab){1,30}){1,30}$", "exponential", "ab"],
  ["^(\\s*([0-9a-zA-Z\\+/=]){4}\\s*)+$", "exponential", " "],
  ["\\s+$", "polynomial", " "],
  ["a.*b", "polynomial", "a"],
  ["^\\s*\\w*\\s*$", "polynomial", " "],
  ["^(?:ab)*(?:ab)*c$", "polynomial", "ab"],
  ["^\\d+1337\\d+$", "polynomial", "1337"],
  ["^[a-zA-Z_]+_[a-zA-Z_]+_[a-zA-Z_]+$", "polynomial", "_"],
  ["^[^@\\s]+@[^@\\s]+\\.[^@\\s]+$", "polynomial", "a@."],
];

const FAST = [
  "^[a-z0-9-]+$",
  "^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$",
  "^\\d{4}-\\d{2}-\\d{2}$",
  "^\\w+( \\w+)*$",
  "^[^@\\s]+@[^@\\s]+$",
  "^[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\\.[A-Za-z]{2,}$",
  "^[a-z]+(?:-[a-z]+)*$",
  "^(([01]?\\d?\\d|2[0-4]\\d|25[0-5])\\.){3}([01]?\\d?\\d|2[0-4]\\d|25[0-5])$",
  "^\\d{1,5}.{1}\\d{1,5}.{1}\\d{1,5}$",
  "^[-\\w]{1,128}$",
  "^-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?$",
  "^[a-z0-9](?:[a-z0-9]|-(?!-))+[a-z0-9]$",
  "^(.|\\s)*$",
  "^\\p{L}[\\p{L}\\p{M}' -]*$",
  "[A-Z]+",
  ".*",
  "^x-",
  "",
];

describe("patterns", () => {
  test("have the same answers in linear time", async () => {
    await fc.assert(
      fc.asyncProperty(patterns, fc.array(texts, { minLength: 1, maxLength: 8 }), async (pattern, some) => {
        const flags = flagsFor(pattern);
        if (flags === undefined) return;
        const ours = await linear(pattern, flags);
        expect(some.map((text) => ours.test(text))).toEqual(some.map(byEngine(pattern, flags)));
      }),
      { numRuns: 2000 },
    );
  });

  test.each(SLOW)("%s is %s, and comes to an end", async (pattern, risk, attack) => {
    expect(await riskOf(pattern, "u")).toBe(risk);
    const ours = await linear(pattern, "u");
    const engine = new RegExp(pattern, "u");
    expect(ours.test(`${attack.repeat(50_000 / attack.length)}!\n!`)).toBe(false);
    for (const text of ["", attack, attack.repeat(3), `${attack}b`, `${attack}y`])
      expect(ours.test(text), text).toBe(engine.test(text));
  });

  test.each(FAST)("%s is as fast as it looks", async (pattern) => {
    expect(await riskOf(pattern, "u")).toBeUndefined();
    expect(await adviceFor(pattern, "u")).toBeUndefined();
  });

  test("without the flag u are read in UTF-16 units", async () => {
    const [units, characters] = [await linear("^(?:..)+$", ""), await linear("^(?:..)+$", "u")];
    expect([units.test("\u{1f600}"), characters.test("\u{1f600}")]).toEqual([true, false]);
    expect((await linear("^\\-a{,2}]$", "")).test("-a{,2}]")).toBe(true); // Annex B
  });

  test.each([
    ["^(?!.*--)[a-z]+$", "its lookahead"],
    ["^(?<!a*)b$", "its lookbehind"],
    ["^(a)\\1$", "its backreference"],
    ["^(?:a{1,99}){1,99}$", "its counts"],
  ])("%s has no program for %s", async (pattern) => {
    expect(await programOf(pattern, "u")).toBeUndefined();
  });

  test("say what happens to them", async () => {
    expect(await adviceFor("^(a+)+$", "u")).toBe(
      '"^(a+)+$" can take exponential time on a hostile text; it is matched in linear time instead',
    );
    expect(await adviceFor("\\s+$", "u")).toBe(
      '"\\s+$" can take time that grows with the square of the length, or faster, on a hostile text; it is matched in linear time instead',
    );
    expect(await adviceFor("^(?=(a+)+$)", "u")).toBe(
      '"^(?=(a+)+$)" can take exponential time on a hostile text, and cannot be matched in linear time (its lookahead); only a "maxLength" of about 20 makes it safe, or another pattern',
    );
    expect(await adviceFor("(a+)\\1+$", "u")).toMatch(/\(its backreference\); a "maxLength" of a few hundred makes it/);
  });

  test("cannot make the search itself run away, nor programs grow", async () => {
    const long = Array.from({ length: 5000 }, (_, index) => `x${index}`).join("|");
    for (const pattern of [
      `^(?:${long})*$`,
      "^(?:(?:(?:a?b?|c?){30}){30}){30}$",
      "(?:a|b)*".repeat(300),
      `${"(?:".repeat(400)}a${")*".repeat(400)}`,
      "(?:(?:){99999}){99999}",
    ]) {
      await riskOf(pattern, "u");
      const instructions: readonly Instruction[] = (await programOf(pattern, "u")) ?? [];
      expect(instructions.length).toBeLessThanOrEqual(5001);
    }
    expect(await riskOf(`${"(?:".repeat(400)}a${")*".repeat(400)}$`, "u")).toBe("exponential");
  });
});
