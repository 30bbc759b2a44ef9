/** A talker on a class with the interface of WebSocket that connects again by itself. */
import type { ClientEvents, Place, Talker } from "../peer.js";

export interface Reconnecting {
  /** Bytes in its own queue and in the socket's. */
  readonly bufferedAmount: number;
  readonly readyState: number;
  addEventListener(event: "open" | "close" | "error", hear: () => void): void;
  send(text: string): void;
  close(): void;
}

const OPEN = 1;

export async function talkOver(socket: Reconnecting, events: ClientEvents): Promise<Talker> {
  socket.addEventListener("close", () => events.down());
  socket.addEventListener("error", () => {});
  await new Promise<void>((open) => socket.addEventListener("open", open));
  return {
    send: (n) => socket.send(JSON.stringify({ n })),
    settled: () => emptied(socket),
    close: () => socket.close(),
  };
}

export function named(url: string, { id }: Place): string {
  return `${url}?client=${id}`;
}

/** All these libraries can say: that nothing is buffered while the connection is open. */
function emptied(socket: Reconnecting): Promise<void> {
  return new Promise((empty) => {
    const timer = setInterval(() => {
      if (socket.readyState !== OPEN || socket.bufferedAmount > 0) return;
      clearInterval(timer);
      empty();
    }, 100);
  });
}
