/**
 * What is said in the simulation: numbers, in both directions, in two ways to frame them.
 */
import { type Api, Client, type Direction, type RequestOptions, type Validate } from "@actionwire/runtime";
import { Sender } from "@actionwire/runtime/server";

export interface Counted {
  readonly n: number;
}

export interface CountingHandlers {
  onTold?(payload: Counted): void;
  onPushed?(payload: Counted): void;
}

const valid: Validate = () => true;

const direction = (actions: Direction["actions"]): Direction => ({
  actions,
  dispatch: { by: "value", at: ["action"], cases: Object.keys(actions).map((name) => [name, name] as const) },
});

const base = {
  runtime: 1,
  title: "Counting",
  version: "1.0.0",
  hash: "1",
  servers: { s: { url: "ws://s" } },
  path: "",
};
const labelled = (action: string) => ({ labels: { action }, validate: valid });

/** Payloads are frames, and answers come in order. */
const bare: Api = {
  ...base,
  toServer: direction({
    say: labelled("say"),
    urge: labelled("urge"),
    brief: labelled("brief"),
    ask: { ...labelled("ask"), reply: { by: "order", actions: ["answered"] } },
  }),
  toClient: direction({ told: labelled("told"), pushed: labelled("pushed"), answered: labelled("answered") }),
};

/** Frames wrap payloads, and answers carry the request's id. */
const wrapped: Api = {
  ...base,
  envelope: { action: "action", payload: "payload", id: "id", error: "error" },
  toServer: direction({
    say: { validate: valid },
    urge: { validate: valid },
    brief: { validate: valid },
    ask: { validate: valid, reply: { by: "id", validate: valid } },
  }),
  toClient: direction({ told: { validate: valid }, pushed: { validate: valid } }),
};

export const apis: readonly Api[] = [bare, wrapped];

export class CountingClient extends Client<CountingHandlers> {
  say(action: "say" | "urge" | "brief", n: number): string {
    return this.send(action, { n });
  }

  ask(n: number, options: RequestOptions): Promise<Counted> {
    return this.request<Counted>("ask", { n }, options);
  }
}

export class CountingSender extends Sender {
  /** To all that joined. */
  sendTold(n: number): Promise<void> {
    return this.send("told", { n });
  }

  /** To one client alone. */
  sendPushed(n: number): Promise<void> {
    return this.send("pushed", { n });
  }
}
