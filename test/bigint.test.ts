/**
 * 64-bit integers: never another number than was said.
 */
import type { Api } from "@actionwire/runtime";
import { bigintJson } from "@actionwire/runtime/bigint";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { emit } from "../generator/index.js";
import { asyncapi3, contractOf, message, readOf } from "./support/documents.js";
import { runPrinted } from "./support/printed.js";
import { plain, stage } from "./support/talk.js";
import { complaints } from "./support/typecheck.js";

const int64 = { type: "integer", format: "int64" };
const MAX = 2n ** 63n - 1n;

describe("JSON text with bigints", () => {
  const int = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 64n - 1n });
  const large = int.filter((value) => !Number.isSafeInteger(Number(value)));
  /** Strings that look like what stands for a bigint on the way. */
  const nasty = fc.oneof(
    fc.string(),
    fc.constantFrom("\u0000", "\u0000123", '"\u000012345678901234567"', "\u0000\u00001", '\\"'),
    large.map((value) => `\u0000${value}`),
    large.map(String),
  );
  const { value } = fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      large,
      nasty,
      // JSON has no -0, and a number too large to be exact is no number that was said.
      fc
        .double({ noNaN: true, noDefaultInfinity: true })
        .filter((number) => !Object.is(number, -0) && !(Number.isInteger(number) && Math.abs(number) >= 2 ** 53)),
      fc.boolean(),
      fc.constant(null),
      fc.array(tie("value")),
      fc.dictionary(nasty, tie("value"), { noNullPrototype: true }),
    ),
  }));

  test("survives the trip, whatever else is in the message", () => {
    fc.assert(
      fc.property(value, (given) => {
        const text = bigintJson.stringify(given) ?? "";
        JSON.parse(text); // it is JSON
        expect(bigintJson.parse(text)).toEqual(given);
      }),
      { numRuns: 500 },
    );
  });

  test("writes digits, whatever an application made of BigInt's own toJSON", () => {
    expect(bigintJson.stringify({ id: MAX, list: [1, 2n] })).toBe(`{"id":${MAX},"list":[1,2]}`);
    const prototype = BigInt.prototype as unknown as Record<string, unknown>; // as applications patch it
    prototype["toJSON"] = () => "patched";
    try {
      expect(bigintJson.stringify({ id: MAX })).toBe(`{"id":${MAX}}`);
    } finally {
      delete prototype["toJSON"];
    }
  });

  test.each([
    ["a fraction", "0.12345678901234567890"],
    ["an exponent", "1e1234567890123456"],
    ["more digits than 64 bits have", "123456789012345678901"],
  ])("leaves %s a number", (_, text) => {
    expect(bigintJson.parse(text)).toBe(JSON.parse(text));
  });

  test("reads a message of a megabyte of digits in linear time, and takes it for no id", () => {
    expect(typeof bigintJson.parse("9".repeat(1_000_000))).toBe("number");
  });

  test.each([
    ['{"id": 12345678901234567890,}'],
    ['{"id": 01234567890123456789}'],
    ["{12345678901234567: 1}"],
    [`1234567890123456"${'\\"'.repeat(200_000)}`], // in linear time, too
  ])("refuses what JSON refuses: %.40s", (text) => {
    expect(() => bigintJson.parse(text)).toThrow(SyntaxError);
  });
});

describe("a payload that is a 64-bit integer itself", () => {
  test("is a bigint for its handler, however small", async () => {
    const files = await emit(await contractOf(asyncapi3({ send: { count: { payload: int64 } } }), { int64: "bigint" }));
    const { Count } = await runPrinted(files.get("validators.ts") ?? "");
    if (!Count) throw new Error("no validator");
    const api: Api = {
      ...plain,
      json: bigintJson,
      toClient: { actions: { count: { validate: Count } }, dispatch: "count" },
    };
    const { client, network, clock } = stage({ api });
    const heard: unknown[] = [];
    client.onAnything("count", (payload) => void heard.push(payload));
    client.connect();
    await clock.settle();
    for (const frame of ["5", "9007199254740993", "1.5"]) network.peer.send(frame);
    await clock.settle();
    expect(heard).toEqual([5n, 9007199254740993n]);
  });
});

describe("alternatives of which one has a 64-bit integer", () => {
  test("are told apart by constants all the same, and constants are numbers", async () => {
    const branch = (x: object, k: string) => ({
      type: "object",
      required: ["x", "k"],
      properties: { x, k: { const: k } },
    });
    const payload = {
      oneOf: [branch(int64, "a"), branch({ const: 5 }, "b"), branch({ type: "integer", enum: [5, 6] }, "c")],
    };
    const files = await emit(await contractOf(asyncapi3({ receive: { one: { payload } } }), { int64: "bigint" }));
    const { One } = await runPrinted(files.get("validators.ts") ?? "");
    const values: { x: unknown; k: string }[] = [
      { x: 5, k: "a" },
      { x: 5, k: "b" },
      { x: 6, k: "c" },
      { x: 6, k: "b" },
    ];
    expect(values.map((value) => One?.(value))).toEqual([true, true, true, false]);
    expect(values.slice(0, 3).map(({ x }) => x)).toEqual([5n, 5, 6]);
    expect(files.get("types.ts")).toContain("x: 5 | 6;");
  });
});

describe("a constant beyond 2^53", () => {
  test("is a warning, since JavaScript reads another", async () => {
    const { warnings } = await readOf(
      asyncapi3({ send: { count: { payload: { const: 1 } } } }).replace('"const": 1', '"const": 9007199254740993'),
    );
    expect(warnings).toMatchObject([{ rule: "rounded", message: expect.stringContaining("9007199254740992") }]);
  });
});

describe("a 64-bit integer in a document", () => {
  const document = asyncapi3({
    receive: {
      order: message({
        id: int64,
        "parent?": { type: ["integer", "null"], format: "int64" },
        "at?": { format: "uint64", type: "integer", minimum: 5 },
        "price?": { type: ["number", "null"], minimum: 0 },
        "lots?": { ...int64, multipleOf: 10 },
      }),
    },
  });

  test("is a number by default, and one that was rounded on the way does not fit", async () => {
    const files = await emit(await contractOf(document));
    expect(files.get("types.ts")).toContain("id: number;");
    const { Order } = await runPrinted(files.get("validators.ts") ?? "");
    expect(Order?.({ id: Number.MAX_SAFE_INTEGER })).toBe(true);
    expect(Order?.(JSON.parse('{"id": 9007199254740993}'))).toBe(false);
    expect(Order?.errors?.[0]).toMatchObject({ keyword: "format", params: { format: "int64" } });
  });

  test("keeps limits that another part of its schema says", async () => {
    const payload = {
      type: "object",
      properties: { id: { allOf: [int64, { minimum: 3 }, { maximum: 9, multipleOf: 2 }] } },
    };
    const files = await emit(await contractOf(asyncapi3({ send: { one: { payload } } }), { int64: "bigint" }));
    const { One } = await runPrinted(files.get("validators.ts") ?? "");
    const verdicts = [4n, 8, 2n, 3n, 10n, "4"].map((id) => One?.({ id }));
    expect(verdicts).toEqual([true, true, false, false, false, false]);
  });

  test("is a bigint where that is asked for, whatever its size", async () => {
    const contract = await contractOf(document, { int64: "bigint" });
    const files = await emit(contract);
    const types = files.get("types.ts") ?? "";
    expect(types).toContain("id: bigint;");
    expect(types).toContain("parent?: bigint | null;");
    expect(complaints(`${types}export const order: Order = { id: 1n, parent: null, at: ${MAX}n };`)).toEqual([]);
    expect(files.get("wire.ts")).toContain("json: bigintJson,");

    const { Order } = await runPrinted(files.get("validators.ts") ?? "");
    const small = { id: 7, parent: null };
    expect(Order?.(small)).toBe(true);
    expect(small).toEqual({ id: 7n, parent: null }); // the type says bigint, so it is one
    const priced = { id: 7, price: 2n ** 60n }; // as any integer beyond 2^53 is read
    expect(Order?.(priced)).toBe(true);
    expect(priced).toEqual({ id: 7n, price: 2 ** 60 });
    const cases: [unknown, boolean][] = [
      [{ id: MAX }, true],
      [{ id: MAX + 1n }, false],
      [{ id: -(MAX + 1n) }, true],
      [{ id: 1.5 }, false],
      [{ id: "1" }, false],
      [{ id: 1, at: 4n }, false],
      [{ id: 1, at: 2n ** 64n - 1n }, true],
      [{ id: 1, at: -1 }, false],
      [{ id: 1, lots: 25 }, false],
      [{ id: 1, lots: 10n ** 17n }, true],
      [{ id: 1, price: "1" }, false],
      [{ id: 1, price: -1 }, false],
    ];
    expect(cases.map(([order]) => Order?.(order))).toEqual(cases.map(([, fits]) => fits));
  });
});
