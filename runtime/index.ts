/**
 * `@actionwire/runtime`: what generated clients and their applications use.
 */

export type { Query, Values } from "./address.js";
export type * from "./api.js";
export { RUNTIME_API } from "./api.js";
export type { TokenIn } from "./authorise.js";
export type { Backoff } from "./backoff.js";
export type { AbortSignalLike, RequestOptions } from "./calls.js";
export { Client } from "./client.js";
export { type Clock, systemClock } from "./clock.js";
export { CloseCode } from "./close-codes.js";
export type { Meaningless } from "./codec.js";
export { type ConfirmedOptions, confirmed } from "./confirmed.js";
export type { Given, Login } from "./credentials.js";
export type { DeliveryKind, Pending } from "./delivery.js";
export { ActionwireError, type ErrorCode, type ErrorFacts, type Problem } from "./errors.js";
export type { Frame, FrameCodec } from "./frame.js";
export type { FrameLimits, Unreadable } from "./json.js";
export { hostLifecycle, type Lifecycle, type LifecycleEvent } from "./lifecycle.js";
export type { Message } from "./message.js";
export type {
  AddressingOptions,
  Callbacks,
  ClientOptions,
  ErrorSource,
  HeartbeatOptions,
  Invalid,
  Refusal,
  UncertainMessages,
  Unknown,
} from "./options.js";
export type { OutboxLimits } from "./outbox.js";
export type { Reason } from "./reason.js";
export type { ConnectionState, HeartbeatKind } from "./state.js";
export type { Ending, Listener, Opening, Socket, Transport } from "./transport.js";
export type { Unlabelled } from "./unlabelled.js";
export type { ValidationPolicy } from "./validation.js";
export type { Classified, Loss } from "./verdict.js";
export { type WebSocketConstructor, type WebSocketLike, webSocketTransport } from "./websocket.js";
