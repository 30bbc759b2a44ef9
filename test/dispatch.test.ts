import { describe, expect, test } from "vitest";
import { asyncapi3, contractOf, type Messages, message, readOf } from "./support/documents.js";

const text = { type: "string" };
const is = (value: unknown) => ({ const: value });

async function dispatchOf(receive: Messages): Promise<unknown> {
  return (await contractOf(asyncapi3({ receive }))).connections[0]?.toServer.dispatch;
}

describe("messages are told apart", () => {
  test("by nothing where there is only one", async () => {
    expect(await dispatchOf({ one: message({ a: text }) })).toBe("one");
  });

  test("by a constant of whatever name", async () => {
    expect(await dispatchOf({ one: message({ kind: is("1") }), two: message({ kind: is("2") }) })).toEqual({
      by: "value",
      at: ["kind"],
      cases: [
        ["1", "one"],
        ["2", "two"],
      ],
    });
  });

  test("by an enum of one, and by a number", async () => {
    expect(await dispatchOf({ one: message({ op: { enum: [1] } }), two: message({ op: is(2) }) })).toEqual({
      by: "value",
      at: ["op"],
      cases: [
        [1, "one"],
        [2, "two"],
      ],
    });
  });

  test("by a constant that a child of an allOf narrows", async () => {
    const child = (name: string) => ({
      payload: {
        allOf: [
          { type: "object", required: ["event"], properties: { event: text } },
          { type: "object", properties: { event: is(name) } },
        ],
      },
    });
    expect(await dispatchOf({ one: child("a"), two: child("b") })).toMatchObject({ by: "value", at: ["event"] });
  });

  test("by a constant one level down", async () => {
    const nested = (name: string) =>
      message({ head: { type: "object", required: ["t"], properties: { t: is(name) } } });
    expect(await dispatchOf({ one: nested("a"), two: nested("b") })).toMatchObject({ by: "value", at: ["head", "t"] });
  });

  test("by a second constant where the first is shared", async () => {
    const both = (a: string, b: string) => message({ a: is(a), b: is(b) });
    expect(await dispatchOf({ one: both("x", "1"), two: both("x", "2"), three: both("y", "1") })).toEqual({
      by: "value",
      at: ["a"],
      cases: [
        [
          "x",
          {
            by: "value",
            at: ["b"],
            cases: [
              ["1", "one"],
              ["2", "two"],
            ],
          },
        ],
        ["y", "three"],
      ],
    });
  });

  test("by the lack of a constant that the others have, whatever else may stand there", async () => {
    expect(
      await dispatchOf({
        one: message({ type: is("a") }),
        two: message({ type: is("b") }),
        rest: message({ x: text }),
      }),
    ).toEqual({
      by: "value",
      at: ["type"],
      cases: [
        ["a", "one"],
        ["b", "two"],
      ],
      otherwise: "rest",
    });
  });

  test("by any other value, where one takes them all", async () => {
    const receive = { one: message({ type: is("a") }), rest: message({ type: text }) };
    expect(await dispatchOf(receive)).toEqual({ by: "value", at: ["type"], cases: [["a", "one"]], otherwise: "rest" });
  });

  test("even where there is only one, if it has a constant: another value is something else", async () => {
    expect(await dispatchOf({ one: message({ type: is("a") }) })).toEqual({
      by: "value",
      at: ["type"],
      cases: [["a", "one"]],
    });
  });

  test("by a constant one level down, which one whose upper level is there may lack", async () => {
    const head = (properties: object) => ({
      type: "object",
      required: ["id"],
      properties: { id: text, ...properties },
    });
    const a = message({ head: { ...head({ name: is("a") }), required: ["id", "name"] } });
    const receive = { a, b: message({ head: head({}) }), c: message({ other: text }) };
    expect(await dispatchOf(receive)).toMatchObject({ by: "value", at: ["head", "name"], cases: [["a", "a"]] });
    const dispatch = JSON.stringify(await dispatchOf(receive));
    expect(dispatch).toContain('"otherwise":{"by":"keys","cases":[[["head"],"b"]],"otherwise":"c"}');
  });

  test("by any value, for one that takes members it does not name", async () => {
    const open = { payload: { type: "object", required: ["k"], properties: { k: text }, additionalProperties: text } };
    expect(await dispatchOf({ a: message({ t: is("a") }), open })).toMatchObject({
      cases: [["a", "a"]],
      otherwise: "open",
    });
  });

  test("by nothing where the only one need not be an object", async () => {
    const payload = { type: ["object", "null"], required: ["t"], properties: { t: is("a") } };
    expect(await dispatchOf({ one: { payload } })).toBe("one");
  });

  test.each([
    "required",
    "optional",
  ])("by twenty %s constants, each optional text elsewhere, in a tree that grows with them and not with their powers", async (kind) => {
    const keys = Array.from({ length: 20 }, (_, index) => `k${index}`);
    const own = (name: string) => (kind === "required" ? name : `${name}?`);
    const messageOf = (name: string) =>
      message(Object.fromEntries(keys.map((key) => (key === name ? [own(key), is("x")] : [`${key}?`, text]))));
    const tree = await dispatchOf(Object.fromEntries(keys.map((name) => [name, messageOf(name)])));
    expect(JSON.stringify(tree).length).toBeLessThan(50_000);
  }, 240_000);

  test("by a required key that no other has", async () => {
    expect(await dispatchOf({ one: message({ a: text }), two: message({ b: text, "a?": text }) })).toEqual({
      by: "keys",
      cases: [[["b"], "two"]],
      otherwise: "one",
    });
  });
});

describe("messages that look alike", () => {
  const alike = asyncapi3({
    send: { left: message({ x: text }), right: message({ x: text }), other: message({ y: text }) },
  });

  test("arrive together at one door, whose type is the union of theirs", async () => {
    const { toClient } = (await contractOf(alike)).connections[0] ?? {};
    expect(toClient?.unions).toMatchObject([{ id: "leftOrRight", payload: "LeftOrRight", members: ["left", "right"] }]);
    expect(toClient?.actions.map(({ id, grouped }) => [id, grouped ?? false])).toEqual([
      ["left", true],
      ["right", true],
      ["other", false],
    ]);
  });

  test("have one type, where they look alike in both directions", async () => {
    const messages = { left: message({ x: text }), right: message({ x: text }) };
    const contract = await contractOf(asyncapi3({ send: messages, receive: messages }));
    const [connection] = contract.connections;
    const unions = [...(connection?.toServer.unions ?? []), ...(connection?.toClient.unions ?? [])];
    expect(unions.map(({ payload }) => payload)).toEqual(["LeftOrRight", "LeftOrRight"]);
    expect(contract.types.map(({ name }) => name)).toEqual(["Left", "Right", "LeftOrRight"]);
  });

  test("are a warning that names them", async () => {
    const { warnings } = await readOf(alike);
    expect(warnings.map(({ rule, message }) => `${rule}: ${message}`)).toEqual([
      "look-alike: left (api.yaml#/components/messages/left), right (api.yaml#/components/messages/right) cannot be told apart on arrival; they reach the application together, as leftOrRight",
    ]);
  });
});

describe("constants that only label", () => {
  test("are those at the top that every message has", async () => {
    const { toServer } =
      (await contractOf(asyncapi3({ receive: { one: message({ v: is(1), "w?": is(2), x: text }) } }))).connections[0] ??
      {};
    expect(toServer?.actions[0]?.labels).toEqual([{ key: "v", value: 1 }]);
  });

  test("leave nothing to give where they are all there is", async () => {
    const { toServer } =
      (await contractOf(asyncapi3({ receive: { one: message({ v: is(1) }) } }))).connections[0] ?? {};
    expect(toServer?.actions[0]?.bare).toBe(true);
  });
});
