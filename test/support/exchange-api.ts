/**
 * A small API written by hand, in the form the generator writes, whose requests and replies carry an id in their payloads.
 */
import { type Api, Client, type ClientOptions, type RequestOptions } from "@actionwire/runtime";
import { Sender } from "@actionwire/runtime/server";
import {
  type FakeClock,
  fakeClock,
  fakeLifecycle,
  type MemoryNetwork,
  memoryNetwork,
} from "@actionwire/runtime/testing";
import { members } from "./talk.js";

const byEvent = (names: readonly string[]) =>
  ({ by: "value", at: ["event"], cases: names.map((name) => [name, name] as const) }) as const;

const labelled = (event: string, types: Readonly<Record<string, string>> = {}) =>
  ({ labels: { event }, validate: members({ event: "string", ...types }) }) as const;

export const numbers: Api = {
  runtime: 1,
  title: "Numbers",
  version: "1.0.0",
  hash: "0",
  servers: { local: { url: "ws://localhost" } },
  path: "/numbers",
  toServer: {
    actions: {
      double: {
        ...labelled("double", { value: "number", reqid: "number" }),
        reply: { by: "field", request: ["reqid"], reply: ["reqid"], id: "integer", actions: ["doubled", "refused"] },
      },
      name: {
        ...labelled("name", { value: "number" }),
        reply: { by: "field", request: ["meta", "id"], reply: ["of", "id"], id: "string", actions: ["named"] },
      },
      mark: {
        ...labelled("mark"),
        reply: { by: "field", request: ["id"], reply: ["id"], id: "uuid", actions: ["marked"] },
      },
      halve: {
        ...labelled("halve", { value: "number" }),
        reply: { by: "field", request: ["n"], reply: ["n"], id: "integer", actions: ["halved"], doors: ["either"] },
      },
    },
    dispatch: byEvent(["double", "name", "mark", "halve"]),
  },
  toClient: {
    actions: {
      doubled: labelled("doubled", { value: "number" }),
      refused: labelled("refused", { why: "string" }),
      named: labelled("named", { name: "string" }),
      marked: labelled("marked"),
      // two that look alike, and what they arrive as
      halved: { validate: members({ half: "number" }) },
      price: { validate: members({ price: "number" }) },
      either: { validate: () => true },
    },
    dispatch: { ...byEvent(["doubled", "refused", "named", "marked"]), otherwise: "either" },
  },
};

export interface Doubled {
  readonly event: "doubled";
  readonly value: number;
  readonly reqid?: number;
}

export interface NumbersHandlers {
  onDoubled?(payload: Doubled): void | Promise<void>;
}

/** As a generated client. */
export class NumbersClient extends Client<NumbersHandlers> {
  sendDouble(payload: { value: number; reqid?: number }): string {
    return this.send("double", payload);
  }

  requestDouble(payload: { value: number }, options?: RequestOptions): Promise<Doubled> {
    return this.request<Doubled>("double", payload, options);
  }

  requestName(payload: { value: number; meta?: { id?: string; kept?: boolean } }): Promise<{ name: string }> {
    return this.request<{ name: string }>("name", payload);
  }

  requestHalve(value: number): Promise<{ half: number }> {
    return this.request<{ half: number }>("halve", { value });
  }

  onEither(handler: (payload: unknown) => void): () => void {
    return this.on("either", handler);
  }

  requestMark(): Promise<{ id: string }> {
    return this.request<{ id: string }>("mark", undefined);
  }
}

export class NumbersSender extends Sender {}

export interface Numbered {
  readonly client: NumbersClient;
  readonly clock: FakeClock;
  readonly network: MemoryNetwork;
  /** What reached the server so far, each with its id. */
  readonly asked: () => { reqid: number; value: number }[];
  /** The server says something, and it has arrived. */
  readonly say: (payload: object) => Promise<void>;
}

/** A client on a memory network, on a clock that stands still. */
export function numbered(options: ClientOptions<NumbersHandlers> = {}, api: Api = numbers): Numbered {
  const network = memoryNetwork();
  const clock = fakeClock(1_000_000);
  const made = { transport: network.transport, clock, lifecycle: fakeLifecycle(), random: () => 0.5, ...options };
  return {
    client: new NumbersClient(api, made),
    clock,
    network,
    // the tests ask for what they sent
    asked: () => network.peers.flatMap(({ messages }) => messages) as { reqid: number; value: number }[],
    say: async (payload) => {
      network.peer.send(payload);
      await clock.settle();
    },
  };
}
