/**
 * Dates and bytes: what a type says is what an application has, and what goes on the wire is what the schema says.
 */

import type { ClientOptions } from "@actionwire/runtime";
import { applicationValues } from "@actionwire/runtime/conversions";
import { seededRandom } from "@actionwire/runtime/testing";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Schema } from "../generator/contract.js";
import { type ContractOptions, emit } from "../generator/index.js";
import { normalise } from "../generator/normalise/normalise.js";
import { Sampler } from "./smoke/sampler.js";
import { asyncapi3, contractOf, message } from "./support/documents.js";
import { runPrinted, runWire } from "./support/printed.js";
import { stage } from "./support/talk.js";
import { complaints } from "./support/typecheck.js";

const { toApplication, toWire } = applicationValues;

describe("text that says an instant", () => {
  test.each([
    ["2024-02-29T23:59:59Z", "2024-02-29T23:59:59.000Z"],
    ["2024-02-29t23:59:59.123456789z", "2024-02-29T23:59:59.123Z"],
    ["2024-02-29 23:59:59.5+01:30", "2024-02-29T22:29:59.500Z"],
    ["2024-02-29T23:59:59-0100", "2024-03-01T00:59:59.000Z"],
    ["2024-02-29T23:59:59+01", "2024-02-29T22:59:59.000Z"],
    ["2016-12-31T23:59:60Z", "2017-01-01T00:00:00.000Z"],
    ["0001-01-01T00:00:00Z", "0001-01-01T00:00:00.000Z"],
  ])("%s is %s", (text, instant) => {
    expect(toApplication("date", text)).toEqual(new Date(instant));
  });

  test("is that of every Date that was sent", () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date("0000-01-01"), max: new Date("9999-12-31"), noInvalidDate: true }),
        (date) => {
          expect(toApplication("date", toWire(date))).toEqual(date);
        },
      ),
    );
  });

  test.each(["", "yesterday", "2024-02-29", "2024-13-01T00:00:00Z"])("stays a text where it says none: %j", (text) => {
    expect(toApplication("date", text)).toBe(text);
  });
});

describe("base64", () => {
  test("of any bytes is what others make of them, and is the same bytes again", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
        expect(toWire(bytes)).toBe(Buffer.from(bytes).toString("base64"));
        expect(toApplication("bytes", toWire(bytes))).toEqual(bytes);
      }),
    );
  });

  test.each(["A", "AA", "AAA", "AA=", "A===", "====", "AA-_", "ä"])("that is none stays a text: %s", (text) => {
    expect(toApplication("bytes", text)).toBe(text);
  });
});

describe("what is sent", () => {
  test("is never changed for its sender, and is itself where there is nothing to convert", () => {
    const payload = Object.freeze({ at: new Date(0), list: Object.freeze([new Date(1), "x"]) });
    expect(toWire(payload)).toEqual({ at: "1970-01-01T00:00:00.000Z", list: ["1970-01-01T00:00:00.001Z", "x"] });
    const plain = { a: [1, { b: null }] };
    expect(toWire(plain)).toBe(plain);
  });

  test("may be a circle, or no date at all: others find that", () => {
    const circle: { self?: unknown; at: Date } = { at: new Date(0) };
    circle.self = circle;
    expect(toWire(circle)).toMatchObject({ at: "1970-01-01T00:00:00.000Z", self: circle });
    const never = new Date(Number.NaN);
    expect(toWire(never)).toBe(never);
  });
});

describe("a client whose contract has dates and bytes", () => {
  const date = { type: "string", format: "date-time" };
  const document = asyncapi3({
    send: { booked: message({ at: date, "data?": { type: "string", format: "byte" } }) },
    receive: {
      book: message({ at: date, "more?": {} }),
      sound: { contentType: "application/octet-stream", payload: { type: "string", format: "binary" } },
    },
  });
  const staged = async (options: Pick<ClientOptions<object>, "validate"> = {}) => {
    const contract = await contractOf(document, { dates: "Date", binary: "Uint8Array" });
    const [api] = Object.values(await runWire(await emit(contract)));
    if (!api) throw new Error("no API");
    const { client, network, clock, told } = stage({ api, ...options });
    const heard: unknown[] = [];
    client.onAnything("booked", (payload) => void heard.push(payload));
    client.connect();
    await clock.settle();
    return { client, network, clock, told, heard };
  };

  test("hears them, once their text was checked", async () => {
    const { network, clock, told, heard } = await staged();
    for (const at of ["2024-01-01T00:00:00Z", "soon"]) network.peer.send(JSON.stringify({ at, data: "AQI=" }));
    await clock.settle();
    expect(heard).toEqual([{ at: new Date("2024-01-01T00:00:00Z"), data: new Uint8Array([1, 2]) }]);
    expect(told["onInvalid"]).toMatchObject([{ action: "booked", payload: { at: "soon" } }]);
  });

  test("sends them as text that is checked, and frames of bytes as the bytes that they are", async () => {
    const { client, network, clock } = await staged();
    client.sendAnything("book", { at: new Date(0), more: [new Uint8Array([255])] });
    client.sendAnything("sound", new Uint8Array([1, 2, 3]));
    await clock.settle();
    expect(network.peer.received).toEqual([
      '{"at":"1970-01-01T00:00:00.000Z","more":["/w=="]}',
      new Uint8Array([1, 2, 3]),
    ]);
    expect(() => client.sendAnything("book", { at: new Date(Number.NaN) })).toThrow(
      "/at: must be a string, but is a Date",
    );
  });

  test("takes them for what they can be where nobody refuses, and tells of them as they came", async () => {
    const { network, clock, told, heard } = await staged({ validate: { in: "warn" } });
    network.peer.send('{"at":"2024-02-30T00:00:00Z","data":"AQI="}');
    await clock.settle();
    expect(heard).toEqual([{ at: "2024-02-30T00:00:00Z", data: new Uint8Array([1, 2]) }]);
    expect(told["onInvalid"]).toMatchObject([{ payload: { data: "AQI=" } }]);
  });
});

test("what is asked for is asserted, also where the draft only notes it", async () => {
  const payload = {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    type: "object",
    properties: { at: { type: "string", format: "date-time" }, data: { type: "string", contentEncoding: "base64" } },
  };
  const verdicts = async (options: ContractOptions) => {
    const files = await emit(await contractOf(asyncapi3({ send: { said: { payload } } }), options));
    const { Said } = await runPrinted(files.get("validators.ts") ?? "");
    return [{ at: "soon" }, { data: "?" }, { at: "2024-01-01T00:00:00Z", data: "AA==" }].map((value) => Said?.(value));
  };
  expect(await verdicts({})).toEqual([true, true, true]);
  expect(await verdicts({ dates: "Date" })).toEqual([false, true, true]);
  expect(await verdicts({ dates: "Date", binary: "Uint8Array" })).toEqual([false, false, true]);
});

/** Schemas in which dates, bytes and other texts stand wherever they may. */
const schemas: fc.Arbitrary<Record<string, Schema>> = (() => {
  const date = { type: "string", format: "date-time" };
  /** TypeScript takes an object that shares no member with a type of optional ones for a mistake, so all share one. */
  const common = { common: { type: "boolean" } };
  const leaf = fc.constantFrom<Schema>(
    date,
    date,
    { type: ["string", "null"], format: "date-time" },
    { type: "string", format: "byte" },
    { type: "string", contentEncoding: "base64", format: "byte" },
    { type: "string" },
    { type: "integer" },
    { type: "string", enum: ["now", "later"] },
    { type: "string", format: "date-time", enum: ["2024-01-01T00:00:00Z"] },
  );
  const names = ["a", "b", "c"];
  const { schema } = fc.letrec<{ schema: Schema; object: Schema }>((tie) => ({
    object: fc
      .record({
        properties: fc.dictionary(fc.constantFrom(...names), tie("schema"), {
          minKeys: 1,
          maxKeys: 3,
          noNullPrototype: true,
        }),
        required: fc.subarray(names),
        rest: fc.option(fc.oneof(fc.constant<Schema>(false), tie("schema")), { nil: undefined }),
      })
      .map(({ properties, required, rest }) => ({
        type: "object",
        properties: { ...properties, ...common },
        required: required.filter((name) => Object.hasOwn(properties, name)),
        ...(rest !== undefined && { additionalProperties: rest }),
      })),
    schema: fc.oneof(
      { maxDepth: 3, depthSize: "small" },
      leaf,
      fc.constantFrom("D0", "D1", "D2").map((name) => ({ $ref: `#/components/schemas/${name}` })),
      tie("object"),
      tie("schema").map((items) => ({ type: "array", items, maxItems: 3 })),
      fc.array(tie("schema"), { minLength: 1, maxLength: 3 }).map((items) => ({ type: "array", items, minItems: 1 })),
      fc.array(tie("schema"), { minLength: 2, maxLength: 3 }).map((anyOf) => ({ anyOf })),
      fc.array(tie("object"), { minLength: 2, maxLength: 2 }).map((allOf) => ({ allOf })),
      fc.record({ own: tie("object"), $ref: fc.constantFrom("D0", "D1") }).map(({ own, $ref }) => ({
        allOf: [{ $ref: `#/components/schemas/${$ref}` }, own],
      })),
      fc
        .record({ own: tie("object"), anyOf: fc.array(tie("object"), { minLength: 2, maxLength: 2 }) })
        .map(({ own, anyOf }) => ({ ...(own as object), anyOf })),
      fc.record({ own: tie("object"), pattern: tie("schema") }).map(({ own, pattern }) => ({
        ...(own as object),
        patternProperties: { "^m": pattern },
      })),
      fc.record({ one: leaf, other: leaf }).map(({ one, other }) => ({ allOf: [one, other] })),
      fc.array(tie("schema"), { minLength: 2, maxLength: 2 }).map((members) => ({
        oneOf: members.map((own, at) => ({
          type: "object",
          required: ["kind", "own"],
          properties: { kind: { const: `k${at}` }, own, ...common },
        })),
      })),
      tie("schema").map((own) => ({
        type: "object",
        properties: { is: { type: "boolean" }, own: {}, ...common },
        if: { properties: { is: { const: true } }, required: ["is"] },
        then: { properties: { own, ...common } },
      })),
    ),
  }));
  const declared = fc.dictionary(fc.constantFrom("x", "y"), schema, { minKeys: 1, maxKeys: 2, noNullPrototype: true });
  const type = declared.map((properties): Schema => ({ type: "object", properties: { ...properties, ...common } }));
  return fc.record({ D0: type, D1: type, D2: leaf, P0: schema, P1: schema, P2: schema, P3: schema });
})();

/** A converted value as the type of exactly that. */
function exactType(value: unknown): string {
  if (value instanceof Date) return "Date";
  if (value instanceof Uint8Array) return "Uint8Array";
  if (Array.isArray(value)) return `[${value.map(exactType).join(", ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const members = Object.entries(value).flatMap(([name, member]) => {
    return name === "common" ? [] : [`${JSON.stringify(name)}: ${exactType(member)}`];
  });
  return `{ ${[...members, "common?: boolean"].join("; ")} }`;
}

/** A document whose server says one message for each of the schemas that begin with P. */
function documentOf(declared: Readonly<Record<string, Schema>>): string {
  const payload = (name: string): Schema => ({
    type: "object",
    required: ["kind", "value"],
    properties: { kind: { const: name }, value: { $ref: `#/components/schemas/${name}` } },
  });
  const names = Object.keys(declared).filter((name) => name.startsWith("P"));
  const document = JSON.parse(
    asyncapi3({ send: Object.fromEntries(names.map((name) => [`say${name}`, { payload: payload(name) }])) }),
  );
  document.components.schemas = declared;
  return JSON.stringify(document);
}

test("a converted payload has its type, and fits its schema when it is sent again", { timeout: 240_000 }, async () => {
  let converted = 0;
  const run = async (declared: Readonly<Record<string, Schema>>): Promise<void> => {
    const contract = await contractOf(documentOf(declared), { dates: "Date", binary: "Uint8Array" });
    const files = await emit(contract);
    const [api] = Object.values(await runWire(files));
    const types = new Map(normalise(contract.types).types.map(({ name, schema }) => [name, schema]));
    const sampler = new Sampler(types, seededRandom(7));
    const uses = (contract.connections[0]?.toClient.actions ?? []).flatMap(({ id, payload }) => {
      const { validate, convert } = api?.toClient.actions[id] ?? {};
      const values = Array.from({ length: 12 }, () => sampler.sample({ $ref: `#/$defs/${payload}` }));
      return values
        .filter((value) => validate?.(value))
        .map((value, index) => {
          const own = convert === undefined ? value : toApplication(convert, structuredClone(value));
          expect(validate?.(toWire(own)), JSON.stringify(value)).toBe(true);
          const type = exactType(own);
          if (/Date|Uint8Array/.test(type)) converted++;
          return `declare const ${id}${index}: ${type};\nexport const ${id}${index}s: ${payload} = ${id}${index};\n`;
        });
    });
    expect(complaints(`${files.get("types.ts")}${uses.join("")}`)).toEqual([]);
  };
  await fc.assert(fc.asyncProperty(schemas, run), { numRuns: 25 });
  expect(converted).toBeGreaterThan(50);
});
