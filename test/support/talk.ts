/**
 * A small API written by hand, in the form the generator writes: what the runtime's tests talk about.
 */
import {
  type Api,
  Client,
  type ClientOptions,
  type Json,
  type RequestOptions,
  type Validate,
  type ValidateError,
} from "@actionwire/runtime";
import {
  type FakeClock,
  type FakeLifecycle,
  fakeClock,
  fakeLifecycle,
  type MemoryNetwork,
  memoryNetwork,
} from "@actionwire/runtime/testing";

/** Objects whose members have these types; as ajv, with the reasons in `errors`. */
export function members(types: Readonly<Record<string, string>>): Validate {
  const validate: Validate = (value) => {
    const errors: ValidateError[] = Object.entries(types)
      // The tests give objects only.
      .filter(([name, type]) => typeof (value as Record<string, Json>)[name] !== type)
      .map(([name, type]) => ({ instancePath: `/${name}`, keyword: "type", params: {}, message: `must be ${type}` }));
    validate.errors = errors;
    return errors.length === 0;
  };
  return validate;
}

const base = { runtime: 1, title: "Talk", version: "1.0.0", hash: "0", path: "/talk" };
const servers = {
  local: { url: "ws://localhost:{port}", variables: { port: { default: "8080" } } },
  live: { url: "wss://{region}.example.com/base/", variables: { region: { values: ["eu", "us"] } } },
};

const actions = {
  say: { labels: { action: "say" }, validate: members({ action: "string", text: "string" }) },
  ask: {
    labels: { action: "ask" },
    validate: members({ action: "string", about: "string" }),
    reply: { by: "order", actions: ["told"] },
  },
  ping: { labels: { action: "ping" }, validate: members({ action: "string" }) },
} as const;

const said = {
  said: { labels: { action: "said" }, validate: members({ action: "string", text: "string" }) },
  told: { labels: { action: "told" }, validate: members({ action: "string", answer: "string" }) },
  pong: { labels: { action: "pong" }, validate: members({ action: "string" }) },
};

const byAction = (names: readonly string[]) =>
  ({ by: "value", at: ["action"], cases: names.map((name) => [name, name] as const) }) as const;

/** Payloads are frames; replies come in order. */
export const plain: Api = {
  ...base,
  servers,
  toServer: { actions, dispatch: byAction(Object.keys(actions)) },
  toClient: { actions: said, dispatch: byAction(Object.keys(said)) },
};

/** Frames wrap payloads; replies carry the request's id. */
export const wrapped: Api = {
  ...base,
  servers,
  envelope: { action: "action", payload: "payload", id: "id", error: "error" },
  toServer: {
    actions: {
      say: { validate: members({ text: "string" }) },
      ask: { validate: members({ about: "string" }), reply: { by: "id", validate: members({ answer: "string" }) } },
      ping: { validate: () => true, reply: { by: "id", validate: () => true } },
    },
    dispatch: byAction(["say", "ask", "ping"]),
  },
  toClient: {
    actions: { said: { validate: members({ text: "string" }) }, pong: { validate: () => true } },
    dispatch: byAction(["said", "pong"]),
  },
};

export interface Text {
  readonly text: string;
}

export interface TalkHandlers {
  onSaid?(payload: Text): void | Promise<void>;
  onTold?(payload: { readonly answer: string }): void | Promise<void>;
}

/** As a generated client, for either API. */
export class TalkClient extends Client<TalkHandlers> {
  sendSay(text: string): string {
    return this.send("say", { text });
  }

  /** What the types would not let through. */
  sendAnything(action: string, payload: unknown): string {
    return this.send(action, payload);
  }

  sendAsk(about: string): string {
    return this.send("ask", { about });
  }

  requestAsk(about: string, options?: RequestOptions): Promise<{ answer: string }> {
    return this.request("ask", { about }, options);
  }

  onAnything(action: string, handler: (payload: unknown) => void): () => void {
    return this.on<unknown>(action, handler);
  }

  onSaid(handler: (payload: Text) => void | Promise<void>): () => void {
    return this.on<Text>("said", handler);
  }
}

export interface Stage {
  readonly client: TalkClient;
  readonly clock: FakeClock;
  readonly network: MemoryNetwork;
  readonly lifecycle: FakeLifecycle;
  /** Every `at` the client has been, in order. */
  readonly states: string[];
  /** What was said under a name: `onUncertain`, `onError`, ... */
  readonly told: { readonly [name: string]: unknown[] };
}

/** A client on a memory network, on a clock that stands still, every wait of the back-off half of its longest. */
export function stage(options: ClientOptions<TalkHandlers> & { api?: Api; network?: MemoryNetwork } = {}): Stage {
  const { api = plain, network = memoryNetwork(), ...rest } = options;
  const clock = fakeClock(1_000_000);
  const lifecycle = fakeLifecycle();
  const states: string[] = [];
  const told: Record<string, unknown[]> = {};
  const note =
    (name: string) =>
    (...what: unknown[]): void => {
      const list = told[name] ?? [];
      told[name] = list;
      list.push(what.length > 1 ? what : what[0]);
    };
  const client = new TalkClient(api, {
    transport: network.transport,
    clock,
    lifecycle,
    random: () => 0.5,
    onUnknown: note("onUnknown"),
    onInvalid: note("onInvalid"),
    onUncertain: note("onUncertain"),
    onError: note("onError"),
    onRefusal: note("onRefusal"),
    ...rest,
  });
  client.watch(({ at }) => states.push(at));
  return { client, clock, network, lifecycle, states, told };
}
