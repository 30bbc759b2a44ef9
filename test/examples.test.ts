import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { ROOT } from "./support/examples.js";

/** Runs a built example as its reader would. */
async function run(program: string): Promise<string[]> {
  const path = `${ROOT}dist/examples/${program}.js`;
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [path], { timeout: 40_000 });
  expect(stderr).toBe("");
  return stdout.trimEnd().split("\n");
}

test("tiny: a question is answered, a push arrives, a bad payload is refused at its caller", async () => {
  expect(await run("tiny/main")).toEqual([
    "Hello, Ada!",
    "1 visitor",
    '[INVALID_PAYLOAD] greet: /name: must have at least 1 character, but is ""',
  ]);
});

test("orders: parameters, query and key travel with the opening request, two connections share one server", async () => {
  expect(await run("orders/main")).toEqual([
    "server: ada orders in north/east",
    "client: order is open",
    "client: rejected, it is packed already",
    "client: the service is well",
  ]);
});

test("exchange: each request gets the reply that carries its id; what nobody waits for goes to handlers", async () => {
  expect(await run("exchange/main")).toEqual([
    "trade: EUR/USD at 1.08",
    "handler: subscribed, request 41",
    "trade: EUR/USD at 1.08",
    "reply: subscribed, request 42",
    "reply: placed as ada-7",
    "reply: too large",
  ]);
});

test("awkward: every name has its route, and every text arrives as it was", async () => {
  expect(await run("awkward/main")).toEqual([
    "left or right: 1; a tree with 1 child",
    'delete {"is":"delete","what":"\\ud800 alone, \u2028 and 👋"}',
    'constructorAction {"is":"constructor","toString":"not a function"}',
    'proto {"is":"__proto__"}',
    'newAction {"is":"new"}',
    'joinRoom {"is":"join_room","room":"one"}',
    'joinRoom2 {"is":"joinRoom","room":2}',
    '_2ndTry {"0":0,"is":"2nd try","a-b c":"quoted"}',
    'größe {"is":"größe","größe":"groß"}',
    '房间 {"is":"房间"}',
    'message {"is":"👋"}',
    `processExit3 ${JSON.stringify({ is: "*/`${process.exit(6)}`\\\"'\n\u2028</script>", "*/ evil(); /*": "harmless" })}`,
  ]);
});

test("voice: bytes, JSON and a bare text share one socket, and a caller's memory is its own again after send", async () => {
  expect(await run("voice/main")).toEqual([
    "refused: start first",
    "understood: 2 pieces of sound, 0.0005 seconds",
    "heard: 9 9 9 9",
    "heard: 4 3 2 1",
    "said: DONE",
  ]);
});

test("telemetry: MessagePack is spoken by a library of the application's, and checked like JSON", async () => {
  expect(await run("telemetry/main")).toEqual([
    "server: boiler says 71.5, 93.25",
    "client: boiler every 1 s",
    '[INVALID_PAYLOAD] reading: /sensor: must have at least 1 character, but is ""',
    "server: good night",
  ]);
});

test("ledger: integers of 64 bits arrive with every digit, and larger ones are refused at their caller", async () => {
  expect(await run("ledger/main")).toEqual([
    "1 holds 18446744073709551615",
    "receipt 9007199254740993, booked at 2024-03-01T10:00:00.000Z, signed with 2 bytes",
    "[INVALID_PAYLOAD] transfer: /amount: must be a 64-bit integer, but is 18446744073709551616n (an integer)",
  ]);
});

test("chat: the demo loses nothing through a killed server, and ends by itself", { timeout: 45_000 }, async () => {
  const lines = await run("chat/demo");
  expect(lines.at(-1)).toContain("nothing was lost, nothing came out of order");
  const refusals = lines.filter((line) => line.includes("eve") && line.includes("○"));
  expect(refusals.length, "waits between three refusals").toBe(2);
  expect(lines.some((line) => line.includes("eve") && line.includes("■ stopped"))).toBe(true);
});

test("couriers: nothing is lost and nothing comes twice, though server and phone are killed in the middle", async () => {
  expect(await run("couriers/main")).toEqual([
    "the server is killed, and the phone goes on",
    "the server is back",
    "the phone is killed, and back",
    "60 parcels are in the book: each of them, once, in order",
  ]);
});
