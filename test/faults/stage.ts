/** A run's folder and processes: whatever happens, all of them are gone at its end. */
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Child } from "./child.js";
import { freePort } from "./free-port.js";
import type { ClientOrder, HerdOrder, PeerName, ProxyOrder, ServerOrder } from "./messages.js";
import { ServerLog } from "./server-log.js";

const START = 30_000;

export class Stage {
  readonly log: ServerLog;
  readonly #peer: PeerName;
  readonly #folder = mkdtempSync(join(tmpdir(), "actionwire-faults-"));
  readonly #children: Child[] = [];

  constructor(peer: PeerName) {
    this.#peer = peer;
    this.log = new ServerLog(join(this.#folder, "server.log"));
    process.once("exit", this.#abandon);
  }

  /** A server that listens, and since when. */
  async server(port: number): Promise<{ readonly child: Child; readonly at: number }> {
    const log = join(this.#folder, "server.log");
    const order: ServerOrder = { peer: this.#peer, port, log, store: this.path("server") };
    const child = this.#start("./server-process.ts", order);
    return { child, at: (await child.heard("listening", START)).at };
  }

  /** A proxy in front of this port; its own port. */
  async proxy(port: number): Promise<{ readonly child: Child; readonly port: number }> {
    const order: ProxyOrder = { port };
    const child = this.#start("./proxy-process.ts", order);
    return { child, port: (await child.heard("proxying", START)).port };
  }

  /** A client that is connected and waits for `go`. */
  async client(order: Omit<ClientOrder, "peer" | "store">): Promise<Child> {
    const child = this.#start("./client-process.ts", { peer: this.#peer, store: this.path("client"), ...order });
    await child.heard("connected", START);
    return child;
  }

  /** Clients that connect and talk when told `go`. */
  herd(order: Omit<HerdOrder, "peer" | "store">): Child {
    return this.#start("./herd-process.ts", { peer: this.#peer, store: this.path("herd"), ...order });
  }

  freePort(): Promise<number> {
    return freePort();
  }

  /** A folder below the run's own. */
  path(name: string): string {
    const path = join(this.#folder, name);
    mkdirSync(path, { recursive: true });
    return path;
  }

  async close(): Promise<void> {
    await Promise.all(this.#children.map((child) => child.end("SIGKILL")));
    process.removeListener("exit", this.#abandon);
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #start(file: string, order: object): Child {
    const child = new Child(file, order);
    this.#children.push(child);
    return child;
  }

  readonly #abandon = (): void => {
    for (const child of this.#children) child.abandon();
    rmSync(this.#folder, { recursive: true, force: true });
  };
}

export async function onStage<Result>(peer: PeerName, play: (stage: Stage) => Promise<Result>): Promise<Result> {
  const stage = new Stage(peer);
  try {
    return await play(stage);
  } finally {
    await stage.close();
  }
}
