/**
 * Whatever a stranger writes on a connection: the process lives, the connection's fate is the documented one, and
 * everybody else is answered as before. (Vitest fails a run in which anything goes uncaught.)
 */
import { createServer } from "node:http";
import { connect as connectTcp } from "node:net";
import { type Mounted, mount } from "@actionwire/runtime/node";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { WebSocket } from "ws";
import { ChatSender, chatRoutes, wrappedChat } from "./support/chat-api.js";
import { listen } from "./support/listen.js";
import { frame, handshake, Opcode, RawClient } from "./support/raw-client.js";

const MAX_PAYLOAD = 128 * 1024;
const SOON = { interval: 5, timeout: 5000 };
const server = createServer();
const errors: unknown[] = [];
let mounted: Mounted<ChatSender>;
let port: number;
let other: WebSocket;

beforeAll(async () => {
  const routes = chatRoutes({
    count: (payload) => {
      if (payload === "throw") throw { get stack() { throw payload; } }; // biome-ignore format: one line
      if (payload === "hang") return new Promise(() => {});
      return { number: 1 };
    },
  });
  mounted = mount(server, wrappedChat, ChatSender, routes, {
    authorize: "anyone",
    onError: (error) => void errors.push(error),
    onInvalid: () => {},
    onUnknown: () => {},
    handlerTimeout: 50,
  });
  port = await listen(server);
  other = new WebSocket(`ws://127.0.0.1:${port}/chat`);
  await new Promise((resolve) => other.on("open", resolve));
});

afterAll(async () => {
  await mounted.close({ graceMs: 0 });
  server.close();
});

const clients: RawClient[] = [];
afterEach(() => {
  for (const { socket } of clients.splice(0)) socket.destroy();
});

function connect(): RawClient {
  const client = new RawClient(port, "/chat");
  clients.push(client);
  return client;
}

const say = (text: string) => `{"action":"say","payload":{"text":${JSON.stringify(text)}}}`;

async function othersAreAnswered(): Promise<void> {
  const answer = new Promise((resolve) => other.once("message", (data) => resolve(String(data))));
  other.send(say("are you there?"));
  expect(await answer).toContain("are you there?");
}

/** Writes, and then asks for an echo: what was answered before it. */
async function answersTo(...frames: readonly Buffer[]): Promise<readonly unknown[]> {
  const client = connect();
  for (const bytes of [...frames, frame(say("the end"))]) client.socket.write(bytes);
  await expect.poll(() => client.texts.at(-1), SOON).toContain("the end");
  expect([client.ended, client.closeCode]).toEqual([false, undefined]);
  await othersAreAnswered();
  return client.texts.slice(0, -1).map((text): unknown => JSON.parse(text));
}

const refusal = (code: string) => ({ action: "error", payload: { code } });
const nested = (open: string, times: number, close: string) => open.repeat(times) + close.repeat(times);

describe("frames that are no message are refused, and the connection stays", () => {
  const cases: readonly (readonly [what: string, text: string, code: string])[] = [
    ["nothing", "", "BAD_JSON"],
    ["half an object", "{", "BAD_JSON"],
    ["NaN", "NaN", "BAD_JSON"],
    ["single quotes", "{'action':'say'}", "BAD_JSON"],
    ["a comma too many", '{"action":"say",}', "BAD_JSON"],
    ["a raw control character", '{"action":"say","payload":{"text":"\u0001"}}', "BAD_JSON"],
    ["a byte order mark", `\ufeff${say("x")}`, "BAD_JSON"],
    ["two messages in one", say("x") + say("y"), "BAD_JSON"],
    ["null", "null", "UNKNOWN_ACTION"],
    ["a number", "1e400", "UNKNOWN_ACTION"],
    ["a text", '"say"', "UNKNOWN_ACTION"],
    ["a message encoded twice", JSON.stringify(say("x")), "UNKNOWN_ACTION"],
    ["a list", `[${say("x")}]`, "UNKNOWN_ACTION"],
    ["no action", "{}", "UNKNOWN_ACTION"],
    ["an action that is null", '{"action":null}', "UNKNOWN_ACTION"],
    ["an action that is an object", '{"action":{"toString":"say"}}', "UNKNOWN_ACTION"],
    ["an action that is a list", '{"action":["say"]}', "UNKNOWN_ACTION"],
    ["a server's own action", '{"action":"said","payload":{"text":"x"}}', "UNKNOWN_ACTION"],
    ["a refusal", '{"action":"error","payload":{}}', "UNKNOWN_ACTION"],
    ["an action of the prototype's", '{"__proto__":{"action":"say"}}', "UNKNOWN_ACTION"],
    ...["constructor", "__proto__", "prototype", "toString", "hasOwnProperty", "valueOf", "$connect", "$default"].map(
      (name) => [`the action ${name}`, `{"action":"${name}"}`, "UNKNOWN_ACTION"] as const,
    ),
    ["lists 60,000 deep", nested("[", 60_000, "]"), "TOO_DEEP"],
    ["lists that never end", "[".repeat(120_000), "TOO_DEEP"],
    ["objects 20,000 deep", `${'{"c":'.repeat(20_000)}1${"}".repeat(20_000)}`, "TOO_DEEP"],
    ["a deep payload", `{"action":"say","payload":${nested("[", 64, "]")}}`, "TOO_DEEP"],
    ["an id that is no text", '{"action":"say","id":{},"payload":{"text":"x"}}', "BAD_FRAME"],
    ["no payload", '{"action":"say"}', "INVALID_PAYLOAD"],
    ["a payload that is null", '{"action":"say","payload":null}', "INVALID_PAYLOAD"],
    ["a payload of the prototype's", '{"action":"say","payload":{"__proto__":{"text":"x"}}}', "INVALID_PAYLOAD"],
    ["a member twice, the last wrong", '{"action":"say","payload":{"text":"x","text":1}}', "INVALID_PAYLOAD"],
  ];

  test.each(cases)("%s", async (_, text, code) => {
    expect(await answersTo(frame(text))).toMatchObject([refusal(code)]);
    expect(Object.prototype).not.toHaveProperty("text");
    expect(errors).toEqual([]);
  });
});

describe("unusual messages are messages", () => {
  const escaped = '{"\\u0061ction":"\\u0073ay","payload":{"text":"escaped"}}';
  test.each([
    ["an escaped action", escaped, "escaped"],
    ["a lone surrogate", say("\ud800"), "\ud800"],
    ["U+2028, NUL and markup", say("\u2028\u0000</script>"), "\u2028\u0000</script>"],
    ["a member twice, the last right", '{"action":"nope","action":"say","payload":{"text":"x"}}', "x"],
    ["members nobody knows", '{"action":"say","constructor":1,"payload":{"text":"x","__proto__":1}}', "x"],
  ])("%s", async (_, sent, text) => {
    expect(await answersTo(frame(sent))).toEqual([{ action: "said", payload: { text } }]);
  });

  test("a message in pieces, a ping between them", async () => {
    const bytes = Buffer.from(say("in pieces 👋"));
    const cut = bytes.length - 8; // inside the emoji
    const pieces = [
      frame(bytes.subarray(0, cut), { fin: false }),
      frame("", { opcode: Opcode.ping }),
      frame("", { opcode: Opcode.continuation, fin: false }),
      frame(bytes.subarray(cut), { opcode: Opcode.continuation }),
    ];
    expect(await answersTo(...pieces)).toEqual([{ action: "said", payload: { text: "in pieces 👋" } }]);
  });

  test("a message byte by byte", async () => {
    const bytes = [...frame(say("slow"))].map((byte) => Buffer.of(byte));
    expect(await answersTo(...bytes)).toEqual([{ action: "said", payload: { text: "slow" } }]);
  });

  test("handlers that throw and hang are answered like any", async () => {
    const count = (payload: string) => frame(`{"action":"count","id":"r","payload":"${payload}"}`);
    expect(await answersTo(count("throw"), count("hang"))).toMatchObject([refusal("INTERNAL"), refusal("TIMEOUT")]);
    expect(errors.splice(0)).toHaveLength(2);
  });
});

describe("what breaks the protocol closes its connection, and no other", () => {
  const tiny = (count: number, payload: string) =>
    Buffer.concat([
      frame(payload, { fin: false }),
      ...Array.from({ length: count }, () => frame(payload, { opcode: Opcode.continuation, fin: false })),
    ]);
  const close = (code: number) => frame(Buffer.of(code >> 8, code & 0xff), { opcode: Opcode.close });
  const cases: readonly (readonly [what: string, bytes: Buffer, code: number])[] = [
    ["binary", frame(say("x"), { opcode: Opcode.binary }), 1003],
    ["no mask", frame(say("x"), { masked: false }), 1002],
    ["a reserved bit", frame(say("x"), { reserved: 4 }), 1002],
    ["an opcode that is none", frame(say("x"), { opcode: 3 }), 1002],
    ["a ping in pieces", frame("", { opcode: Opcode.ping, fin: false }), 1002],
    ["a ping of 126 bytes", frame("x".repeat(126), { opcode: Opcode.ping }), 1002],
    ["a continuation of nothing", frame("x", { opcode: Opcode.continuation }), 1002],
    ["a message inside another", Buffer.concat([frame("x", { fin: false }), frame("y")]), 1002],
    ["a close of one byte", frame("x", { opcode: Opcode.close }), 1002],
    ["a close with 1006", close(1006), 1002],
    ["a close with 999", close(999), 1002],
    ["invalid UTF-8", frame(Buffer.of(0x22, 0xff, 0x22)), 1007],
    ["a surrogate as UTF-8", frame(Buffer.of(0x22, 0xed, 0xa0, 0x80, 0x22)), 1007],
    ["a message cut inside a character", frame(Buffer.of(0x22, 0xf0, 0x9f)), 1007],
    ["one byte more than allowed", frame("x".repeat(MAX_PAYLOAD + 1)), 1009],
    ["a length of 200 KB", frame("x", { claims: 200_000n }), 1009],
    ["a length of 2^63", frame("x", { claims: 2n ** 63n }), 1009],
    ["pieces that are too large together", Buffer.concat([frame("x".repeat(MAX_PAYLOAD), { fin: false }), frame("x", { opcode: Opcode.continuation })]), 1009], // biome-ignore format: one line each
    ["10,000 tiny pieces", tiny(10_000, "x"), 1008],
    ["10,000 empty pieces", tiny(10_000, ""), 1008],
    ["more nonsense than a minute allows", Buffer.concat(Array.from({ length: 101 }, () => frame("?"))), 1008],
  ];

  test.each(cases)("%s", async (_, bytes, code) => {
    const client = connect();
    client.socket.write(bytes);
    await expect.poll(() => client.closeCode, SOON).toBe(code);
    await othersAreAnswered();
    expect(errors).toEqual([]);
  });

  test("but the largest frame allowed is read", async () => {
    const padding = "x".repeat(MAX_PAYLOAD - say("").length - 10);
    const large = `{"action":"count","id":"r","payload":"${padding}"}`;
    expect(await answersTo(frame(large))).toEqual([{ action: "count", id: "r", payload: { number: 1 } }]);
  });

  test("more pings than it reads the answers to", async () => {
    const client = connect();
    await expect.poll(() => mounted.connections, SOON).toBe(2);
    client.socket.pause();
    const pings = Buffer.concat(Array.from({ length: 20_000 }, () => frame("x".repeat(125), { opcode: Opcode.ping })));
    for (let round = 0; round < 10 && !client.ended; round++) client.socket.write(pings);
    await othersAreAnswered();
    await expect.poll(() => mounted.connections, SOON).toBe(1);
  });

  test.each([
    ["ends without a word", (client: RawClient) => client.socket.end()],
    ["is reset", (client: RawClient) => client.socket.resetAndDestroy()],
    ["is reset inside a frame", (client: RawClient) => {
      client.socket.write(frame("x", { claims: 1000n }), () => client.socket.resetAndDestroy());
    }], // biome-ignore format: one line each
  ])("a connection that %s is gone", async (_, end) => {
    const client = connect();
    client.socket.write(frame(say("x")));
    await expect.poll(() => client.texts, SOON).toHaveLength(1);
    end(client);
    await expect.poll(() => mounted.connections, SOON).toBe(1);
    await othersAreAnswered();
  });
});

describe("openings", () => {
  test.each([
    ["subprotocols twice", ["Sec-WebSocket-Protocol: a, a"], 400],
    ["a subprotocol that is none", ["Sec-WebSocket-Protocol: a b"], 400],
    ["a token that is no base64", ["Sec-WebSocket-Protocol: actionwire, actionwire.bearer.!!!"], 101],
    ["extensions that are none", ["Sec-WebSocket-Extensions: permessage-deflate; ;;"], 101],
    ["an Origin that is none", ["Origin: ://"], 403],
    ["1,900 headers", Array.from({ length: 1900 }, (_, n) => `H${n}: x`), 101],
    ["a header of 20 KB", [`X: ${"x".repeat(20_000)}`], 431],
  ] as const)("%s", async (_, headers, status) => {
    expect(await statusOf(handshake("/chat", ...headers))).toBe(status);
    await othersAreAnswered();
  });
});

async function statusOf(opening: string): Promise<number> {
  const socket = connectTcp(port, "127.0.0.1");
  socket.on("error", () => {});
  socket.write(opening);
  const head = await new Promise<string>((resolve) => socket.once("data", (data) => resolve(String(data))));
  socket.destroy();
  return Number(head.split(" ")[1]);
}
