/** Validators of strict types, which are printed as their tolerant twins and what closes them. */
import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Json } from "../generator/contract.js";
import { type ContractOptions, emit } from "../generator/index.js";
import { asyncapi3, contractOf } from "./support/documents.js";
import { runPrinted } from "./support/printed.js";

type Schema = Record<string, unknown>;

/** A schema, and values that mostly fit it. */
interface Shape {
  readonly schema: Schema;
  readonly values: fc.Arbitrary<Json>;
}

const SHARED = ["Open", "Other", "Closed", "Nested"] as const;
const refTo = (name: string): Schema => ({ $ref: `#/components/schemas/${name}` });

const text: Shape = { schema: { type: "string", maxLength: 3 }, values: fc.string({ maxLength: 4 }) };
const number: Shape = { schema: { type: "integer" }, values: fc.integer() };
const word: Shape = { schema: { enum: ["a", "b", 1] }, values: fc.constantFrom<Json>("a", "b", 1, 2) };

const openObject: Shape = { schema: { type: "object", properties: { a: text.schema } }, values: members({ a: text }) };
const closedObject: Shape = {
  schema: { type: "object", properties: { a: text.schema }, required: ["a"], additionalProperties: false },
  values: members({ a: text }),
};
const shared: Readonly<Record<(typeof SHARED)[number], Shape>> = {
  Open: openObject,
  Other: { schema: { type: "object", properties: { b: number.schema } }, values: members({ b: number }) },
  Closed: closedObject,
  Nested: {
    schema: {
      type: "object",
      properties: { a: refTo("Closed"), b: refTo("Nested") },
      additionalProperties: false,
    },
    values: members({ a: closedObject, b: { ...closedObject, values: members({ a: closedObject }) } }),
  },
};

/** Objects of some of these members, at times with one that nobody knows. */
function members(of: Readonly<Record<string, Shape>>): fc.Arbitrary<Json> {
  const known = Object.fromEntries(Object.entries(of).map(([name, { values }]) => [name, values]));
  const more = fc.option(fc.record({ unknown: fc.constant<Json>(1) }), { freq: 4, nil: {} });
  return fc.tuple(fc.record(known, { requiredKeys: [] }), more).map(([own, other]): Json => ({ ...own, ...other }));
}

const { shape } = fc.letrec<{ shape: Shape }>((tie) => {
  const inner = tie("shape");
  return {
    shape: fc.oneof(
      { maxDepth: 3, depthSize: "medium" },
      fc.constantFrom(text, number, word, ...SHARED.map((name) => ({ ...shared[name], schema: refTo(name) }))),
      fc
        .tuple(fc.dictionary(fc.constantFrom("a", "b", "c"), inner), fc.constantFrom("open", "closed", "texts"))
        .map(object),
      inner.map((of) => ({
        schema: { type: "array", items: of.schema },
        values: fc.array(of.values, { maxLength: 3 }),
      })),
      fc.tuple(inner, inner).map(([first, rest]) => ({
        schema: { type: "array", prefixItems: [first.schema], items: rest.schema },
        values: fc
          .tuple(first.values, fc.array(rest.values, { maxLength: 2 }))
          .map(([one, more]): Json => [one, ...more]),
      })),
      fc.tuple(inner, inner, fc.constantFrom("oneOf", "anyOf", "allOf")).map(([one, other, keyword]) => ({
        schema: { [keyword]: [one.schema, other.schema] },
        values: fc.oneof(one.values, other.values),
      })),
      fc
        .tuple(fc.subarray([...SHARED], { minLength: 2 }), fc.constantFrom("oneOf", "anyOf"))
        .map(([names, keyword]) => ({
          schema: { [keyword]: names.map(refTo) }, // which may fit together
          values: fc.oneof(...names.map((name) => shared[name].values)),
        })),
      fc.tuple(inner, inner, fc.constantFrom("oneOf", "anyOf")).map(([one, other, keyword]) => {
        const branches = [tagged("one", one), tagged("other", other)];
        return {
          schema: { [keyword]: branches.map(({ schema }) => schema) },
          values: fc.oneof(...branches.map(({ values }) => values)),
        };
      }),
      inner.map((of) => ({
        schema: { type: "object", patternProperties: { "^[ab]$": of.schema }, additionalProperties: false },
        values: members({ a: of, b: of }),
      })),
    ),
  };
});

function object([of, rest]: [Record<string, Shape>, "open" | "closed" | "texts"]): Shape {
  const properties = Object.fromEntries(Object.entries(of).map(([name, { schema }]) => [name, schema]));
  const more = {
    open: {},
    closed: { additionalProperties: false },
    texts: { additionalProperties: closedObject.schema },
  };
  return { schema: { type: "object", properties, ...more[rest] }, values: members(of) };
}

function tagged(kind: string, of: Shape): Shape {
  const properties = { kind: { const: kind }, is: of.schema };
  return {
    schema: { type: "object", required: ["kind"], properties, additionalProperties: false },
    values: fc
      .tuple(members({ is: of }), fc.constantFrom(kind, kind, "x"))
      .map(([own, of]): Json => Object.assign({ kind: of }, own)),
  };
}

/** What all of one document's messages are: each says which it is. */
function documentOf(shapes: readonly Shape[]): { readonly text: string; readonly payloads: readonly Schema[] } {
  const payloads = shapes.map(({ schema }, index) => ({
    type: "object",
    required: ["label", "is"],
    properties: { label: { const: `m${index}` }, is: schema },
  }));
  const names = payloads.map((_, index) => `m${index}`);
  const text = JSON.stringify({
    asyncapi: "3.0.0",
    info: { title: "Test", version: "1.0.0" },
    channels: {
      main: {
        address: "/",
        messages: Object.fromEntries(names.map((name, index) => [name, { payload: payloads[index] }])),
      },
    },
    operations: { tell: { action: "send", channel: { $ref: "#/channels/main" } } },
    components: { schemas: Object.fromEntries(SHARED.map((name) => [name, shared[name].schema])) },
  });
  return { text, payloads };
}

const all = { errors: "all" } as const;

test("strict ones judge as ajv judges the document's schemas, and accept nothing that tolerant ones refuse", async () => {
  const seen = { accepted: 0, refused: 0, tolerated: 0 };
  const many = fc.array(shape, { minLength: 20, maxLength: 20 });
  await fc.assert(
    fc.asyncProperty(many, fc.infiniteStream(fc.nat()), fc.constantFrom({}, all), async (shapes, seeds, options) => {
      const { text: document, payloads } = documentOf(shapes);
      const contract = await contractOf(document, options);
      const validators = await runPrinted((await emit(contract)).get("validators.ts") ?? "");
      const peer = new Ajv2020({ strict: false });
      peer.addSchema({
        $id: "x:all",
        components: { schemas: Object.fromEntries(SHARED.map((name) => [name, shared[name].schema])) },
      });
      for (const [index, { values }] of shapes.entries()) {
        const judge = peer.compile(JSON.parse(JSON.stringify(payloads[index]).replaceAll('"#/', '"x:all#/')));
        for (const is of fc.sample(values, { numRuns: 12, seed: seeds.next().value })) {
          const value = { label: `m${index}`, is };
          const [strict, tolerant] = [validators[`M${index}`], validators[`M${index}Tolerant`]];
          const verdict = strict?.(value);
          expect
            .soft({ value, schema: payloads[index], verdict })
            .toEqual({ value, schema: payloads[index], verdict: judge(value) });
          if (verdict && tolerant) expect(tolerant(value), JSON.stringify(value)).toBe(true);
          if (verdict) seen.accepted++;
          else seen.refused++;
          if (tolerant && !verdict && tolerant(value)) seen.tolerated++;
        }
      }
    }),
    { numRuns: 6 },
  );
  expect(Math.min(...Object.values(seen))).toBeGreaterThan(50);
}, 60_000);

describe("a strict validator", () => {
  const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
  const closed = (properties: object) => ({ type: "object", properties, additionalProperties: false });

  const validatorsOf = async (payload: object, schemas: object, options: ContractOptions = {}) => {
    const document = JSON.parse(asyncapi3({ send: { tell: { payload } } }));
    const text = JSON.stringify({ ...document, components: { ...document.components, schemas } });
    const contract = await contractOf(text, options);
    return runPrinted((await emit(contract)).get("validators.ts") ?? "");
  };

  test("calls its twin, so that what both ask is there once", async () => {
    const nullable = { oneOf: [closed({ a: { type: "string", format: "uuid" } }), { type: "null" }] };
    const payload = closed({ one: nullable, many: { type: "array", items: nullable }, id: { type: "string" } });
    const text = (await emit(await contractOf(asyncapi3({ send: { tell: { payload } } })))).get("validators.ts") ?? "";
    expect(text.match(/uuid\(/g)).toHaveLength(2); // of one and of many
    const { Tell, TellTolerant } = await runPrinted(text);
    const values = [{ one: null }, { one: { a: 1 } }, { one: { b: 1 } }, { many: [null, { b: 1 }] }, { more: 1 }];
    expect(values.map((value) => Tell?.(value))).toEqual([true, false, false, false, false]);
    expect(values.map((value) => TellTolerant?.(value))).toEqual([true, false, true, true, true]);
  });

  test("refuses what fits several branches of a oneOf, though they are the same in its twin", async () => {
    const open = (name: string) => ({ type: "object", required: [name], properties: { [name]: { type: "string" } } });
    const payload = closed({ to: { oneOf: [open("id"), open("name")] } });
    const { Tell, TellTolerant } = await validatorsOf(payload, {});
    expect([Tell, TellTolerant].map((validate) => validate?.({ to: { id: "a", name: "b" } }))).toEqual([false, true]);
    expect(Tell?.({ to: { id: "a" } })).toBe(true);
  });

  test("is not taken for another type whose author calls it like what closes this one", async () => {
    const payload = closed({ x: ref("A"), y: ref("Other") });
    const schemas = { A: closed({ a: { type: "string" } }), Other: { type: "string" } };
    const { Tell } = await validatorsOf(payload, schemas, { names: { Other: "A$closed" } });
    const values = [{ x: { a: "b" } }, { x: { b: 1 } }, { y: "s" }, { y: 5 }];
    expect(values.map((value) => Tell?.(value))).toEqual([true, false, true, false]);
  });

  test("tells once what is wrong with an alternative, where all is told", async () => {
    const kind = (name: string) => ({ ...closed({ kind: { const: name } }), required: ["kind"] });
    const schemas = { Shape: { oneOf: [kind("circle"), kind("box")] } };
    const payload = closed({ alt: { oneOf: [ref("Shape"), { type: "integer" }] } });
    const { Tell } = await validatorsOf(payload, schemas, all);
    expect(Tell?.({ alt: "a" })).toBe(false);
    const said =
      Tell?.errors?.map(({ instancePath, keyword, message }) => `${instancePath} ${keyword} ${message}`) ?? [];
    expect(said).toEqual([...new Set(said)]);
  });
});
