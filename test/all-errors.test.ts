/**
 * Validators that tell every violation: what is asked for with `errors: "all"`.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { main } from "../generator/cli/main.js";
import { type ContractOptions, emit } from "../generator/index.js";
import { problemsOf } from "../runtime/validation.js";
import { asyncapi3, contractOf, folder, message } from "./support/documents.js";
import { runPrinted } from "./support/printed.js";

const document = asyncapi3({
  receive: {
    m: message({ a: { type: "string" }, b: { type: "integer", minimum: 5, multipleOf: 2 }, "c?": { type: "null" } }),
  },
});

async function validatorOf(text: string, options: ContractOptions) {
  const { M } = await runPrinted((await emit(await contractOf(text, options))).get("validators.ts") ?? "");
  if (!M) throw new Error("there is no validator");
  return M;
}

test("all are told, with their places; by default the first", async () => {
  const wrong = { a: 1, b: 3, c: 1 };
  const pathsOf = async (options: ContractOptions) =>
    problemsOf(await validatorOf(document, options), wrong).map(({ path, message }) => `${path} ${message}`);
  expect(await pathsOf({})).toEqual(["/a must be a string, but is 1 (a number)"]);
  expect(await pathsOf({ errors: "first" })).toHaveLength(1);
  expect(await pathsOf({ errors: "all" })).toEqual([
    "/a must be a string, but is 1 (a number)",
    "/b must be at least 5, but is 3",
    "/b must be multiple of 2, but is 3",
    "/c must be null, but is 1 (a number)",
  ]);
});

test("the contract says so, and its hash is the same: nothing of it is on the wire", async () => {
  const first = await contractOf(document);
  const all = await contractOf(document, { errors: "all" });
  expect(first).not.toHaveProperty("errors");
  expect(await contractOf(document, { errors: "first" })).toEqual(first);
  expect(all).toEqual({ ...first, errors: "all" });
});

test("those of the alternative that was meant are told, of declared types in declared types, too", async () => {
  const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
  const text = JSON.parse(asyncapi3({ receive: { m: message({ list: { type: "array", items: ref("Either") } }) } }));
  text.components.schemas = {
    Either: { anyOf: [ref("A"), ref("B")] },
    A: message({ a: { type: "string" }, inner: { oneOf: [ref("C"), { type: "number" }] } }),
    B: message({ b: { type: "string" }, y: { type: "number" }, z: { type: "number" } }),
    C: message({ c: { type: "string" }, d: { type: "string" } }),
  };
  for (const name of ["A", "B", "C"]) text.components.schemas[name] = text.components.schemas[name].payload;
  const M = await validatorOf(JSON.stringify(text), { errors: "all" });
  const list = [{ a: "", inner: { c: 1, d: 1 } }, { b: "", y: "", z: "" }, { a: "", inner: 5 }, 7];
  expect(problemsOf(M, { list }).map(({ path, message }) => `${path} ${message}`)).toEqual([
    "/list/0/inner/c must be a string, but is 1 (a number)",
    "/list/0/inner/d must be a string, but is 1 (a number)",
    '/list/1/y must be a number, but is "" (a string)',
    '/list/1/z must be a number, but is "" (a string)',
    "/list/3 must be an object, but is 7 (a number)",
  ]);
  expect([M({ list: [{ a: "", inner: 5 }] }), M({ list: [{ a: "", inner: { c: "", d: "" } }] })]).toEqual([true, true]);
});

describe("with bigints", () => {
  const int64 = { type: "integer", format: "int64" };
  const branch = (k: string, x: object) => message({ k: { const: k }, x, y: { type: "string" } });
  const payloadOf = (one: object) => ({ ...(one as { payload: object }).payload }); // as `message` makes it

  test("an alternative that is not meant makes nothing of a value, also behind a reference", async () => {
    const either = { oneOf: [payloadOf(branch("a", int64)), { $ref: "#/components/schemas/B" }] };
    const text = JSON.parse(asyncapi3({ receive: { m: message({ either }) } }));
    text.components.schemas = { B: payloadOf(branch("b", { type: "integer" })) };
    const M = await validatorOf(JSON.stringify(text), { int64: "bigint", errors: "all" });
    const values = [
      { either: { k: "a", x: 5, y: "" } },
      { either: { k: "b", x: 5, y: "" } },
      { either: { k: "b", x: "", y: 5 } },
    ];
    expect(values.map((value) => M(value))).toEqual([true, true, false]);
    expect(values.map(({ either }) => either.x)).toEqual([5n, 5, ""]);
  });

  test("types without alternatives tell all", async () => {
    const M = await validatorOf(asyncapi3({ receive: { m: branch("a", int64) } }), { int64: "bigint", errors: "all" });
    const wrong = { k: "b", x: 1.5, y: 5 };
    expect(problemsOf(M, wrong).map(({ path }) => path)).toEqual(["/k", "/x", "/y"]);
    const right = { k: "a", x: 5, y: "" };
    expect([M(right), right.x]).toEqual([true, 5n]);
  });
});

test.each([
  ["a flag", ["--errors", "all"], {}],
  ["a word of the configuration", [], { errors: "all" }],
])("is %s", async (_, flags, config) => {
  const here = folder({ "api.json": document, "c.json": JSON.stringify(config) });
  const argv = ["generate", join(here, "api.json"), "--out", join(here, "g"), "--config", join(here, "c.json")];
  expect(await main([...argv, ...flags], { print: () => {}, say: () => {}, color: false })).toBe(0);
  expect(readFileSync(join(here, "g/validators.ts"), "utf8")).toContain("vErrors.push(");
});
