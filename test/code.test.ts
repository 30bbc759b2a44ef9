import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Code, code, id, join, json, key, raw, type, value } from "../templates/code.js";
import { doc } from "../templates/doc.js";
import { HEADER, printFile } from "../templates/print.js";

describe("what stands in a hole", () => {
  test.each<[string, Code, string]>([
    ["a string is a literal", code`f(${'a"b'})`, 'f("a\\"b")'],
    ["a number, a boolean and null are literals", code`f(${1}, ${true}, ${null})`, "f(1, true, null)"],
    ["an identifier is itself", code`${id("room")}.x`, "room.x"],
    ["code is itself", code`f(${code`g(${1})`})`, "f(g(1))"],
    ["nothing beside text is nothing", code`f(${undefined})`, "f()"],
    ["json is one line", code`${json({ a: [1, { "b-c": null }] })}`, '{ a: [1, { "b-c": null }] }'],
    ["a key that is no identifier is quoted", code`${key("a-b")}: 1`, '"a-b": 1'],
    ["a __proto__ key is computed, since bare it would set the prototype", key("__proto__"), '["__proto__"]'],
  ])("%s", (_, printed, text) => {
    expect(printed.text).toBe(text);
  });

  test("a line emptied by nothing goes with it", () => {
    expect(
      code`
        {
          ${undefined}
          ${[]}
          a,
        }
      `.text,
    ).toBe("{\n  a,\n}");
  });

  test("every line of a list is indented to where its hole stands", () => {
    const lines = [raw("a {\n  b\n}"), raw("c")];
    expect(
      code`
        {
          ${lines}
        }
      `.text,
    ).toBe("{\n  a {\n    b\n  }\n  c\n}");
  });

  test("what is no identifier cannot pass for one", () => {
    expect(() => id("a b")).toThrow("not an identifier");
    expect(() => id("a;b")).toThrow("not an identifier");
  });
});

describe("imports", () => {
  test("a symbol used only as a type is imported as a type, one used as a value is not", () => {
    const both = join([type("A", "m"), value("B", "m"), type("B", "m")], ", ");
    expect(printFile(both)).toBe(`${HEADER}\nimport { type A, B } from "m";\n\nA, B, B\n`);
    expect(printFile(type("A", "m"))).toContain('import type { A } from "m";');
  });

  test("packages come before siblings", () => {
    const text = printFile(join([value("a", "./a.js"), value("b", "pkg")], ", "));
    expect(text.indexOf("pkg")).toBeLessThan(text.indexOf("./a.js"));
  });
});

describe("text of a document", () => {
  const nasty = fc.oneof(
    fc.string({ unit: "binary" }),
    fc
      .array(fc.constantFrom("*/", "/*", "`", "${x}", '"', "'", "\\", "\n", "\u2028", "\u0000", "//", "</script>", "a"))
      .map((parts) => parts.join("")),
  );

  test("comes back exactly from the literal it became", () => {
    fc.assert(
      fc.property(nasty, (text) => {
        expect(new Function(`return ${code`${text}`.text}`)()).toBe(text);
      }),
    );
  });

  test("comes back exactly as a member's name and value", () => {
    fc.assert(
      fc.property(nasty, nasty, (name, text) => {
        const made: unknown = new Function(`return ${json({ [name]: text }).text}`)();
        expect(Object.entries(made as object)).toEqual([[name, text]]);
        expect(Object.getPrototypeOf(made)).toBe(Object.prototype);
      }),
    );
  });

  test("cannot close the comment it stands in", () => {
    fc.assert(
      fc.property(nasty, nasty, (text, example) => {
        const comment = doc({ text, examples: [example], deprecated: true })?.text ?? "";
        expect(comment.indexOf("*/")).toBe(comment.length - 2);
      }),
    );
  });
});
