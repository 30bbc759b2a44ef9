/**
 * `@actionwire/runtime/server`: what serves an API wherever its connections come from. Needs nothing but the language.
 */
export type { Awaitable } from "./awaitable.js";
export { type Broker, type Hear, memoryBroker } from "./broker.js";
export type { Context, Opened, Values } from "./context.js";
export { Endpoint, type Farewell } from "./endpoint.js";
export type { Gone } from "./gone.js";
export type { About, Hooks, Invalid, Unknown } from "./hooks.js";
export { notImplemented } from "./not-implemented.js";
export type { EndpointOptions, Settings } from "./options.js";
export type { Peer } from "./peer.js";
export { Refusal } from "./refusal.js";
export { type Outlet, Sender, type SenderClass } from "./sender.js";
export type { SocketLike } from "./socket.js";
export type { Rate } from "./token-bucket.js";
