/** What the applications of a client process are told, gathered for its report. */
import type { ClientLog } from "./client-log.js";
import { now } from "./clock.js";
import type { Report } from "./messages.js";
import { say } from "./parent.js";
import type { ClientEvents, Talker } from "./peer.js";

export class Hearing implements ClientEvents {
  readonly #sent: number[] = [];
  readonly #failed = new Set<number>();
  readonly #accepted = new Set<number>();
  readonly #uncaught: string[] = [];
  #downs = 0;

  constructor() {
    const keep = (error: unknown): void => {
      if (this.#uncaught.length < 10) this.#uncaught.push(String(error));
    };
    process.on("uncaughtException", keep);
    process.on("unhandledRejection", keep);
  }

  /** How many messages were handed over. */
  get count(): number {
    return this.#sent.length;
  }

  /** Hands one message to the library. */
  send(talker: Talker, n: number): void {
    this.#sent.push(n);
    try {
      talker.send(n);
    } catch {
      this.failed(n);
    }
  }

  failed(n: number): void {
    this.#failed.add(n);
  }

  accepted(n: number): void {
    this.#accepted.add(n);
  }

  durable(_n: number): void {}

  down(): void {
    this.#downs += 1;
    if (this.#downs <= 100) void say({ kind: "down", at: now() });
  }

  report(): Report {
    return {
      kind: "report",
      sent: this.#sent,
      failed: [...this.#failed],
      accepted: [...this.#accepted],
      uncaught: this.#uncaught,
      megabytes: Math.round(process.resourceUsage().maxRSS / 1024),
    };
  }
}

/** For a client that gets killed: a number is noted before it is sent, and what is told of it as it is told. */
export class NotedHearing extends Hearing {
  readonly #log: ClientLog;

  constructor(log: ClientLog) {
    super();
    this.#log = log;
  }

  override send(talker: Talker, n: number): void {
    this.#log.note("sent", n);
    super.send(talker, n);
  }

  override failed(n: number): void {
    this.#log.note("failed", n);
    super.failed(n);
  }

  override accepted(n: number): void {
    this.#log.note("accepted", n);
    super.accepted(n);
  }

  override durable(n: number): void {
    this.#log.note("durable", n);
  }
}
