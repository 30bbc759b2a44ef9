/**
 * A connection between a client's transport and a server's endpoint, byte by byte on the fake clock: what has not
 * arrived whole when it breaks has not arrived.
 */
import type { Clock, Ending, Frame, Listener, Socket } from "@actionwire/runtime";
import type { Peer, SocketLike } from "@actionwire/runtime/server";

/** How fast and how far. */
export interface Speed {
  /** Milliseconds one way. */
  readonly latency: number;
  /** Bytes a millisecond. */
  readonly bandwidth: number;
}

interface Parcel {
  readonly at: number;
  readonly bytes: number;
  readonly arrive: () => void;
  readonly gone: () => void;
}

/** One direction: in order, as fast as the speed allows. */
class Lane {
  readonly #clock: Clock;
  readonly #speed: Speed;
  #parcels: Parcel[] = [];
  #free = 0;
  #cancel = (): void => {};
  #broken = false;
  bytes = 0;

  constructor(clock: Clock, speed: Speed) {
    this.#clock = clock;
    this.#speed = speed;
  }

  carry(bytes: number, arrive: () => void, gone: () => void = () => {}): void {
    if (this.#broken) return;
    this.#free = Math.max(this.#free, this.#clock.now()) + bytes / this.#speed.bandwidth;
    this.bytes += bytes;
    this.#parcels.push({ at: this.#free + this.#speed.latency, bytes, arrive, gone });
    if (this.#parcels.length === 1) this.#next();
  }

  /** Whatever is on its way is lost; `told`: whoever waits for it to leave hears so. */
  break(told: boolean): void {
    this.#broken = true;
    this.#cancel();
    const lost = this.#parcels;
    this.#parcels = [];
    if (told) for (const { gone } of lost) gone();
  }

  #next(): void {
    const [first] = this.#parcels;
    if (!first) return;
    this.#cancel = this.#clock.after(first.at - this.#clock.now(), () => {
      this.#parcels.shift();
      this.bytes -= first.bytes;
      first.gone();
      first.arrive();
      this.#next();
    });
  }
}

const size = (frame: Frame): number => (typeof frame === "string" ? frame.length : frame.byteLength) + 6;

export class Wire {
  readonly #clock: Clock;
  readonly #up: Lane;
  readonly #down: Lane;
  readonly #listener: Listener;
  #peer: Peer | undefined;
  #clientOver = false;
  #serverOver = false;
  /** Nothing gets through any more, and nobody is told. */
  silent = false;

  constructor(clock: Clock, speed: Speed, listener: Listener) {
    this.#clock = clock;
    this.#up = new Lane(clock, speed);
    this.#down = new Lane(clock, speed);
    this.#listener = listener;
  }

  get over(): boolean {
    return this.#clientOver && this.#serverOver;
  }

  /** The client's end. */
  get socket(): Socket {
    return {
      write: (frame) => this.#up.carry(size(frame), () => this.#peer?.receive(frame)),
      buffered: () => this.#up.bytes,
      close: (code, reason) => {
        this.#up.carry(4, () => this.#endServer(code, reason));
        this.#clock.after(50, () => this.#endClient({ code, reason }));
      },
    };
  }

  /** The server accepts. */
  open(accept: (socket: SocketLike) => Peer, protocol: string): void {
    if (this.#clientOver) return;
    this.#peer = accept({
      send: (frame, done) => {
        if (this.#serverOver) return done(new Error("closed"));
        this.#down.carry(
          size(frame),
          () => this.#clientOver || this.#listener.received(frame),
          () => done(),
        );
      },
      close: (code, reason) => {
        this.#down.carry(4, () => {
          this.#endClient({ code, reason });
          this.#clock.after(1, () => this.#endServer(code, reason));
        });
      },
      terminate: () => {
        this.#endServer(1006, "");
        if (!this.silent) this.#clock.after(5, () => this.#endClient({ code: 1006, reason: "" }));
      },
      buffered: () => this.#down.bytes,
    });
    this.#down.carry(4, () => this.#clientOver || this.#listener.opened(protocol));
  }

  /** No connection came about. */
  fail(ending: Ending): void {
    this.#endClient(ending);
    this.#serverOver = true;
  }

  /** It breaks here and now; each side hears of it after so many milliseconds, or never. */
  cut(client: number | undefined, server: number | undefined): void {
    this.silent = client === undefined || server === undefined;
    this.#up.break(false);
    this.#down.break(server !== undefined);
    if (client !== undefined) this.#clock.after(client, () => this.#endClient({ code: 1006, reason: "" }));
    if (server !== undefined) this.#clock.after(server, () => this.#endServer(1006, ""));
  }

  /** It breaks for the client at once; what it has written still arrives, and the server hears of the end later or never. */
  orphan(server: number | undefined): void {
    this.silent = server === undefined;
    this.#down.break(true);
    this.#clientOver = true;
    this.#listener.lost({ code: 1006, reason: "" });
    if (server !== undefined) this.#clock.after(server, () => this.#endServer(1006, ""));
  }

  /** The client's process is gone. */
  clientDied(): void {
    this.#clientOver = true;
    this.#up.break(false);
    this.#clock.after(20, () => this.#endServer(1006, ""));
  }

  serverDied(): void {
    this.#serverOver = true;
    this.#peer = undefined;
    this.#down.break(false);
    if (!this.silent) this.#clock.after(20, () => this.#endClient({ code: 1006, reason: "" }));
  }

  #endClient(ending: Ending): void {
    if (this.#clientOver) return;
    this.#clientOver = true;
    this.#up.break(false);
    this.#listener.lost(ending);
  }

  #endServer(code: number, reason: string): void {
    if (this.#serverOver) return;
    this.#serverOver = true;
    this.#down.break(true);
    this.#peer?.gone(code, reason);
  }
}
