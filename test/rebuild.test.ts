import { join } from "node:path";
import { describe, expect, test, vi } from "vitest";
import { emit, readContract } from "../generator/index.js";
import { Memo } from "../generator/memo.js";
import { folder } from "./support/documents.js";

/** Two alternatives, one behind the other's list, told apart by a constant. */
function documentOf({
  kind = "circle",
  name = "shape",
  limit = 9,
  words = "Drawn.",
}: Readonly<Record<string, unknown>>): string {
  return `actionwire: 1
title: Drawing
actions:
  draw:
    from: client
    description: ${words}
    payload: { $ref: "#/schemas/Any" }
schemas:
  Any: { oneOf: [{ $ref: "#/schemas/Circle" }, { $ref: "#/schemas/Group" }] }
  Circle: { type: object, required: [kind], properties: { kind: { const: ${kind} }, radius: { type: number, maximum: ${limit} } } }
  Group: { type: object, required: [kind], properties: { kind: { const: group }, ${name}: { type: array, items: { $ref: "#/schemas/Any" } } } }
`;
}

type Generator = Pick<typeof import("../generator/index.js"), "emit" | "readContract">;

async function filesOf(text: string, { emit, readContract }: Generator): Promise<ReadonlyMap<string, string>> {
  const { contract } = await readContract(join(folder({ "a.yaml": text }), "a.yaml"));
  return emit(contract);
}

describe("a process that stays", () => {
  test.each([
    ["what tells alternatives apart, elsewhere", { kind: "round" }],
    ["nothing by which alternatives could be told apart any more", { kind: "group" }],
    ["a member's name", { name: "inner" }],
    ["a limit", { limit: 10 }],
    ["words", { words: "Painted." }],
  ])("generates after an edit what a new one does: %s", async (_, edit) => {
    const before = await filesOf(documentOf({}), { emit, readContract });
    const after = await filesOf(documentOf(edit), { emit, readContract });
    expect(after).not.toEqual(before);
    vi.resetModules();
    const fresh: Generator = await import("../generator/index.js");
    expect(fresh.emit).not.toBe(emit);
    expect(after).toEqual(await filesOf(documentOf(edit), fresh));
  });

  test("keeps apart what JSON writes with the same word", async () => {
    const typed = async (limit: string) => {
      const { contract } = await readContract(join(folder({ "a.yaml": documentOf({ limit }) }), "a.yaml"));
      return contract.types.find(({ name }) => name === "Circle")?.schema;
    };
    const [nothing, endless] = [await typed("null"), await typed(".inf")];
    expect(nothing).toMatchObject({ properties: { radius: { maximum: null } } });
    expect(endless).toMatchObject({ properties: { radius: { maximum: Infinity } } });
  });

  test("declares again, after an edit elsewhere, the very schemas that it declared", async () => {
    const circle = async (words: string) => {
      const { contract } = await readContract(join(folder({ "a.yaml": documentOf({ words }) }), "a.yaml"));
      return contract.types.find(({ name }) => name === "Circle");
    };
    expect(await circle("Painted.")).toBe(await circle("Drawn."));
  });

  test("forgets what it has not been asked for longest, once that is much text", () => {
    const memo = new Memo<{ text: string }>(({ text }) => text.length);
    let made = 0;
    const ask = (key: string) => memo.of(key, () => ({ text: "x".repeat(10_000_000), number: ++made }));
    for (const key of ["a", "b", "c", "a", "d"]) ask(key);
    expect(made).toBe(4);
    ask("a");
    expect(made).toBe(4);
    ask("b");
    expect(made).toBe(5);
  });
});
