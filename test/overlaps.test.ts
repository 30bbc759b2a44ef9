/**
 * A `oneOf` whose branches a value may fit several of: what a client takes, and what is said of it.
 */
import { describe, expect, test } from "vitest";
import { emit } from "../generator/index.js";
import { arrivals } from "./support/arrivals.js";
import { asyncapi3, contractOf, message, readOf } from "./support/documents.js";
import { runPrinted } from "./support/printed.js";

const text = { type: "string" };
const object = (properties: object, more: object = {}) => ({ type: "object", properties, ...more });
const choice = (...oneOf: object[]) => ({ payload: { oneOf } });
const open = choice(object({ channel: text }), object({ product: text }));

/** Pointers of the warnings of a document whose client hears one message. */
async function saidOf(it: object): Promise<string[]> {
  const { warnings } = await readOf(asyncapi3({ send: { it } }));
  return warnings.filter(({ rule }) => rule === "overlapping-one-of").map(({ place }) => `/${place?.path.join("/")}`);
}

describe("a value that fits several branches of a oneOf", () => {
  test("is taken by a client, and refused by the side that checks strictly", async () => {
    const contract = await contractOf(asyncapi3({ send: { it: open } }));
    const [action] = contract.connections[0]?.toClient.actions ?? [];
    const validators = await runPrinted((await emit(contract)).get("validators.ts") ?? "");
    const both = { channel: "", product: "" };
    expect(validators[action?.payload ?? ""]?.(both)).toBe(false);
    expect(validators[action?.accepts ?? ""]?.(both)).toBe(true);
    expect(validators[action?.accepts ?? ""]?.({ channel: 1, product: 1 })).toBe(false);
    expect(await arrivals(contract, "toClient", [both])).toEqual(["it"]);
  });

  test("needs no tolerance where branches exclude each other", async () => {
    const said = (name: string) => object({ t: { const: name } }, { required: ["t"] });
    const contract = await contractOf(asyncapi3({ send: { it: choice(said("a"), said("b")) } }));
    expect(contract.connections[0]?.toClient.actions[0]?.accepts).toBeUndefined();
  });
});

describe("a oneOf is warned of", () => {
  test("where its objects are open to each other, at the keyword", async () => {
    expect(await saidOf(open)).toEqual(["/components/messages/it/payload/oneOf"]);
  });

  test("where it stands inside of a member", async () => {
    expect(await saidOf(message({ oneOf: open.payload }))).toEqual([
      "/components/messages/it/payload/properties/oneOf/oneOf",
    ]);
  });

  test("in the words of what to write instead", async () => {
    const { warnings } = await readOf(asyncapi3({ send: { it: open } }));
    const [warning] = warnings.filter(({ rule }) => rule === "overlapping-one-of");
    expect(warning?.message).toBe(
      "nothing keeps a value from fitting several branches of this oneOf, such as 0 and 1; one that does is refused by the side that checks strictly",
    );
    expect(warning?.hint).toContain("Write anyOf");
  });

  test.each([
    [
      "where a constant tells them apart",
      choice(object({ t: { const: 1 } }, { required: ["t"] }), object({ t: { const: 2 } }, { required: ["t"] })),
    ],
    [
      "where each is closed and requires what the other has not",
      choice(
        object({ a: text }, { required: ["a"], additionalProperties: false }),
        object({ b: text }, { required: ["b"], additionalProperties: false }),
      ),
    ],
    ["where it says which of two keys is there", choice({ required: ["a"] }, { required: ["b"] })],
    ["where it is part of an example", message({ "a?": { type: "object", default: { oneOf: [{}, {}] } } })],
  ])("but not %s", async (_, it) => {
    expect(await saidOf(it)).toEqual([]);
  });
});
