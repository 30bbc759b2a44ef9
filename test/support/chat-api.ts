/**
 * A chat, written by hand in the form the generator writes: what the server's tests serve.
 */
import type { Action, Api, Direction, Validate, ValidateError } from "@actionwire/runtime";
import { type Context, Sender } from "@actionwire/runtime/server";

/** Objects whose members have these types, and no others; as ajv, with the reasons in `errors`. */
export function shape(types: Readonly<Record<string, string>>): Validate {
  const validate: Validate = (value) => {
    const found = new Map<string, unknown>(typeof value === "object" && value !== null ? Object.entries(value) : []);
    const errors: ValidateError[] = Object.entries(types)
      .filter(([name, type]) => typeof found.get(name) !== type)
      .map(([name, type]) => ({ instancePath: `/${name}`, keyword: "type", params: {}, message: `must be ${type}` }));
    validate.errors = errors;
    return errors.length === 0;
  };
  return validate;
}

const labelled = (action: string, types: Readonly<Record<string, string>>): Action => ({
  labels: { action },
  validate: shape({ action: "string", ...types }),
});

function direction(actions: Readonly<Record<string, Action>>): Direction {
  const cases = Object.keys(actions).map((name) => [name, name] as const);
  return { actions, dispatch: { by: "value", at: ["action"], cases } };
}

const base = { runtime: 1, title: "Chat", version: "1.0.0", hash: "0", servers: {}, path: "/chat" };

/** Payloads are frames; answers come in order. */
export const plainChat: Api = {
  ...base,
  toServer: direction({
    say: labelled("say", { text: "string" }),
    count: { ...labelled("count", {}), reply: { by: "order", actions: ["counted"] } },
    find: { ...labelled("find", { text: "string" }), reply: { by: "order", actions: ["found", "nothing"] } },
  }),
  toClient: direction({
    said: labelled("said", { text: "string" }),
    counted: labelled("counted", { number: "number" }),
    found: labelled("found", { text: "string" }),
    nothing: labelled("nothing", {}),
  }),
};

/** Frames wrap payloads; answers carry the request's id. */
export const wrappedChat: Api = {
  ...base,
  envelope: { action: "action", payload: "payload", id: "id", error: "error" },
  toServer: direction({
    say: { validate: shape({ text: "string" }) },
    count: { validate: () => true, reply: { by: "id", validate: shape({ number: "number" }) } },
  }),
  toClient: direction({ said: { validate: shape({ text: "string" }) } }),
};

export interface Text {
  readonly text: string;
}

/** As a generated sender. */
export class ChatSender extends Sender {
  sendSaid(payload: Text): Promise<void> {
    return this.send("said", payload);
  }

  /** What the types would not let through. */
  sendAnything(action: string, payload: unknown): Promise<void> {
    return this.send(action, payload);
  }
}

export interface User {
  readonly name: string;
}

export type ChatContext = Context<User, ChatSender>;

export interface ChatRoutes {
  say(payload: Text, context: ChatContext): unknown;
  count(payload: unknown, context: ChatContext): unknown;
  find(payload: Text, context: ChatContext): unknown;
}

/** Routes that echo, and whatever else is given. */
export function chatRoutes(others: Partial<ChatRoutes> = {}): ChatRoutes {
  return {
    say: ({ text }, { client }) => client.sendSaid({ text }),
    count: () => ({ number: 1 }),
    find: ({ text }) => ({ action: "found", text }),
    ...others,
  };
}
