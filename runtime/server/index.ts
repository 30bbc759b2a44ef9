/**
 * `@actionwire/runtime/server`: what serves an API wherever its connections come from. Needs nothing but the language.
 */
export type { Awaitable } from "./awaitable.js";
export type { Broker, Hear, Page, Place, Said } from "./broker.js";
export type { Context, Opened, Values } from "./context.js";
export type { Delivery } from "./delivery.js";
export { type Accepted, Endpoint, type Farewell } from "./endpoint.js";
export type { Gone } from "./gone.js";
export type { About, Hooks, Invalid, OtherContract, Unknown } from "./hooks.js";
export { type MemoryBrokerOptions, memoryBroker } from "./memory-broker.js";
export { notImplemented } from "./not-implemented.js";
export type { EndpointOptions, Settings } from "./options.js";
export type { Peer } from "./peer.js";
export { Refusal } from "./refusal.js";
export { type Outlet, Sender, type SenderClass } from "./sender.js";
export { type MemorySessionsOptions, memorySessions } from "./session/memory-sessions.js";
export type { Refusal as RefusedMessage, Remembered, SessionStore } from "./session/session-store.js";
export type { SessionsOptions } from "./session/sessions.js";
export type { SocketLike } from "./socket.js";
export type { Rate } from "./token-bucket.js";
export type { WindowLimits } from "./window.js";
