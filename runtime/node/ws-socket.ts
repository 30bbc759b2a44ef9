/**
 * A socket of the `ws` package as the server's core wants it.
 */
import type { WebSocket } from "ws";
import type { Peer, SocketLike } from "../server/index.js";

export function socketOf(ws: WebSocket): SocketLike {
  return {
    send: (text, done) => ws.send(text, done),
    close: (code, reason) => ws.close(code, reason),
    terminate: () => ws.terminate(),
    buffered: () => ws.bufferedAmount,
    pause: () => ws.pause(),
    resume: () => ws.resume(),
    ping: () => ws.ping(),
  };
}

/** Passes on what happens to a socket. Call it in the tick the socket opened, or messages are lost. */
export function passEvents(ws: WebSocket, peer: Peer): void {
  ws.on("message", (data, isBinary) => {
    // Buffers, as long as nobody sets binaryType.
    if (isBinary || !Buffer.isBuffer(data)) peer.receiveBinary();
    else peer.receive(data.toString("utf8"));
  });
  ws.on("pong", () => peer.pong());
  ws.on("error", () => {}); // a frame against the protocol: ws answers it with a close, and close follows
  ws.on("close", (code, reason) => peer.gone(code, reason.toString("utf8")));
}
