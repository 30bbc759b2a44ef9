/**
 * What can be set where an API is mounted on a Node HTTP server.
 */
import type { EndpointOptions, Sender } from "../server/index.js";
import type { UpgradeRequest } from "./upgrade-request.js";

/** Who the client is; undefined, null or false where it may not come in. */
export type Authorize<User> = (request: UpgradeRequest) => Admission<User> | Promise<Admission<User>>;

export type Admission<User> = User | undefined | null | false;

export interface MountOptions<User = unknown, S extends Sender = Sender> extends EndpointOptions<User, S> {
  /**
   * Asked for every connection before it opens; its answer is `context.user`. A refused client gets HTTP 401, or, where
   * it is a browser (which could not see that), an open connection that closes with 4401. An error is a 500.
   * `"anyone"`: nobody is asked, and `context.user` is undefined.
   */
  readonly authorize: Authorize<User> | (undefined extends User ? "anyone" : never);
  /** Milliseconds until an unanswered `authorize` becomes a 503. Default 10,000. */
  readonly authorizeTimeout?: number;
  /** Pages that may connect beside those of this host, as `https://app.example.com`; `"any"`: all. */
  readonly origins?: readonly string[] | "any";
  /** The path to serve instead of the document's, `{parameters}` in it. */
  readonly path?: string;
  /** Connections at a time, those about to open included; more are answered with 503. Default: no bound. */
  readonly maxConnections?: number;
}
