/**
 * A session's own heartbeat: a control frame that the server answers ahead of everything, also to a browser, which cannot
 * ping. A dead connection is found within 5 s while something is unconfirmed, and within 30 s while not.
 */
import { type Heartbeat, silence } from "../heartbeat.js";

const PING = JSON.stringify({ type: "ping" });

export const BEAT: Heartbeat = {
  ...silence,
  kind: "session",
  times: { every: 20_000, timeout: 5_000, probe: 2_500, owed: { every: 2_000, timeout: 2_500 } },
  ask: (socket) => socket.write(PING),
};
