import { Ajv } from "ajv";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { dispatchOf } from "../generator/build/dispatch.js";
import { Shapes } from "../generator/build/facts/shapes.js";
import type { Dispatch, Json, Schema } from "../generator/contract.js";
import { leavesOf, routers } from "../runtime/dispatch.js";

/** A schema and the values that its author means: free text is no other message's constant, and nothing is undeclared. */
interface Meant {
  readonly schema: { readonly [keyword: string]: Json };
  readonly values: fc.Arbitrary<Json>;
}

const CONSTANTS = ["a", "b", 1, null, true] as const;

const scalar: fc.Arbitrary<Meant> = fc.oneof(
  fc.constantFrom(...CONSTANTS).map((value) => ({ schema: { const: value }, values: fc.constant(value) })),
  fc
    .uniqueArray(fc.constantFrom("a", "b", "c", 2), { minLength: 1, maxLength: 3 })
    .map((values) => ({ schema: { enum: values }, values: fc.constantFrom(...values) })),
  fc.constant({ schema: { type: "string" }, values: fc.constantFrom("free", "text") }),
  fc.constant({ schema: { type: "integer" }, values: fc.integer({ min: 100 }) }),
  fc.constant({ schema: { type: "string", nullable: true }, values: fc.constantFrom("free", null) }),
);

/** What lists repeat: a constant there stands at no place of its own, so another's constant there could not be asked for. */
const repeated = scalar.filter(({ schema }) => schema["const"] === undefined && schema["enum"] === undefined);

const { member, object } = fc.letrec<{ member: Meant; object: Meant }>((tie) => ({
  member: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    { arbitrary: scalar, weight: 4 },
    { arbitrary: tie("object"), weight: 1 },
    { arbitrary: repeated.map(listOf), weight: 1 },
    { arbitrary: fc.array(tie("member"), { minLength: 1, maxLength: 3 }).map(tupleOf), weight: 1 },
  ),
  object: fc
    .tuple(
      fc.dictionary(fc.constantFrom("k", "l", "m", "n"), fc.tuple(tie("member"), fc.boolean()), { maxKeys: 4 }),
      fc.boolean(),
    )
    .map(([members, split]) => objectOf(Object.entries(members), split)),
}));

function listOf({ schema, values }: Meant): Meant {
  return {
    schema: { type: "array", items: schema, minItems: 1 },
    values: fc.array(values, { minLength: 1, maxLength: 2 }),
  };
}

function tupleOf(places: readonly Meant[]): Meant {
  const items = places.map(({ schema }) => schema);
  return {
    schema: { type: "array", items, minItems: items.length, additionalItems: false },
    values: fc.tuple(...places.map(({ values }) => values)),
  };
}

/** `split`: what is required stands beside what is declared, in an `allOf`. */
function objectOf(members: readonly (readonly [string, readonly [Meant, boolean]])[], split: boolean): Meant {
  const properties = Object.fromEntries(members.map(([key, [{ schema }]]) => [key, schema]));
  const required = members.flatMap(([key, [, isRequired]]) => (isRequired ? [key] : []));
  const values = fc.record(Object.fromEntries(members.map(([key, [{ values }]]) => [key, values])), {
    requiredKeys: required,
    noNullPrototype: true,
  });
  const schema = split
    ? {
        allOf: [
          { type: "object", required },
          { type: "object", properties },
        ],
      }
    : { type: "object", required, properties };
  return { schema, values: values as fc.Arbitrary<Json> }; // a record of JSON is JSON
}

const payload = fc.oneof({ arbitrary: object, weight: 6 }, { arbitrary: member, weight: 2 });

function decide(schemas: readonly Schema[]) {
  const doors = new Map<string, readonly string[]>();
  const candidates = schemas.map((schema, index) => ({ id: String(index), schema }));
  const dispatch: Dispatch = dispatchOf(candidates, new Shapes(() => undefined), (ids) => {
    const door = `any${doors.size}`;
    doors.set(door, ids);
    return door;
  });
  return { dispatch, doors, candidates };
}

/** Questions that ask for a place again where it was found empty. */
function askedAgain(dispatch: Dispatch | undefined, empty: readonly string[] = []): string[] {
  if (typeof dispatch !== "object" || dispatch === null || dispatch.by === "frame") return [];
  const keys = dispatch.by === "keys" ? dispatch.cases.flatMap(([keys]) => keys.map((key) => [key])) : [];
  const places = (dispatch.by === "value" ? [dispatch.at] : keys).map((at) => JSON.stringify(at));
  const absent = dispatch.by === "value" ? askedAgain(dispatch.absent, [...empty, ...places]) : [];
  const next = [...dispatch.cases.map(([, then]) => then), dispatch.otherwise];
  return [
    ...places.filter((place) => empty.includes(place)),
    ...absent,
    ...next.flatMap((then) => askedAgain(then, empty)),
  ];
}

describe("whatever the messages", () => {
  test("no place is asked for again where it was found empty", { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(fc.array(payload, { minLength: 1, maxLength: 8 }), (all) => {
        expect(askedAgain(decide(all.map(({ schema }) => schema)).dispatch)).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });

  test("each that is meant arrives at its own door, or at a union that it is one of", { timeout: 60_000 }, () => {
    const said = fc
      .array(payload, { minLength: 1, maxLength: 6 })
      .chain((all) =>
        fc.tuple(
          fc.constant(all.map(({ schema }) => schema)),
          fc.tuple(...all.map(({ values }) => fc.array(values, { maxLength: 4 }))),
        ),
      );
    fc.assert(
      fc.property(said, ([schemas, samples]) => {
        const { dispatch, doors } = decide(schemas);
        const ajv = new Ajv({ strict: false });
        const route = routers(dispatch, (id, value) => ajv.validate(schemas[Number(id)] ?? false, value)).json;
        samples.forEach((values, index) => {
          for (const value of values) {
            const door = route(JSON.parse(JSON.stringify(value))) ?? "none";
            const unions = [...doors].flatMap(([id, ids]) => (ids.includes(String(index)) ? [id] : []));
            expect([String(index), ...unions]).toContain(door);
          }
        });
      }),
      { numRuns: 120 },
    );
  });

  test("each is in one union at most, and has a door or a union", { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(fc.array(payload, { minLength: 1, maxLength: 8 }), (all) => {
        const { dispatch, doors, candidates } = decide(all.map(({ schema }) => schema));
        const leaves = leavesOf(dispatch);
        for (const { id } of candidates) {
          const unions = [...doors].filter(([, ids]) => ids.includes(id));
          expect(unions.length).toBeLessThan(2);
          expect(leaves.has(id) || unions.some(([door]) => leaves.has(door))).toBe(true);
        }
      }),
      { numRuns: 120 },
    );
  });

  test("two hundred and fifty messages are decided within seconds, in a tree that grows with them", () => {
    const schemas = Array.from(
      { length: 250 },
      (_, index): Schema => ({
        type: "object",
        required: ["id"],
        properties: {
          id: { type: "string" },
          kind: { enum: [index % 5, 5 + (index % 7)] },
          [`own${index % 60}`]: { type: index % 2 ? "string" : "integer" },
          data: { type: "object", properties: { [`inner${index % 40}`]: { type: "string" } } },
        },
      }),
    );
    const start = performance.now();
    const { dispatch } = decide(schemas);
    expect(performance.now() - start).toBeLessThan(4_000);
    expect(JSON.stringify(dispatch).length).toBeLessThan(200_000);
  });
});
