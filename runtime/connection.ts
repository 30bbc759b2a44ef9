/**
 * Performs what the machine decides. Whatever depends on the state of the connection is in `machine.ts`; here are one
 * map of timers, the current socket, and no question about the state.
 */
import type { Clock } from "./clock.js";
import type { Frame } from "./frame.js";
import { guard } from "./guard.js";
import type { Effect, Event, Policy, State, Timer } from "./life.js";
import type { Lifecycle } from "./lifecycle.js";
import { start, step } from "./machine.js";
import type { Outbox, Uncertain } from "./outbox.js";
import { retryAfter } from "./retry-after.js";
import { type ConnectionState, type HeartbeatKind, sameView, view } from "./state.js";
import { Timers } from "./timers.js";
import type { Listener, Opening, Socket, Transport } from "./transport.js";
import type { Loss, Verdict } from "./verdict.js";

/** Everything an attempt needs, made freshly for each. */
export interface Attempt extends Opening {
  /** A frame that goes before all others. */
  readonly first?: string | undefined;
}

/** What a connection is made of. */
export interface Parts {
  readonly policy: Policy;
  readonly clock: Clock;
  readonly random: () => number;
  readonly transport: Transport;
  readonly lifecycle: Lifecycle;
  readonly outbox: Outbox;
  readonly heartbeat: HeartbeatKind;
  /** The frame of a heartbeat, where it is one of `actions`. */
  readonly beat: Frame;
  /** Address and credentials, or why there are none. Never rejects. */
  readonly prepare: () => Promise<Attempt | Verdict>;
  readonly judge: (loss: Loss) => Verdict;
  readonly owner: Owner;
}

/** Whom the connection tells. Nothing here may throw. */
export interface Owner {
  changed(state: ConnectionState): void;
  received(frame: Frame): void;
  /** The connection is gone; what was written and did not return to the outbox may or may not have arrived. */
  lost(uncertain: Uncertain): void;
  /** What was passed in (a socket, a lifecycle) threw where it should not. */
  failed(error: unknown): void;
}

/** Bytes a socket may buffer before the rest waits where it can still be kept in order and bounded. */
const HIGH_WATER = 65_536;
/** Milliseconds between looks at a buffer that was full. */
const DRAIN = 10;

export class Connection {
  readonly #parts: Parts;
  readonly #timers: Timers<Timer | "drain">;
  readonly #events: Event[] = [];
  #feeding = false;
  #state: State = start;
  #view: ConnectionState = { at: "idle" };
  /** The attempt that counts; what any other still says is stale. */
  #current = 0;
  #socket: Socket | undefined;
  /** The socket, from the moment it takes frames. */
  #flowing: Socket | undefined;
  /** What was written before the last heartbeat by actions. */
  #mark = 0;
  #unwatch = (): void => {};

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#timers = new Timers(parts.clock);
  }

  get state(): ConnectionState {
    return this.#view;
  }

  connect(): void {
    this.#feed({ on: "connect" });
  }

  close(code: number): void {
    this.#feed({ on: "close", code });
  }

  /** Ends this connection for another: what is still to come over it could no longer be understood. */
  renew(): void {
    this.#feed({ on: "confused", ...this.#moment() });
  }

  /** The answer to a heartbeat by actions. */
  beaten(): void {
    this.#parts.outbox.arrived(this.#mark);
  }

  /** Writes what waits, as long as the network takes it. */
  flush(): void {
    const socket = this.#flowing;
    if (!socket) return;
    while (socket.buffered() < HIGH_WATER) {
      const entry = this.#parts.outbox.take();
      if (entry === undefined) return;
      socket.write(entry.frame);
    }
    if (!this.#timers.has("drain")) this.#timers.start("drain", DRAIN, () => this.flush());
  }

  /** One event at a time, also where an effect or whoever is told causes the next one. */
  #feed(event: Event): void {
    this.#events.push(event);
    if (this.#feeding) return;
    this.#feeding = true;
    try {
      for (let next = this.#events.shift(); next; next = this.#events.shift()) this.#take(next);
    } finally {
      this.#feeding = false; // whatever was thrown, the next event goes on from here
    }
  }

  /** One effect that fails keeps no other from being performed: the state has moved on already. */
  #take(event: Event): void {
    const before = this.#state;
    const [state, ...effects] = step(before, event, this.#parts.policy);
    this.#state = state;
    const failed = (error: unknown): void => this.#parts.owner.failed(error);
    for (const effect of effects) guard((what: Effect) => this.#perform(what), effect, failed);
    if (state !== before) this.#show();
  }

  #show(): void {
    const shown = view(this.#state, this.#parts.heartbeat);
    if (sameView(this.#view, shown)) return;
    this.#view = shown;
    this.#parts.owner.changed(shown);
  }

  #perform(effect: Effect): void {
    switch (effect.do) {
      case "dial":
        return this.#dial(effect.socket);
      case "hangUp":
        this.#socket?.close(effect.code, effect.reason);
        return this.#forget();
      case "start":
        return this.#timers.start(effect.timer, effect.ms, () =>
          this.#feed({ on: "timer", timer: effect.timer, ...this.#moment() }),
        );
      case "stop":
        return this.#timers.stop(effect.timer);
      case "flow":
        this.#flowing = this.#socket;
        return this.flush();
      case "trust":
        this.#parts.outbox.trust();
        return this.flush();
      case "ping":
        return this.#ping();
      case "settle":
        this.#forget();
        return this.#settle(effect.unread);
      case "watch":
        this.#unwatch = this.#parts.lifecycle.watch((on) => this.#feed({ on, now: this.#parts.clock.now() }));
        return;
      case "unwatch":
        return this.#unwatch();
    }
  }

  #moment(): { now: number; roll: number } {
    return { now: this.#parts.clock.now(), roll: this.#parts.random() };
  }

  #forget(): void {
    this.#timers.stop("drain");
    this.#socket = this.#flowing = undefined;
    this.#current = this.#mark = 0;
  }

  #settle(unread: boolean): void {
    const { outbox, owner } = this.#parts;
    owner.lost(unread ? outbox.restore() : outbox.lose());
  }

  #ping(): void {
    const mark = this.#parts.outbox.mark();
    if (this.#parts.heartbeat === "ping") return this.#socket?.ping?.(String(mark));
    this.#mark = mark;
    this.#socket?.write(this.#parts.beat);
  }

  #dial(socket: number): void {
    this.#current = socket;
    void this.#parts.prepare().then((attempt) => {
      if (socket !== this.#current) return;
      if ("is" in attempt) return this.#lose(socket, attempt);
      try {
        this.#socket = this.#parts.transport.dial(attempt, this.#listener(socket, attempt.first));
      } catch {
        // The words of what was thrown may hold the address, and that a token.
        const text = "the transport cannot use the address, its subprotocols or its headers";
        this.#lose(socket, { is: "final", reason: { kind: "rejected", text } });
      }
    });
  }

  #lose(socket: number, verdict: Verdict): void {
    this.#feed({ on: "lost", socket, verdict, ...this.#moment() });
  }

  #listener(socket: number, first: string | undefined): Listener {
    const { clock, outbox, owner, judge } = this.#parts;
    const [received, ponged] = [{ on: "received", socket } as const, { on: "ponged", socket } as const];
    let opened = false;
    return {
      opened: () => {
        opened = true;
        if (socket !== this.#current) return;
        if (first !== undefined) this.#socket?.write(first);
        this.#feed({ on: "opened", socket, now: clock.now() });
      },
      received: (frame) => {
        if (socket !== this.#current) return;
        this.#feed(received);
        owner.received(frame);
      },
      ponged: (data) => {
        if (socket !== this.#current) return;
        outbox.arrived(Number(data));
        this.#feed(ponged);
      },
      drained: () => {
        if (socket === this.#current) this.flush();
      },
      lost: ({ code, reason, status, retryAfter: header }) => {
        if (socket !== this.#current) return;
        const after = retryAfter(header, clock.now());
        const loss = {
          code,
          reason,
          opened,
          ...(status !== undefined && { status }),
          ...(after !== undefined && { retryAfter: after }),
        };
        this.#lose(socket, judge(loss));
      },
    };
  }
}
