/**
 * Performs what the machine decides. Whatever depends on the state of the connection is in `machine.ts`; here are one
 * map of timers, the current socket, and no question about the state.
 */
import type { Clock } from "./clock.js";
import { CloseCode } from "./close-codes.js";
import type { Delivery, Line, Received } from "./delivery.js";
import { guard } from "./guard.js";
import type { Heartbeat } from "./heartbeat.js";
import type { Effect, Event, Policy, State, Timer } from "./life.js";
import type { Lifecycle } from "./lifecycle.js";
import { start, step } from "./machine.js";
import type { Uncertain } from "./outbox.js";
import type { Reason } from "./reason.js";
import { retryAfter } from "./retry-after.js";
import { type ConnectionState, sameView, view } from "./state.js";
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
  readonly delivery: Delivery;
  readonly heartbeat: Heartbeat;
  /** Address and credentials, or why there are none. Never rejects. */
  readonly prepare: () => Promise<Attempt | Verdict>;
  readonly judge: (loss: Loss) => Verdict;
  readonly owner: Owner;
}

/** Whom the connection tells. Nothing here may throw. */
export interface Owner {
  changed(state: ConnectionState): void;
  received(received: Received): void;
  /** The connection is gone; what was written and did not return to the outbox may or may not have arrived. */
  lost(uncertain: Uncertain): void;
  /** What was passed in (a socket, a lifecycle) threw where it should not. */
  failed(error: unknown): void;
}

/** Bytes a socket may buffer before the rest waits where it can still be kept in order and bounded. */
const HIGH_WATER = 65_536;
/** Milliseconds between looks at a buffer that was full. */
const DRAIN = 10;

const OWING: Event = { on: "owing" };

export class Connection implements Line {
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
  /** What is being heard is a greeting: no proof yet that anything gets done over this connection. */
  #greeting = false;
  /** Milliseconds that the server asked to be left alone for, after this connection. */
  #away: number | undefined;
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

  /** The other side has answered the delivery's hello: messages may leave. */
  greeted(): void {
    this.#greeting = true;
    this.#feed({ on: "opened", socket: this.#current, now: this.#parts.clock.now() });
  }

  hangUp(code: number, reason: string, verdict: Verdict): void {
    this.#feed({ on: "failed", code, reason, verdict, ...this.#moment() });
  }

  stayAway(ms: number): void {
    this.#away = ms;
  }

  /** Writes what waits, as long as the network takes it. */
  flush(): void {
    const socket = this.#flowing;
    if (!socket) return;
    const { delivery } = this.#parts;
    while (socket.buffered() < HIGH_WATER) {
      const frame = delivery.next();
      if (frame === undefined) return this.#owe();
      socket.write(frame);
    }
    this.#owe();
    if (!this.#timers.has("drain")) this.#timers.start("drain", DRAIN, () => this.flush());
  }

  #owe(): void {
    if (this.#parts.delivery.owed) this.#feed(OWING);
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
    const shown = view(this.#state, this.#parts.heartbeat.kind);
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
          this.#feed({ on: "timer", timer: effect.timer, ...this.#owing(), ...this.#moment() }),
        );
      case "stop":
        return this.#timers.stop(effect.timer);
      case "flow":
        this.#flowing = this.#socket;
        return this.flush();
      case "trust":
        this.#parts.delivery.trust();
        return this.flush();
      case "ping":
        return this.#socket && this.#parts.heartbeat.ask(this.#socket);
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

  #owing(): { owed: boolean; patience: number } {
    const { owed, patience } = this.#parts.delivery;
    return { owed, patience };
  }

  #moment(): { now: number; roll: number } {
    return { now: this.#parts.clock.now(), roll: this.#parts.random() };
  }

  #forget(): void {
    this.#timers.stop("drain");
    this.#socket = this.#flowing = undefined;
    this.#current = 0;
    this.#away = undefined;
    this.#parts.heartbeat.forget();
  }

  #settle(unread: boolean): void {
    const { delivery, owner } = this.#parts;
    owner.lost(delivery.broke(unread));
  }

  #dial(socket: number): void {
    this.#current = socket;
    const { delivery, prepare, transport } = this.#parts;
    void delivery
      .ready()
      .then(prepare)
      .then((attempt) => {
        if (socket !== this.#current) return;
        if ("is" in attempt) return this.#lose(socket, attempt);
        try {
          this.#socket = transport.dial(offering(delivery, attempt), this.#listener(socket, attempt.first));
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
    const { clock, delivery, heartbeat, owner, judge } = this.#parts;
    const [received, ponged] = [{ on: "received", socket } as const, { on: "ponged", socket } as const];
    let opened = false;
    return {
      opened: (protocol) => {
        opened = true;
        if (socket !== this.#current) return;
        if (delivery.subprotocol !== undefined && protocol !== delivery.subprotocol) {
          return this.hangUp(CloseCode.normal, "", { is: "final", reason: speechless(delivery.subprotocol) });
        }
        if (first !== undefined) this.#socket?.write(first);
        const hello = delivery.hello();
        if (hello === undefined) this.greeted();
        else this.#socket?.write(hello);
      },
      received: (frame) => {
        if (socket !== this.#current) return;
        this.#greeting = false;
        const heard = delivery.heard(frame);
        if (!this.#greeting) this.#feed(received);
        if (heard !== undefined && socket === this.#current) owner.received(heard);
      },
      ponged: (data) => {
        if (socket !== this.#current) return;
        heartbeat.ponged(data);
        this.#feed(ponged);
      },
      drained: () => {
        if (socket === this.#current) this.flush();
      },
      lost: ({ code, reason, status, retryAfter: header }) => {
        if (socket !== this.#current) return;
        const after = this.#away ?? retryAfter(header, clock.now());
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

/** The delivery's subprotocol is offered before the application's, since the server is to choose it. */
function offering({ subprotocol }: Delivery, attempt: Attempt): Opening {
  return subprotocol === undefined ? attempt : { ...attempt, protocols: [subprotocol, ...attempt.protocols] };
}

function speechless(subprotocol: string): Reason {
  return { kind: "rejected", text: `the server does not speak ${subprotocol}; only plain delivery works with it` };
}
