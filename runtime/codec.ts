/**
 * Payload to frame and back, for one side of a connection: what it says goes one way, what it hears the other.
 * Nothing here checks a payload against its schema; that is a matter of policy and comes before and after.
 */
import type { Action, Api, Validate } from "./api.js";
import { nestsDeeper } from "./depth.js";
import { type Routers, routers } from "./dispatch.js";
import { encodeFrame } from "./encode.js";
import { ActionwireError } from "./errors.js";
import type { Frame, FrameCodec } from "./frame.js";
import { type FrameLimits, type Parsed, parseFrame, tooLarge, type Unreadable } from "./json.js";
import { isObject } from "./members.js";

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
  | Unheard;

interface Unheard {
  readonly kind: "unknown";
  readonly why: Meaningless;
  readonly id?: string;
}

export class Codec {
  /** What this side may say, by action id. */
  readonly says: ReadonlyMap<string, Action>;
  /** What this side may hear, by action id. */
  readonly hears: ReadonlyMap<string, Action>;
  /** Whether a binary frame can mean anything to this side. */
  readonly hearsBinary: boolean;
  readonly #api: Api;
  readonly #side: Side;
  readonly #limits: FrameLimits;
  readonly #frames: FrameCodec | undefined;
  readonly #kinds: ReadonlySet<Action["frame"]>;
  readonly #routes: Routers;

  /** Throws `BAD_OPTION` where the contract needs a codec and there is none. */
  constructor(api: Api, side: Side, limits: FrameLimits, frames?: FrameCodec) {
    const [says, hears] = side === "client" ? [api.toServer, api.toClient] : [api.toClient, api.toServer];
    if (api.codec !== undefined && !frames) {
      throw new ActionwireError("BAD_OPTION", `codec: ${api.title} speaks ${api.codec}, and none is given to speak it`);
    }
    this.says = new Map(Object.entries(says.actions));
    this.hears = new Map(Object.entries(hears.actions));
    this.#kinds = new Set([...this.hears.values()].map(({ frame }) => frame));
    this.hearsBinary = this.#kinds.has("bytes") || this.#kinds.has("codec");
    this.#api = api;
    this.#side = side;
    this.#limits = limits;
    this.#frames = frames;
    this.#routes = routers(hears.dispatch, (action, value) => this.fits(action, value));
  }

  /** Whether a payload is one that this side may hear of an action. */
  fits(action: string, value: unknown): boolean {
    const known = this.hears.get(action);
    return known !== undefined && accepted(known, this.#side)(value);
  }

  /** A payload that was heard, as the application has it. */
  toApplication({ convert }: Pick<Action, "convert">, payload: unknown): unknown {
    const { conversions } = this.#api;
    return convert !== undefined && conversions ? conversions.toApplication(convert, payload) : payload;
  }

  /** What the application gave, as it goes on the wire; a frame of bytes is that already. */
  toWire({ frame }: Pick<Action, "frame">, payload: unknown): unknown {
    const { conversions } = this.#api;
    return conversions && frame !== "bytes" ? conversions.toWire(payload) : payload;
  }

  /** The payload with the constants that label it; anything but an object stays as it is. */
  label(action: string, payload: unknown): unknown {
    const labels = this.says.get(action)?.labels;
    if (!labels) return payload;
    if (payload === undefined) return { ...labels };
    if (typeof payload !== "object" || payload === null || Array.isArray(payload)) return payload;
    // A spread costs many times as much, but takes a member of this name for what it is.
    return Object.hasOwn(payload, "__proto__") ? { ...labels, ...payload } : Object.assign({}, labels, payload);
  }

  /** The frame of a labelled payload. Throws `INVALID_PAYLOAD` for what no such frame can say: a BigInt, a circle. */
  encode(action: string, payload: unknown, id?: string): Frame {
    const envelope = this.#api.envelope;
    const value = envelope
      ? {
          [envelope.action]: action,
          ...(id !== undefined && { [envelope.id]: id }),
          ...(payload !== undefined && { [envelope.payload]: payload }),
        }
      : payload;
    return encodeFrame(action, this.says.get(action)?.frame, value, this.#frames, this.#api.json);
  }

  /** The payload in a frame that this side has made, as it was given; what only the other side's codec can read stays. */
  payloadOf(action: string, frame: Frame): unknown {
    return this.toApplication(this.says.get(action) ?? {}, this.#said(action, frame));
  }

  #said(action: string, frame: Frame): unknown {
    const kind = this.says.get(action)?.frame;
    if (kind === "codec") {
      const parsed = this.#decoded(frame);
      return "value" in parsed ? parsed.value : frame;
    }
    if (kind !== undefined || typeof frame !== "string") return frame;
    const { envelope, json = JSON } = this.#api;
    const said: unknown = json.parse(frame);
    // With an envelope this side wrote an object with string keys.
    return envelope ? (said as Readonly<Record<string, unknown>>)[envelope.payload] : said;
  }

  /** What a received frame is. Never throws. */
  decode(frame: Frame): Heard {
    if (tooLarge(frame, this.#limits)) return unheard("too-large");
    return typeof frame === "string" ? this.#text(frame) : this.#binary(frame);
  }

  /** A text is the constant that it is; else JSON if it can be; else the codec's if it can be; else the text that it is. */
  #text(frame: string): Heard {
    const constant = this.#routes.constant(frame);
    if (constant !== undefined) return told(constant, frame);
    const kinds = this.#kinds;
    let heard: Heard | undefined;
    if (kinds.has(undefined) || kinds.size === 0) {
      heard = this.#value(parseFrame(frame, this.#limits, this.#api.json?.parse));
    }
    if ((!heard || heard.kind === "unknown") && kinds.has("codec"))
      heard = or(this.#value(this.#decoded(frame)), heard);
    return heard && heard.kind !== "unknown" ? heard : or(told(this.#routes.text(frame), frame), heard);
  }

  /** Bytes are the codec's only if what they say is right, where others are no more than bytes. */
  #binary(frame: Uint8Array): Heard {
    if (!this.#kinds.has("codec")) return or(told(this.#routes.bytes(frame), frame), unheard("not-text"));
    const heard = this.#value(this.#decoded(frame));
    if (!this.#kinds.has("bytes")) return heard;
    const isSaid = heard.kind === "message" && this.hears.get(heard.action)?.frame === "codec";
    return isSaid && this.fits(heard.action, heard.payload) ? heard : told(this.#routes.bytes(frame), frame);
  }

  #decoded(frame: Frame): Parsed {
    try {
      const value = this.#frames?.decode(frame);
      return nestsDeeper(value, this.#limits.maxDepth) ? { unreadable: "too-deep" } : { value };
    } catch {
      return { unreadable: "not-decodable" };
    }
  }

  #value(parsed: Parsed): Heard {
    if ("unreadable" in parsed) return unheard(parsed.unreadable);
    const { value } = parsed;
    return this.#api.envelope ? this.#unwrap(value) : told(this.#routes.json(value), value);
  }

  #unwrap(frame: unknown): Heard {
    const names = this.#api.envelope;
    if (!names || !isObject(frame)) return unheard("no-action");
    const payload = frame[names.payload];
    const id = frame[names.id];
    // An asker with such an id could get neither a reply nor a refusal that it would know for its own.
    if (id !== undefined && (typeof id !== "string" || id === "")) return unheard("bad-id");
    const carried = id === undefined ? {} : { id };
    if (this.#side === "client" && frame[names.action] === names.error) return { kind: "refusal", payload, ...carried };
    const heard = { ...told(this.#routes.json(frame), payload), ...carried };
    if (heard.kind === "unknown" && this.#side === "client" && carried.id !== undefined) {
      return { kind: "reply", payload, id: carried.id };
    }
    return heard;
  }
}

/** A client takes what it does not know as long as what it knows is right. */
export function accepted({ accept, validate }: Pick<Action, "accept" | "validate">, side: Side): Validate {
  return side === "client" ? (accept ?? validate) : validate;
}

function unheard(why: Meaningless): Unheard {
  return { kind: "unknown", why };
}

function told(action: string | undefined, payload: unknown): Heard {
  return action === undefined ? unheard("no-action") : { kind: "message", action, payload };
}

/** What means something; where neither does, what was wrong with what was tried before. */
function or(heard: Heard, before: Heard | undefined): Heard {
  return heard.kind === "unknown" ? (before ?? heard) : heard;
}
