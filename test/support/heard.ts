/**
 * What text frames are to a server: a document's decision tree, asked by the runtime's codec. Payloads are not checked.
 */
import type { Contract } from "../../generator/index.js";
import { Codec } from "../../runtime/codec.js";

/** The action each frame comes to with its payload; undefined where it fits none. */
export function heard({ connections: [connection] }: Contract, frames: readonly string[]): unknown[] {
  if (!connection) throw new Error("the document has no connection");
  const { actions, dispatch } = connection.toServer;
  const known = actions.map(({ id, frame }) => [id, { validate: () => true, ...(frame && { frame }) }] as const);
  const none = { actions: {}, dispatch: null };
  const toServer = { actions: Object.fromEntries(known), dispatch };
  const api = { runtime: 1, title: "Test", version: "1", hash: "0", servers: {}, path: "", toServer, toClient: none };
  const codec = new Codec(api, "server", { maxBytes: 1_000, maxDepth: 10 });
  return frames.map((frame) => {
    const found = codec.decode(frame);
    return found.kind === "message" ? [found.action, found.payload] : undefined;
  });
}
