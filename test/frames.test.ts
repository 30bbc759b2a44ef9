import { createServer } from "node:http";
import { ActionwireError, type Api, Client, type Frame, type FrameCodec, type Unknown } from "@actionwire/runtime";
import { Endpoint, type Hooks, Sender } from "@actionwire/runtime/server";
import { fakeClock, type MemoryNetwork, memoryNetwork } from "@actionwire/runtime/testing";
import { wsTransport } from "@actionwire/runtime/ws";
import { decode, Encoder, encode } from "@msgpack/msgpack";
import { afterEach, describe, expect, test } from "vitest";
import { WebSocket } from "ws";
import { TelemetryClient, type TelemetryOptions } from "../examples/telemetry/generated/client.js";
import { serveTelemetry, TelemetrySender } from "../examples/telemetry/generated/server.js";
import { telemetry } from "../examples/telemetry/generated/wire.js";
import { VoiceClient, type VoiceOptions } from "../examples/voice/generated/client.js";
import { serveVoice, type VoiceRoutes } from "../examples/voice/generated/server.js";
import { FakeSocket } from "./support/fake-socket.js";
import { listen } from "./support/listen.js";
import { until } from "./support/transport-suite.js";

const cleanUp: (() => unknown)[] = [];
afterEach(async () => {
  for (const clean of cleanUp.splice(0).reverse()) await clean();
});

const messagePack: FrameCodec = {
  encode: (value) => encode(value),
  decode(frame) {
    if (typeof frame === "string") throw new TypeError("MessagePack is binary");
    return decode(frame);
  },
};

/** The error of what a call throws. */
function thrown(call: () => unknown): ActionwireError | undefined {
  try {
    call();
  } catch (error) {
    if (error instanceof ActionwireError) return error;
    throw error;
  }
  return undefined;
}

/** Bytes as a text, which is compared in one go. */
const printed = (value: unknown): unknown =>
  value instanceof Uint8Array ? `${value.constructor.name} ${Buffer.from(value).toString("base64")}` : value;

const bytes = (...values: number[]): Uint8Array => Uint8Array.from(values);

describe("on real sockets, bytes beside JSON and bare text", () => {
  async function talk(routes: Partial<VoiceRoutes>) {
    const http = createServer();
    const mounted = serveVoice(
      http,
      { start() {}, sound() {}, done() {}, ...routes },
      { authorize: "anyone", maxPayload: 1_000_000 },
    );
    const client = new VoiceClient({ url: `ws://127.0.0.1:${await listen(http)}`, transport: wsTransport() });
    cleanUp.push(
      () => http.close(),
      () => mounted.close({ graceMs: 0 }),
      () => client.close(),
    );
    return { mounted, client };
  }

  test("arrive both ways as they were sent, in order with all else", async () => {
    const heard: unknown[] = [];
    const { client } = await talk({
      async start({ type }, context) {
        heard.push(type);
        await context.client.sendTranscript({ seconds: 0, text: "go on" });
      },
      async sound(piece, context) {
        heard.push(piece);
        await context.client.sendSound(piece);
      },
      async done(word, context) {
        heard.push(word);
        await context.client.sendDone();
      },
    });
    const said: unknown[] = [];
    client.onTranscript(({ text }) => void said.push(text));
    client.onSound((piece) => void said.push(piece));
    client.onDone((word) => void said.push(word));
    const pieces = [bytes(), bytes(123, 125), Uint8Array.from({ length: 256 }, (_, n) => n), new Uint8Array(200_000)];
    client.sendStart({ sampleRate: 8000 });
    for (const piece of pieces) client.sendSound(piece);
    client.sendDone();
    await until(() => said.includes("DONE"));
    expect(heard.map(printed)).toEqual(["start", ...pieces.map(printed), "DONE"]);
    expect(said.map(printed)).toEqual(["go on", ...pieces.map(printed), "DONE"]);
  });

  test("are only what the caller's view shows, and plain to whoever hears them, though given as a Buffer", async () => {
    const heard: Uint8Array[] = [];
    const { client } = await talk({ sound: (piece) => void heard.push(piece) });
    client.sendSound(Buffer.from("abcdef").subarray(2, 4));
    await until(() => heard.length > 0);
    expect(heard).toEqual([bytes(99, 100)]);
    expect(heard[0]?.constructor).toBe(Uint8Array);
    expect(heard[0]?.buffer.byteLength).toBe(2);
  });

  test("go to everybody and to topics", async () => {
    const { client, mounted } = await talk({
      async start(_payload, { join, client }) {
        await join("band");
        await client.sendTranscript({ seconds: 0, text: "joined" });
      },
    });
    const said: Uint8Array[] = [];
    client.onSound((piece) => void said.push(piece));
    const joined = new Promise((resolve) => client.onTranscript(resolve));
    client.sendStart({ sampleRate: 8000 });
    await joined;
    await mounted.topic("band").sendSound(bytes(1));
    await mounted.all.sendSound(bytes(2));
    await until(() => said.length === 2);
    expect(said).toEqual([bytes(1), bytes(2)]);
  });
});

/** A client of the voice on a memory network, on a clock that stands still. */
function voice(options: Partial<VoiceOptions> = {}) {
  const network = memoryNetwork();
  const clock = fakeClock(1_000_000);
  const unknown: Unknown[] = [];
  const client = new VoiceClient({
    transport: network.transport,
    clock,
    random: () => 0.5,
    heartbeat: false,
    onUnknown: (what) => void unknown.push(what),
    ...options,
  });
  return { client, network, clock, unknown };
}

describe("a client's outbox", () => {
  test("keeps bytes as they were given, whatever becomes of the caller's memory", async () => {
    const { client, network, clock } = voice();
    const memory = bytes(1, 2, 3);
    client.sendSound(memory);
    memory.fill(9);
    client.sendSound(memory);
    await clock.settle();
    expect(network.peer.received).toEqual([bytes(1, 2, 3), bytes(9, 9, 9)]);
  });

  test("carries bytes over a break, and hands out what may not have arrived", async () => {
    const uncertain: unknown[] = [];
    const { client, network, clock } = voice({ onUncertain: ({ messages }) => void uncertain.push(...messages) });
    client.sendSound(bytes(1));
    client.sendDone();
    await clock.settle();
    network.peer.send({ type: "refused", reason: "just to be heard" });
    await clock.settle();
    network.peer.cut();
    await clock.settle();
    client.sendSound(bytes(2));
    await clock.advance(60_000);
    expect(network.peers).toHaveLength(2);
    expect(network.peer.received).toEqual([bytes(2)]);
    expect(uncertain).toMatchObject([
      { action: "sound", payload: bytes(1) },
      { action: "done", payload: "DONE" },
    ]);
  });

  test("hands out unsent bytes on closing", () => {
    const { client } = voice();
    client.sendSound(bytes(7));
    expect(client.close()).toMatchObject([{ action: "sound", payload: bytes(7) }]);
  });

  test("is bounded by their number", () => {
    const { client } = voice({ outbox: { maxBytes: 10 } });
    client.sendSound(new Uint8Array(6));
    expect(thrown(() => client.sendSound(new Uint8Array(5)))?.code).toBe("OUTBOX_FULL");
    client.sendSound(new Uint8Array(4));
  });
});

/** A client that says what the types would not let through. */
class Anything extends Client {
  say(action: string, payload?: unknown): string {
    return this.send(action, payload);
  }
}

const always = () => true;

/** Everything on one socket, both ways: told apart by kind, then by what it is. */
const mixed: Api = {
  runtime: 1,
  title: "Mixed",
  version: "1.0.0",
  hash: "0",
  servers: { local: { url: "ws://localhost" } },
  path: "",
  codec: "application/msgpack",
  toServer: {
    actions: {
      note: { frame: "text", validate: always },
      sound: { frame: "bytes", validate: always },
      reading: { frame: "codec", validate: always },
      plain: { validate: always },
    },
    dispatch: { by: "frame", json: "plain", text: "note", bytes: "sound" },
  },
  toClient: {
    actions: {
      note: { frame: "text", validate: always },
      sound: { frame: "bytes", validate: always },
      reading: { frame: "codec", validate: (value) => Array.isArray(value) },
      plain: { validate: always },
    },
    dispatch: {
      by: "frame",
      json: {
        by: "type",
        cases: [
          ["object", "plain"],
          ["array", "reading"],
        ],
      },
      text: "note",
      bytes: "sound",
    },
  },
};

function anything(options: { network?: MemoryNetwork; codec?: FrameCodec; limits?: object } = {}) {
  const { network = memoryNetwork(), codec = messagePack, limits = {} } = options;
  const clock = fakeClock(1_000_000);
  const told: unknown[] = [];
  const client = new Anything(mixed, {
    transport: network.transport,
    clock,
    codec,
    limits,
    heartbeat: false,
    validate: { out: "off" },
    onUnknown: ({ why }) => void told.push(why),
    handlers: Object.fromEntries(
      ["note", "sound", "reading", "plain"].map((name) => [
        `on${name[0]?.toUpperCase()}${name.slice(1)}`,
        (payload: unknown) => void told.push([name, payload]),
      ]),
    ),
  });
  client.connect();
  const hear = async (...frames: Frame[]) => {
    await clock.settle();
    for (const frame of frames) {
      if (typeof frame === "string") network.peer.send(frame);
      else network.peer.sendBinary(frame);
    }
    await clock.settle();
    return told;
  };
  return { client, network, clock, hear };
}

describe("what cannot be said in its kind of frame is refused at the caller, checked or not", () => {
  test.each<[string, unknown]>([
    ["note", 12],
    ["note", undefined],
    ["note", bytes(1)],
    ["note", "half a pair: \ud800"],
    ["sound", "text"],
    ["sound", [1, 2]],
    ["sound", new Uint16Array(2)],
    ["sound", undefined],
    ["reading", Symbol("nothing a codec knows")],
    ["plain", 1n],
  ])("%s cannot be %s", (action, payload) => {
    const error = thrown(() => anything().client.say(action, payload));
    expect(error).toMatchObject({ code: "INVALID_PAYLOAD", action });
  });

  test("and a codec's own error is its cause", () => {
    const cause = new Error("no such thing");
    const codec: FrameCodec = {
      encode() {
        throw cause;
      },
      decode: () => undefined,
    };
    expect(thrown(() => anything({ codec }).client.say("reading", 1))).toMatchObject({
      code: "INVALID_PAYLOAD",
      cause,
    });
  });

  test("and neither is what a codec makes that is no frame", () => {
    const codec = { encode: () => 12 as unknown as Frame, decode: () => undefined };
    expect(thrown(() => anything({ codec }).client.say("reading", 1))?.code).toBe("INVALID_PAYLOAD");
  });

  test("while every whole text is sent as it is", async () => {
    const { client, network, clock } = anything();
    const texts = ["", "DONE", '{"a":1}', "é\u2028👋\u0000"];
    for (const text of texts) client.say("note", text);
    await clock.settle();
    expect(network.peer.received).toEqual(texts);
  });
});

describe("what arrives is told apart by its frame", () => {
  test("text that is JSON, a codec's value, bytes and text, each where it belongs", async () => {
    const told = await anything().hear('{"a":1}', "12", "hello", encode([1, 2]), bytes(1, 2, 3));
    expect(told).toEqual([
      ["plain", { a: 1 }],
      ["note", "12"],
      ["note", "hello"],
      ["reading", [1, 2]],
      ["sound", bytes(1, 2, 3)],
    ]);
  });

  test("bytes that a codec could read, but that say nothing right, are bytes", async () => {
    const almost = encode({ a: 1 });
    expect(await anything().hear(almost)).toEqual([["sound", new Uint8Array(almost)]]);
  });

  test("what is too large is not looked at, of whatever kind", async () => {
    const { hear } = anything({ limits: { maxBytes: 4 } });
    expect(await hear("hello", "ééé", bytes(1, 2, 3, 4, 5), bytes(1, 2, 3, 4))).toEqual([
      "too-large",
      "too-large",
      "too-large",
      ["sound", bytes(1, 2, 3, 4)],
    ]);
  });

  test("a text is no action where it is none of the constants, and says why it is no JSON", async () => {
    const { client, network, clock, unknown } = voice();
    client.connect();
    await clock.settle();
    for (const frame of ["DONE ", '"DONE"', "", "[".repeat(1_000)]) network.peer.send(frame);
    await clock.settle();
    expect(unknown.map(({ why, frame }) => [why, frame.length])).toEqual([
      ["not-json", 5],
      ["no-action", 6],
      ["not-json", 0],
      ["too-deep", 1_000],
    ]);
  });
});

describe("an empty text", () => {
  const empty: Api = {
    ...mixed,
    toClient: {
      actions: { nop: { frame: "text", validate: (value) => value === "" }, plain: { validate: always } },
      dispatch: {
        by: "frame",
        json: { by: "type", cases: [["object", "plain"]] },
        text: { by: "value", at: [], cases: [["", "nop"]] },
      },
    },
  };

  test("crosses a real socket as a message of its own, beside JSON", async () => {
    const http = createServer();
    cleanUp.push(() => http.close());
    const port = await listen(http);
    const { WebSocketServer } = await import("ws");
    const sockets = new WebSocketServer({ server: http });
    const arrived: string[] = [];
    sockets.on("connection", (socket) => {
      socket.on("message", (data) => arrived.push(String(data)));
      for (const frame of ["", "{}", " "]) socket.send(frame);
    });
    cleanUp.push(() => sockets.close());
    const told: unknown[] = [];
    const client = new Anything(empty, {
      url: `ws://127.0.0.1:${port}`,
      transport: wsTransport(),
      codec: messagePack,
      onUnknown: ({ why }) => void told.push(why),
      handlers: {
        onNop: (payload: string) => void told.push(["nop", payload]),
        onPlain: () => void told.push("plain"),
      },
    });
    cleanUp.push(() => client.close());
    client.say("note", "");
    await until(() => told.length === 3 && arrived.length === 1);
    expect(told).toEqual([["nop", ""], "plain", "not-json"]);
    expect(arrived).toEqual([""]);
  });
});

describe("a codec of the application's", () => {
  const device = (options: Partial<TelemetryOptions> = {}) => {
    const network = memoryNetwork();
    const clock = fakeClock(1_000_000);
    const unknown: Unknown[] = [];
    const client = new TelemetryClient({
      transport: network.transport,
      clock,
      codec: messagePack,
      heartbeat: false,
      onUnknown: (what) => void unknown.push(what),
      ...options,
    });
    return { client, network, clock, unknown };
  };

  test("is asked for at once where the contract needs one, on either side, by the name of its content type", () => {
    const text = "[BAD_OPTION] codec: Telemetry API speaks application/msgpack, and none is given to speak it";
    // @ts-expect-error the generated options require it
    expect(thrown(() => new TelemetryClient({ transport: memoryNetwork().transport }))?.message).toBe(text);
    const routes = { reading() {}, asleep() {} };
    // @ts-expect-error here too
    expect(thrown(() => serveTelemetry(createServer(), routes, { authorize: "anyone" }))?.message).toBe(text);
  });

  test("may use its memory again: what waits is what was said", async () => {
    const encoder = new Encoder({ initialBufferSize: 64 });
    const codec = { ...messagePack, encode: (value: unknown) => encoder.encodeSharedRef(value) };
    const { client, network, clock } = device({ codec });
    client.sendReading({ sensor: "a", values: [1] });
    client.sendReading({ sensor: "b", values: [2] });
    await clock.settle();
    expect(network.peer.received.map((frame) => messagePack.decode(frame))).toEqual([
      { type: "reading", sensor: "a", values: [1] },
      { type: "reading", sensor: "b", values: [2] },
    ]);
  });

  test("reads back what may not have arrived, and where it cannot, the frame is handed out", async () => {
    const uncertain: unknown[] = [];
    const codec: FrameCodec = {
      ...messagePack,
      decode(frame) {
        const value = messagePack.decode(frame);
        if (typeof value === "object" && value !== null && "values" in value) return value;
        throw new TypeError("only the server reads this");
      },
    };
    const { client, network, clock } = device({
      codec,
      onUncertain: ({ messages }) => void uncertain.push(...messages),
    });
    client.sendReading({ sensor: "a", values: [] });
    client.sendAsleep();
    await clock.advance(10_000);
    network.peer.cut();
    await clock.settle();
    expect(uncertain).toMatchObject([
      { action: "reading", payload: { type: "reading", sensor: "a", values: [] } },
      { action: "asleep", payload: new Uint8Array(encode({ type: "asleep" })) },
    ]);
  });

  test("throws at nobody: what it cannot read, and what is text, is not decodable", async () => {
    const { client, network, clock, unknown } = device();
    client.connect();
    await clock.settle();
    network.peer.sendBinary(bytes(0xc1));
    network.peer.sendBinary(bytes());
    network.peer.send({ type: "adjust", sensor: "a", everySeconds: 1 });
    await clock.settle();
    expect(unknown.map(({ why }) => why)).toEqual(["not-decodable", "not-decodable", "not-decodable"]);
    expect(client.state.at).toBe("open");
  });

  test.each<[string, () => unknown]>([
    ["lists in lists", () => Array.from({ length: 1_000 }).reduce<unknown>((inner) => [inner], 1)],
    ["maps in maps", () => Array.from({ length: 1_000 }).reduce<unknown>((inner) => new Map([[inner, inner]]), 1)],
    [
      "a circle",
      () => {
        const circle: unknown[] = [];
        circle.push(circle);
        return circle;
      },
    ],
    [
      "what is said a million times over",
      () => Array.from({ length: 200 }).reduce<unknown>((inner) => [inner, inner], [1]),
    ],
  ])("may make nothing that nests too deeply: %s", async (_, make) => {
    const { client, network, clock, unknown } = device({ codec: { ...messagePack, decode: make } });
    client.connect();
    await clock.settle();
    network.peer.sendBinary(bytes(1));
    await clock.settle();
    expect(unknown.map(({ why }) => why)).toEqual(["too-deep"]);
  });

  test("and what is as deep as the limit is read, however many bytes it holds", async () => {
    const { client, network, clock, unknown } = device({ limits: { maxDepth: 2 } });
    const adjusted: unknown[] = [];
    client.onAdjust((payload) => void adjusted.push(payload));
    await clock.settle();
    client.connect();
    await clock.settle();
    const said = { type: "adjust", sensor: "a", everySeconds: 1, more: new Uint8Array(1_000) };
    network.peer.sendBinary(encode({ ...said, deep: [] }));
    network.peer.sendBinary(encode({ ...said, deep: [[]] }));
    await clock.settle();
    expect(adjusted).toHaveLength(1);
    expect(unknown.map(({ why }) => why)).toEqual(["too-deep"]);
  });

  test("serves: hostile frames are counted, told, and end the connection that goes on with them", async () => {
    const unknown: Parameters<NonNullable<Hooks["onUnknown"]>>[0][] = [];
    const routes = { reading() {}, asleep() {} };
    const endpoint = new Endpoint<undefined, TelemetrySender>(telemetry, TelemetrySender, routes, {
      codec: messagePack,
      clock: fakeClock(0),
      maxViolations: 3,
      onUnknown: (what) => void unknown.push(what),
    });
    const socket = new FakeSocket();
    const opened = { connectionId: "c", user: undefined, parameters: {}, query: {}, headers: {} };
    const peer = endpoint.accept(socket, opened);
    const deep = Array.from({ length: 65 }).reduce<unknown>((inner) => [inner], 1);
    const frames = [bytes(0xc1), '{"type":"asleep"}', encode(deep), encode({ type: "nothing" })];
    for (const frame of frames) peer.receive(frame);
    await peer.idle();
    expect(unknown.map(({ why, frame }) => [why, frame])).toEqual(
      ["not-decodable", "not-decodable", "too-deep", "no-action"].map((why, index) => [why, frames[index]]),
    );
    expect(socket.closed).toMatchObject([{ code: 1008 }]);
  });
});

describe("a socket that says bytes to a server whose frames are all text", () => {
  test("is closed with 1003", async () => {
    const http = createServer();
    const { mount } = await import("@actionwire/runtime/node");
    const dull: Api = { ...mixed, toServer: { actions: {}, dispatch: null } };
    const mounted = mount(http, dull, Sender, {}, { authorize: "anyone", codec: messagePack, path: "/" });
    const socket = new WebSocket(`ws://127.0.0.1:${await listen(http)}/`);
    cleanUp.push(
      () => http.close(),
      () => mounted.close({ graceMs: 0 }),
      () => socket.terminate(),
    );
    socket.on("open", () => socket.send(bytes(1)));
    expect(await new Promise((closed) => socket.on("close", closed))).toBe(1003);
  });
});
