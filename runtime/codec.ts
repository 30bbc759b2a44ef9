/**
 * Payload to frame and back, for one side of a connection: what it says goes one way, what it hears the other.
 * Nothing here checks a payload against its schema; that is a matter of policy and comes before and after.
 */
import type { Action, Api, JsonText, Validate } from "./api.js";
import { type Routers, routers } from "./dispatch.js";
import { ActionwireError } from "./errors.js";
import { type FrameLimits, parseFrame, type Unreadable } from "./json.js";

/** Which side this is. */
export type Side = "client" | "server";

/** Why a frame means nothing to this side. */
export type Meaningless = Unreadable | "bad-id" | "no-action";

/** A frame, told apart. `id` stands only in frames with an envelope that carry one. */
export type Heard =
  | { readonly kind: "message"; readonly action: string; readonly payload: unknown; readonly id?: string }
  /** An envelope that carries an id but no action this side knows of: perhaps a reply. */
  | { readonly kind: "reply"; readonly payload: unknown; readonly id: string }
  | { readonly kind: "refusal"; readonly payload: unknown; readonly id?: string }
  | { readonly kind: "unknown"; readonly why: Meaningless; readonly id?: string };

export class Codec {
  /** What this side may say, by action id. */
  readonly says: ReadonlyMap<string, Action>;
  /** What this side may hear, by action id. */
  readonly hears: ReadonlyMap<string, Action>;
  readonly #api: Api;
  readonly #side: Side;
  readonly #limits: FrameLimits;
  readonly #routes: Routers;

  constructor(api: Api, side: Side, limits: FrameLimits) {
    const [says, hears] = side === "client" ? [api.toServer, api.toClient] : [api.toClient, api.toServer];
    this.says = new Map(Object.entries(says.actions));
    this.hears = new Map(Object.entries(hears.actions));
    this.#api = api;
    this.#side = side;
    this.#limits = limits;
    this.#routes = routers(hears.dispatch, (action, value) => {
      const known = this.hears.get(action);
      return known !== undefined && accepted(known, side)(value);
    });
  }

  /** The payload with the constants that label it; anything but an object stays as it is. */
  label(action: string, payload: unknown): unknown {
    const labels = this.says.get(action)?.labels;
    if (!labels) return payload;
    if (payload === undefined) return { ...labels };
    return typeof payload === "object" && payload !== null && !Array.isArray(payload)
      ? { ...labels, ...payload }
      : payload;
  }

  /** The frame of a labelled payload. Throws `INVALID_PAYLOAD` for what JSON cannot say: a BigInt, a circle. */
  encode(action: string, payload: unknown, id?: string): string {
    const envelope = this.#api.envelope;
    const frame = envelope
      ? {
          [envelope.action]: action,
          ...(id !== undefined && { [envelope.id]: id }),
          ...(payload !== undefined && { [envelope.payload]: payload }),
        }
      : payload;
    return stringify(action, frame, this.#api.json);
  }

  /** What a received text frame is. Never throws. */
  decode(text: string): Heard {
    const parsed = parseFrame(text, this.#limits, this.#api.json?.parse);
    if ("unreadable" in parsed) return { kind: "unknown", why: parsed.unreadable };
    return this.#api.envelope ? this.#unwrap(parsed.value) : this.#message(parsed.value, parsed.value);
  }

  #unwrap(frame: unknown): Heard {
    const names = this.#api.envelope;
    if (!names || !isObject(frame)) return { kind: "unknown", why: "no-action" };
    const payload = frame[names.payload];
    const id = frame[names.id];
    // An asker with such an id could get neither a reply nor a refusal that it would know for its own.
    if (id !== undefined && (typeof id !== "string" || id === "")) return { kind: "unknown", why: "bad-id" };
    const carried = id === undefined ? {} : { id };
    if (this.#side === "client" && frame[names.action] === names.error) return { kind: "refusal", payload, ...carried };
    const heard = this.#message(frame, payload, carried.id);
    if (heard.kind === "unknown" && this.#side === "client" && carried.id !== undefined) {
      return { kind: "reply", payload, id: carried.id };
    }
    return heard;
  }

  #message(frame: unknown, payload: unknown, id?: string): Heard {
    const action = this.#routes.json(frame);
    const carried = id === undefined ? {} : { id };
    return action === undefined
      ? { kind: "unknown", why: "no-action", ...carried }
      : { kind: "message", action, payload, ...carried };
  }
}

/** A client takes what it does not know as long as what it knows is right. */
export function accepted({ accept, validate }: Pick<Action, "accept" | "validate">, side: Side): Validate {
  return side === "client" ? (accept ?? validate) : validate;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function stringify(action: string, frame: unknown, json: Pick<JsonText, "stringify"> = JSON): string {
  try {
    const text = json.stringify(frame); // undefined for undefined and functions
    if (text !== undefined) return text;
  } catch (cause) {
    throw new ActionwireError("INVALID_PAYLOAD", `${action}: JSON cannot say this payload`, { action, cause });
  }
  throw new ActionwireError("INVALID_PAYLOAD", `${action}: a payload is missing`, { action });
}
