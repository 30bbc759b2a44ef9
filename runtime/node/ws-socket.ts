/**
 * A socket of the `ws` package as the server's core wants it.
 */
import type { WebSocket } from "ws";
import type { Peer, SocketLike } from "../server/index.js";

export function socketOf(ws: WebSocket): SocketLike {
  return {
    send: (frame, done) => ws.send(frame, done),
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
    // A Buffer, as long as nobody sets binaryType; its slices are not what a Uint8Array's are, and it may hold on to
    // far more than the frame, so bytes are copied out of it.
    if (isBinary) peer.receive(new Uint8Array(data as Buffer));
    else peer.receive(data.toString());
  });
  ws.on("pong", () => peer.pong());
  ws.on("error", () => {}); // a frame against the protocol: ws answers it with a close, and close follows
  ws.on("close", (code, reason) => peer.gone(code, reason.toString("utf8")));
}
