/**
 * Options made complete: the numbers and the defaults.
 */
import type { Api } from "./api.js";
import { defaultBackoff } from "./backoff.js";
import type { Codec } from "./codec.js";
import { ActionwireError } from "./errors.js";
import type { Frame } from "./frame.js";
import type { Heartbeat } from "./heartbeat.js";
import { host } from "./host.js";
import type { Policy } from "./life.js";
import type { ClientOptions, HeartbeatOptions } from "./options.js";
import type { Outbound } from "./outbound.js";
import type { HeartbeatKind } from "./state.js";
import type { Tell } from "./tell.js";
import type { Transport } from "./transport.js";
import { type Classified, type Loss, type Verdict, verdict } from "./verdict.js";
import { webSocketTransport } from "./websocket.js";

/** The platform's WebSocket, if there is one. Throws `BAD_OPTION`. */
export function defaultTransport(): Transport {
  if (host.WebSocket) return webSocketTransport(host.WebSocket);
  throw new ActionwireError(
    "BAD_OPTION",
    'transport: this platform has no WebSocket of its own; pass wsTransport() of "@actionwire/runtime/ws" (and install "ws")',
  );
}

export function heartbeatKind(transport: Transport, heartbeat: HeartbeatOptions | false): HeartbeatKind {
  if (heartbeat === false) return "off";
  if (transport.pings) return "ping";
  return heartbeat.send === undefined ? "off" : "actions";
}

export function policyOf(options: ClientOptions, { kind, times }: Heartbeat): Policy {
  const { every = 25_000, timeout = 10_000, probe = 5_000 } = options.heartbeat || {};
  return {
    backoff: { ...defaultBackoff, ...options.backoff },
    dialTimeout: options.dialTimeout ?? 10_000,
    provenAfter: 5_000,
    maxRefusals: options.maxRefusals ?? 3,
    offlineRetry: 60_000,
    ...(kind !== "off" && { heartbeat: times ?? { every, timeout, probe } }),
  };
}

/** The id in a heartbeat's frame, where the contract replies to it by id. */
export const BEAT_ID = "heartbeat";

/**
 * The frame of a heartbeat by actions, the same for each. Throws `BAD_OPTION` for an action that the contract does not
 * have, and for a payload that does not fit its schema or cannot be sent.
 */
export function beatFrame(api: Api, codec: Codec, outbound: Outbound, heartbeat: HeartbeatOptions | false): Frame {
  const { send, expect } = heartbeat || {};
  if (expect !== undefined && !codec.hears.has(expect)) throw noAction("heartbeat.expect", expect);
  if (send === undefined) return "";
  const { action, payload } = typeof send === "string" ? { action: send, payload: undefined } : send;
  const says = codec.says.get(action);
  if (!says) throw noAction("heartbeat.send", action);
  const asks = api.envelope && says.reply;
  try {
    return outbound.frame(action, payload, asks ? BEAT_ID : undefined);
  } catch (cause) {
    if (!(cause instanceof ActionwireError)) throw cause;
    const text = `heartbeat.send: this is no message that can be sent: ${cause.message}`;
    throw new ActionwireError("BAD_OPTION", text, { action, problems: cause.problems, cause });
  }
}

function noAction(option: string, action: string): ActionwireError {
  return new ActionwireError("BAD_OPTION", `${option}: the contract has no action "${action}" this way`);
}

/** The verdict on a loss, the application's word first. */
export function judge(classify: ((loss: Loss) => Classified) | undefined, tell: Tell): (loss: Loss) => Verdict {
  return (loss) => {
    let classified: Classified;
    try {
      classified = classify?.(loss);
    } catch (error) {
      tell.onError(error, { during: "classify" });
    }
    return verdict(loss, classified);
  };
}
