/**
 * `@actionwire/runtime/node`: serves an API on a Node HTTP server. Needs the `ws` package.
 */
export type { Login } from "../credentials.js";
export type { Farewell } from "../server/index.js";
export type { CredentialsSent } from "./credentials.js";
export type { HttpServer, UpgradeListener } from "./http.js";
export { type Mounted, mount } from "./mount.js";
export type { Admission, Authorize, MountOptions } from "./options.js";
export type { UpgradeRequest } from "./upgrade-request.js";
