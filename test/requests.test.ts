import { createServer } from "node:http";
import type { Api, Validate } from "@actionwire/runtime";
import { Endpoint } from "@actionwire/runtime/server";
import { wsTransport } from "@actionwire/runtime/ws";
import fc from "fast-check";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { type WebSocket, WebSocketServer } from "ws";
import { type Doubled, NumbersClient, NumbersSender, numbered, numbers } from "./support/exchange-api.js";
import { FakeSocket } from "./support/fake-socket.js";
import { listen } from "./support/listen.js";

const codeOf = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => "resolved",
    (error: { code: string }) => error.code,
  );

describe("a request whose reply carries its id in the payload", () => {
  test("gets its own reply, in whatever order they come", async () => {
    const { client, clock, asked, say } = numbered();
    const answers = [1, 2, 3].map((value) => client.requestDouble({ value }));
    await clock.settle();
    expect(asked()).toEqual([1, 2, 3].map((value) => ({ event: "double", value, reqid: value })));
    for (const reqid of [3, 1, 2]) await say({ event: "doubled", value: 2 * reqid, reqid });
    expect((await Promise.all(answers)).map(({ value }) => value)).toEqual([2, 4, 6]);
  });

  test("gets its own reply under any interleaving of requests, replies and other messages", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(99), { minLength: 1, maxLength: 60 }), fc.nat(), async (steps, start) => {
        const { client, clock, asked, say } = numbered();
        const heard: Doubled[] = [];
        client.handle({ onDoubled: (payload) => void heard.push(payload) });
        const answers: Promise<Doubled>[] = [];
        const open: number[] = [];
        const reply = async (which: number): Promise<void> => {
          const [index = 0] = open.splice(which % open.length, 1);
          const { reqid, value } = asked()[index] ?? { reqid: 0, value: 0 };
          await say({ event: "doubled", value: 2 * value, reqid });
        };
        let pushed = 0;
        client.connect();
        await clock.settle();
        for (const step of steps) {
          if (step % 3 === 0 && open.length > 0) await reply(step);
          else if (step % 3 === 1) {
            pushed++;
            await say({ event: "doubled", value: -1, ...(step % 2 === 0 && { reqid: -step }) });
          } else {
            open.push(answers.length);
            answers.push(client.requestDouble({ value: start + answers.length }));
            await clock.settle();
          }
        }
        while (open.length > 0) await reply(steps.length);
        const values = (await Promise.all(answers)).map(({ value }) => value);
        expect(values).toEqual(answers.map((_, index) => 2 * (start + index)));
        expect(heard.map(({ value }) => value)).toEqual(Array.from({ length: pushed }, () => -1));
      }),
      { numRuns: 60 },
    );
  });

  test("leaves a message with no id, another's id or another type of id to its handlers", async () => {
    const { client, clock, say } = numbered();
    const heard = vi.fn();
    client.handle({ onDoubled: heard });
    const answer = client.requestDouble({ value: 4 });
    await clock.settle();
    const others = [{}, { reqid: 7 }, { reqid: "1" }, { reqid: null }, { reqid: [1] }];
    for (const other of others) await say({ event: "doubled", value: 0, ...other });
    await say({ event: "doubled", value: 8, reqid: 1 });
    await say({ event: "doubled", value: 9, reqid: 1 });
    expect((await answer).value).toBe(8);
    expect(heard.mock.calls.map(([{ value }]) => value)).toEqual([0, 0, 0, 0, 0, 9]);
  });

  test("has a fresh id whatever its caller gave, beside what else stands there; what is only sent keeps its own", async () => {
    const { client, clock, network, asked } = numbered();
    void client.requestName({ value: 1, meta: { id: "mine", kept: true } }).catch(() => {});
    void client.requestName({ value: 2 }).catch(() => {});
    client.sendDouble({ value: 3, reqid: 40 });
    void client.requestDouble({ value: 4 }).catch(() => {});
    await clock.settle();
    const [one, two, ...rest] = network.peer.messages as { meta: { id: string; kept?: boolean } }[];
    expect(one?.meta.kept).toBe(true);
    expect(new Set([one?.meta.id, two?.meta.id, "mine"]).size).toBe(3);
    expect(rest).toMatchObject([{ reqid: 40 }, { reqid: 41 }]);
    expect(asked()).toHaveLength(4);
  });

  test.each<[string, unknown, string]>([
    ["null", null, "/meta"],
    ["a list", [], "/meta"],
    ["a text", "id", "/meta"],
  ])("is refused at once where %s stands in the way of its id, whatever is checked", async (_, meta, path) => {
    for (const validate of [{ out: "reject" }, { out: "off" }] as const) {
      const { client, clock, asked } = numbered({ validate });
      const given = { value: 1, meta } as { value: number }; // as a schema with `null` in it would have it
      const error = await client.requestName(given).catch((error: unknown) => error);
      const message = "must be an object, to carry the id of the request at /meta/id";
      expect(error).toMatchObject({ code: "INVALID_PAYLOAD", action: "name", problems: [{ path, message }] });
      await clock.settle();
      expect(asked()).toEqual([]);
    }
  });

  test.each([
    ["__proto__"],
    ["constructor"],
    ["toString"],
  ])("has its id among its own members where the place is called %s, and gets the reply that has it there", async (key) => {
    const { double, ...others } = numbers.toServer.actions;
    if (double?.reply?.by !== "field") throw new Error("there is no such action");
    const reply = { ...double.reply, request: [key, "id"], reply: [key, key] };
    const actions = { ...others, double: { ...double, validate: () => true, reply } };
    const { client, clock, network, say } = numbered({}, { ...numbers, toServer: { ...numbers.toServer, actions } });
    const answer = client.requestDouble({ value: 1 });
    await clock.settle();
    expect(JSON.stringify(network.peer.messages)).toBe(
      JSON.stringify([{ event: "double", value: 1, [key]: { id: 1 } }]),
    );
    await say({ event: "doubled", value: 0 });
    await say({ event: "doubled", value: 2, [key]: { [key]: 1 } });
    expect((await answer).value).toBe(2);
    expect(Object.hasOwn(Object.prototype, "id") || Object.hasOwn(Object, "id")).toBe(false);
  });

  test("may say nothing but its id, which is a UUID where the contract wants one", async () => {
    const { client, clock, network, say } = numbered();
    const answers = [client.requestMark(), client.requestMark()];
    await clock.settle();
    const ids = network.peer.messages.map((payload) => (payload as { id: string }).id);
    expect(new Set(ids).size).toBe(2);
    for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    for (const id of ids.toReversed()) await say({ event: "marked", id });
    expect((await Promise.all(answers)).map(({ id }) => id)).toEqual(ids);
  });

  test("waits in the outbox with its id, and is answered under it after another connection refused", async () => {
    const { client, clock, network, asked, say } = numbered();
    network.onDial = (dial) => {
      const peer = dial.accept();
      if (network.peers.length === 1) clock.after(10, () => peer.close(4401));
    };
    const answer = client.requestDouble({ value: 5 });
    await clock.advance(2_000);
    expect(asked().map(({ reqid }) => reqid)).toEqual([1, 1]);
    await say({ event: "doubled", value: 10, reqid: 1 });
    expect((await answer).value).toBe(10);
  });

  test("times out, is aborted and is lost like any other, and its late reply is a message like any other", async () => {
    const { client, clock, network, say } = numbered();
    const heard = vi.fn();
    client.handle({ onDoubled: heard });
    const abort = new AbortController();
    const late = codeOf(client.requestDouble({ value: 1 }, { timeout: 100 }));
    const aborted = codeOf(client.requestDouble({ value: 2 }, { signal: abort.signal }));
    const next = client.requestDouble({ value: 3 });
    await clock.advance(100);
    abort.abort();
    await say({ event: "doubled", value: 2, reqid: 1 });
    await say({ event: "doubled", value: 6, reqid: 3 });
    expect([await late, await aborted, (await next).value]).toEqual(["TIMEOUT", "ABORTED", 6]);
    expect(heard.mock.calls).toEqual([[{ event: "doubled", value: 2, reqid: 1 }]]);
    const lost = codeOf(client.requestDouble({ value: 4 }));
    await clock.settle();
    network.peer.cut();
    await clock.settle();
    expect(await lost).toBe("CONNECTION_LOST");
  });

  test("is rejected where the reply with its id does not fit", async () => {
    const { client, clock, say } = numbered();
    const answer = codeOf(client.requestDouble({ value: 1 }));
    await clock.settle();
    await say({ event: "doubled", value: "two", reqid: 1 });
    expect(await answer).toBe("INVALID_REPLY");
  });

  test("knows its reply among messages that nothing but the id tells apart, if it fits as well", async () => {
    const { client, clock, say } = numbered();
    const heard: unknown[] = [];
    client.onEither((payload) => void heard.push(payload));
    const answer = client.requestHalve(8);
    await clock.settle();
    await say({ n: 2, half: 4 });
    await say({ n: 1, price: 4 });
    await say({ n: 1, half: 4 });
    expect(await answer).toEqual({ n: 1, half: 4 });
    expect(heard).toEqual([
      { n: 2, half: 4 },
      { n: 1, price: 4 },
    ]);
  });

  test("gets its own reply over real sockets from a server that answers backwards", async () => {
    const http = createServer();
    const server = new WebSocketServer({ server: http });
    const port = await listen(http);
    const client = new NumbersClient(numbers, { url: `ws://127.0.0.1:${port}`, transport: wsTransport() });
    onTestFinished(() => {
      client.close();
      server.close();
      http.close();
    });
    server.on("connection", (socket: WebSocket) => {
      const held: { value: number; reqid: number }[] = [];
      socket.on("message", (data) => {
        held.push(JSON.parse(String(data)));
        if (held.length < 20) return;
        for (const { value, reqid } of held.toReversed()) {
          socket.send(JSON.stringify({ event: "doubled", value: 2 * value, reqid }));
        }
      });
    });
    const values = Array.from({ length: 20 }, (_, value) => value);
    const answers = await Promise.all(values.map((value) => client.requestDouble({ value })));
    expect(answers.map(({ value }) => value)).toEqual(values.map((value) => 2 * value));
  });
});

describe("a server's reply", () => {
  const served = (routes: Record<string, (payload: unknown) => unknown>, api: Api = numbers) => {
    const silent = { double: () => ({}), name: () => ({}), mark: () => ({}), halve: () => ({}) };
    const errors: unknown[] = [];
    const endpoint = new Endpoint(
      api,
      NumbersSender,
      { ...silent, ...routes },
      { onError: (error) => void errors.push(error) },
    );
    const socket = new FakeSocket();
    const peer = endpoint.accept(socket, {
      connectionId: "c",
      user: undefined,
      parameters: {},
      query: {},
      headers: {},
    });
    const ask = async (payload: object): Promise<unknown> => {
      peer.receive(JSON.stringify(payload));
      await peer.idle();
      return socket.frames.at(-1);
    };
    return { ask, socket, errors };
  };

  test("has the id of its request put in, whatever the route returned there", async () => {
    const { ask } = served({
      double: () => ({ event: "doubled", value: 2, reqid: 99 }),
      name: () => ({ name: "one", of: { kept: true } }),
      mark: () => undefined,
    });
    expect(await ask({ event: "double", value: 1, reqid: 5 })).toEqual({ event: "doubled", value: 2, reqid: 5 });
    expect(await ask({ event: "name", value: 1, meta: { id: "a" } })).toEqual({
      event: "named",
      name: "one",
      of: { kept: true, id: "a" },
    });
    expect(await ask({ event: "mark", id: "m" })).toEqual({ event: "marked", id: "m" });
  });

  test("carries no id where its request had none, and may be any of several kinds", async () => {
    const { ask } = served({ double: () => ({ event: "refused", why: "no" }), name: () => ({ name: "one" }) });
    expect(await ask({ event: "double", value: 1, reqid: 5 })).toEqual({ event: "refused", why: "no", reqid: 5 });
    expect(await ask({ event: "name", value: 1 })).toEqual({ event: "named", name: "one" });
  });

  test("that is missing harms no other, so the connection stays", async () => {
    const { ask, socket, errors } = served({
      double: () => {
        throw new Error("broken");
      },
      mark: () => ({}),
    });
    await ask({ event: "double", value: 1, reqid: 5 });
    expect(await ask({ event: "mark", id: "m" })).toEqual({ event: "marked", id: "m" });
    expect([socket.closed, errors.length]).toEqual([[], 1]);
  });

  test("has the id also where a validator made a 64-bit integer of it", async () => {
    const { double } = numbers.toServer.actions;
    if (!double) throw new Error("there is no such action");
    const widen: Validate = (value) => {
      const payload = value as { reqid: unknown }; // as a validator with `bigint` does
      payload.reqid = BigInt(Number(payload.reqid));
      return true;
    };
    const actions = { ...numbers.toServer.actions, double: { ...double, validate: widen } };
    const api = { ...numbers, toServer: { ...numbers.toServer, actions } };
    const { ask } = served({ double: () => ({ event: "doubled", value: 2 }) }, api);
    expect(await ask({ event: "double", value: 1, reqid: 5 })).toEqual({ event: "doubled", value: 2, reqid: 5 });
  });

  test("takes a member called __proto__ for a member", async () => {
    const { ask } = served({ name: () => JSON.parse('{"name":"one","__proto__":{"of":1}}') });
    const frame = await ask({ event: "name", value: 1, meta: { id: "__proto__" } });
    expect(JSON.stringify(frame)).toContain('"of":{"id":"__proto__"}');
    expect(({} as { of?: unknown }).of).toBeUndefined();
  });
});
