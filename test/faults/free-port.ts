/**
 * A port for a server that goes and comes back. Not one of `listen(0)`: the system hands those to outgoing connections
 * too, so that another process could hold it, or a client could connect to itself, while the server is away.
 */
import { createServer } from "node:net";

const FIRST = 10_240;
/** Below what systems take for outgoing connections: Linux from 32,768, others from 49,152. */
const END = 32_768;

export async function freePort(): Promise<number> {
  for (let attempt = 0; attempt < 100; attempt++) {
    const port = FIRST + Math.floor(Math.random() * (END - FIRST));
    if (await isFree(port)) return port;
  }
  throw new Error("no port is free");
}

function isFree(port: number): Promise<boolean> {
  return new Promise((answer) => {
    const server = createServer();
    server.once("error", () => answer(false));
    server.listen(port, "127.0.0.1", () => server.close(() => answer(true)));
  });
}
