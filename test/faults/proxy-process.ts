/**
 * A process between client and server. Told to stall, it forwards nothing more, in either direction, of the connections
 * there are; both ends see a link that is silent, for nothing is closed. New connections go through. Told to cut, it
 * resets the stalled ones.
 */
import { connect, createServer, type Socket } from "node:net";
import { now } from "./clock.js";
import type { ProxyOrder } from "./messages.js";
import { onWord, order, say } from "./parent.js";

const { port: target } = order<ProxyOrder>();

class Link {
  readonly #ends: readonly [Socket, Socket];
  stalled = false;

  constructor(near: Socket) {
    const far = connect(target, "127.0.0.1");
    this.#ends = [near, far];
    this.#forward(near, far);
    this.#forward(far, near);
  }

  stall(): void {
    this.stalled = true;
    for (const end of this.#ends) end.pause();
  }

  cut(): void {
    for (const end of this.#ends) end.resetAndDestroy();
  }

  #forward(from: Socket, to: Socket): void {
    from.setNoDelay(true);
    from.on("data", (data) => {
      if (!to.write(data)) from.pause();
    });
    to.on("drain", () => {
      if (!this.stalled) from.resume();
    });
    from.on("end", () => {
      if (!this.stalled) to.end();
    });
    from.on("error", () => {
      if (!this.stalled) to.resetAndDestroy(); // a peer that was killed, or is not there
    });
    from.on("close", () => {
      if (!this.stalled) {
        to.end();
        links.delete(this);
      }
    });
  }
}

const links = new Set<Link>();
const server = createServer({ allowHalfOpen: true }, (near) => {
  links.add(new Link(near));
  void say({ kind: "opened", at: now() });
});
onWord((word) => {
  if (word === "stall") {
    const alive = [...links].filter((link) => !link.stalled);
    for (const link of alive) link.stall();
    void say({ kind: "stalled", at: now(), connections: alive.length });
  }
  if (word === "cut") {
    const stalled = [...links].filter((link) => link.stalled);
    for (const link of stalled) {
      link.cut();
      links.delete(link);
    }
    void say({ kind: "cut", at: now() });
  }
});
await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
const address = server.address();
if (typeof address !== "object" || !address) throw new Error("the proxy listens on no port");
await say({ kind: "proxying", port: address.port });
