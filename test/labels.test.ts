/**
 * Which constants nobody who sends a message need give.
 */
import { describe, expect, test } from "vitest";
import { emit } from "../generator/index.js";
import { asyncapi3, contractOf, type Messages, message } from "./support/documents.js";

const is = (value: unknown) => ({ enum: [value] });
const text = { type: "string" };

async function labelsOf(receive: Messages): Promise<unknown[]> {
  const [connection] = (await contractOf(asyncapi3({ receive }))).connections;
  return (connection?.toServer.actions ?? []).map(({ labels }) => labels);
}

describe("filled in for whoever sends", () => {
  const told = { pong: message({ "event?": is("pong"), "id?": text }), beat: message({ event: is("beat"), x: text }) };

  test("is an optional text by which messages are told apart", async () => {
    expect(await labelsOf(told)).toEqual([[{ key: "event", value: "pong" }], [{ key: "event", value: "beat" }]]);
  });

  test("is no part of what a caller gives, and says all of a message that has nothing else", async () => {
    const contract = await contractOf(asyncapi3({ receive: { ...told, bye: message({ "event?": is("bye") }) } }));
    const client = (await emit(contract)).get("client.ts") ?? "";
    expect(client).toContain('sendPong(payload: Unlabelled<types.Pong, "event">)');
    expect(client).toContain("sendBye()");
  });

  test.each([
    ["a flag", { one: message({ "urgent?": is(true) }), other: message({ "urgent?": is(false), x: text }) }],
    ["a text that only one message has", { one: message({ "event?": is("a") }), other: message({ x: text }) }],
    ["a text that is the same in all", { one: message({ "event?": is("a") }), other: message({ "event?": is("a") }) }],
    ["one of several texts", { one: message({ "event?": { enum: ["a", "b"] } }), other: message({ "event?": text }) }],
  ])("is no optional constant that is %s", async (_, receive) => {
    expect(await labelsOf(receive)).toEqual([[], []]);
  });

  test("is nothing of what need be no object", async () => {
    const loose = { payload: { type: ["object", "string"], properties: { event: is("a") } } };
    expect(await labelsOf({ loose, other: message({ event: is("b") }) })).toEqual([[], [{ key: "event", value: "b" }]]);
  });
});
