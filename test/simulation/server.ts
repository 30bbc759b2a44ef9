/**
 * The server's process, which dies and comes back, with what it knew or without.
 */
import type { Clock } from "@actionwire/runtime";
import {
  type Broker,
  type Context,
  Endpoint,
  memoryBroker,
  memorySessions,
  type Peer,
  type SessionStore,
  type SocketLike,
} from "@actionwire/runtime/server";
import { apis, type Counted, CountingSender } from "./api.js";
import type { Facts } from "./facts.js";
import { Mortal } from "./mortal.js";
import type { Plan } from "./plan.js";

/** What may outlive the process. */
export interface Memory {
  readonly life: number;
  readonly broker: Broker;
  readonly store: SessionStore;
}

export interface Shared {
  readonly clock: Clock;
  readonly random: () => number;
  readonly plan: Plan;
  readonly facts: Facts;
  /** Numbers pushed to each run of the client. */
  readonly pushed: Map<string, number>;
}

export function newMemory(life: number, { clock, random, plan }: Shared): Memory {
  const broker = memoryBroker({ clock, random, maxMessages: plan.window });
  return { life, broker, store: memorySessions({ clock }) };
}

export class ServerProcess {
  readonly mortal: Mortal;
  /** It lets nobody in any more. */
  closing = false;
  readonly #endpoint: Endpoint<undefined, CountingSender>;
  readonly #shared: Shared;
  readonly #memory: Memory;
  /** What is being handled, and has had its effect. */
  readonly #handling = new Set<string>();

  constructor(memory: Memory, shared: Shared) {
    this.mortal = new Mortal(shared.clock);
    this.#shared = shared;
    this.#memory = memory;
    const { plan } = shared;
    const route = (payload: Counted, context: Context<undefined, CountingSender>) => this.#route(payload, context);
    const routes = { say: route, urge: route, brief: route, ask: route };
    const api = apis[plan.api] ?? apis[0];
    if (!api) throw new Error("no such API");
    this.#endpoint = new Endpoint<undefined, CountingSender>(api, CountingSender, routes, {
      clock: this.mortal.clock,
      random: shared.random,
      broker: this.#outlived(memory.broker),
      sessions: { store: this.#recording(memory.store), window: plan.flight },
      rate: { perSecond: 10_000, burst: 10_000 },
      heartbeat: 0,
      maxBuffered: 4_096,
      handlerTimeout: 0,
      onOpen: ({ join }) => join("room"),
      onError: (error) => shared.facts.wrong(`the server failed: ${String(error)}`),
    });
  }

  get connections(): number {
    return this.#endpoint.connections;
  }

  accept(socket: SocketLike, run: string): Peer {
    const opened = { connectionId: run, user: undefined, parameters: {}, query: { run }, headers: {} };
    return this.#endpoint.accept(socket, opened, { subprotocol: "actionwire.1" });
  }

  tell(n: number): void {
    void this.#endpoint.topic("room").sendTold(n);
  }

  kill(): void {
    for (const id of this.#handling) this.#shared.facts.interrupted.add(id);
    this.mortal.kill();
  }

  close(): Promise<void> {
    this.closing = true;
    return this.#endpoint.close({ spreadMs: 500, graceMs: 1_000 });
  }

  async #route({ n }: Counted, { client, delivery, query }: Context<undefined, CountingSender>): Promise<Counted> {
    const { facts, random, plan, pushed } = this.#shared;
    await this.#pause();
    if (!delivery) throw new Error("a message without its delivery");
    const { id, stream, number, again } = delivery;
    if (this.mortal.dead) return new Promise(() => {});
    facts.effect({ id, stream, number, n, again, memory: this.#memory.life });
    if (plan.atomic) void this.#memory.store.record(stream, number);
    else this.#handling.add(id);
    if (random() < 0.3) {
      const { run = "" } = query;
      const next = (pushed.get(run) ?? 0) + 1;
      pushed.set(run, next);
      void client.sendPushed(next);
    }
    await this.#pause();
    return { n };
  }

  async #pause(): Promise<void> {
    const { random, plan } = this.#shared;
    if (plan.handling > 0) await this.mortal.pause(random() * plan.handling);
  }

  /** The record as this process writes it: a dead one writes nothing. */
  #recording(store: SessionStore): SessionStore {
    return {
      ...store,
      record: (stream, number) => {
        if (this.mortal.dead) return new Promise(() => {});
        this.#handling.delete(`${stream}.${number}`);
        return store.record(stream, number);
      },
    };
  }

  async #slowly<T>(work: () => Promise<T>): Promise<T> {
    const { random, plan } = this.#shared;
    const pause = async (): Promise<void> => {
      if (random() < 0.5) await this.mortal.pause(random() * plan.broker);
    };
    if (plan.broker === 0) return work();
    await pause();
    const result = await work();
    await pause();
    return result;
  }

  #outlived(broker: Broker): Broker {
    return {
      publish: (topic, message) => (this.mortal.dead ? new Promise(() => {}) : broker.publish(topic, message)),
      subscribe: (topic, hear) =>
        this.mortal.outlive(
          this.#slowly(() => broker.subscribe(topic, (said) => (this.mortal.dead ? Promise.resolve() : hear(said)))),
        ),
      read: (topic, after, most) => this.mortal.outlive(this.#slowly(() => broker.read(topic, after, most))),
      release: (topic, at) => (this.mortal.dead ? undefined : broker.release?.(topic, at)),
    };
  }
}
