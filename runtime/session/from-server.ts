/**
 * What a client may hear of the session itself. Apart from what a server may, so that a page loads no validator for it.
 */
import type { FromServer, Known } from "./control.js";
import { Ack, Goodbye, Joined, Left, Pong, Refresh, Rejected, Resync, Welcome } from "./generated/validators.js";

export const fromServer: Known<FromServer> = {
  welcome: Welcome,
  ack: Ack,
  rejected: Rejected,
  joined: Joined,
  left: Left,
  resync: Resync,
  pong: Pong,
  refresh: Refresh,
  goodbye: Goodbye,
};
