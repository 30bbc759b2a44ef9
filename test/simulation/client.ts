/**
 * The client's process, which may be killed and come back with its store.
 */
import { ActionwireError, type Listener, type Socket, type Transport } from "@actionwire/runtime";
import { type OutboxStore, session } from "@actionwire/runtime/session";
import { fakeLifecycle } from "@actionwire/runtime/testing";
import { apis, CountingClient } from "./api.js";
import { Series } from "./facts.js";
import { Mortal } from "./mortal.js";
import type { Shared } from "./server.js";

/** Opens a connection of this run. */
export type Dial = (listener: Listener, run: string) => Socket;

export class ClientProcess {
  readonly mortal: Mortal;
  readonly client: CountingClient;
  readonly run: number;
  readonly told: Series;
  readonly pushed: Series;
  readonly #shared: Shared;

  /** `fated`: it is to die now, at the worst moment. */
  constructor(
    run: number,
    store: OutboxStore | undefined,
    dial: Dial,
    fated: (client: ClientProcess) => void,
    shared: Shared,
  ) {
    const { clock, facts, plan, random } = shared;
    this.run = run;
    this.#shared = shared;
    this.mortal = new Mortal(shared.clock);
    this.told = new Series("told", facts);
    this.pushed = new Series("pushed", facts);
    const alive = (what: () => void): void => {
      if (!this.mortal.dead) what();
    };
    const transport: Transport = {
      headers: true,
      pings: false,
      dial: (_, listener) => dial(muted(listener, this.mortal), String(run)),
    };
    const api = apis[plan.api] ?? apis[0];
    if (!api) throw new Error("no such API");
    this.client = new CountingClient(api, {
      transport,
      clock: this.mortal.clock,
      random,
      lifecycle: fakeLifecycle(),
      outbox: { maxMessages: plan.maxMessages },
      delivery: session({
        ...(store && { store: outlived(store, this.mortal, shared) }),
        actions: { brief: { ttl: plan.ttl }, ...(plan.lanes && { urge: { priority: 1 } }) },
        onDurable: (ids) => alive(() => this.#durable(ids)),
        onAcknowledged: (id) => alive(() => facts.accepted.has(id) && facts.fate(id, "acknowledged", run)),
        onRejected: ({ message, error }) =>
          alive(() => {
            facts.tell(`client is told: ${message.id} rejected, ${error.code}`);
            facts.fate(message.id, "rejected", run);
            if (store && random() < 0.1) clock.after(random() * plan.disk, () => fated(this));
          }),
        onResync: ({ why }) =>
          alive(() => {
            facts.tell(`client is told to resync: ${why}`);
            this.told.gap();
            this.pushed.gap();
          }),
      }),
      onUncertain: ({ messages }) =>
        alive(() => {
          for (const { id } of messages) facts.fate(id, "uncertain", run);
        }),
      onError: (error, { during }) => {
        if (!plan.flaky) facts.wrong(`the client failed (${during}): ${String(error)}`);
      },
      onUnknown: ({ why, frame }) => facts.wrong(`the client does not understand (${why}): ${String(frame)}`),
      onState: (state) =>
        alive(() => {
          facts.tell(`client is ${state.at}${"reason" in state ? `: ${state.reason.text}` : ""}`);
          if (state.at === "stopped" && state.reason.kind !== "unauthorized") facts.wrong("the client gave up");
        }),
      handlers: {
        onTold: ({ n }) => alive(() => this.told.hear(n)),
        onPushed: ({ n }) => alive(() => this.pushed.hear(n)),
      },
    });
  }

  say(action: "say" | "urge" | "brief", n: number): void {
    const { facts } = this.#shared;
    try {
      const id = this.client.say(action, n);
      facts.tell(`client ${this.run} says ${action} ${n} (${id})`);
      facts.accepted.set(id, { n, run: this.run, durable: false });
    } catch (error) {
      if (!(error instanceof ActionwireError) || error.code !== "OUTBOX_FULL") throw error;
      facts.tell(`client ${this.run} has no room for ${n}`);
    }
  }

  /** A request's fate is its promise's. */
  ask(n: number, timeout: number): void {
    const { facts } = this.#shared;
    facts.tell(`client ${this.run} asks ${n}`);
    facts.asked.set(n, 0);
    const settled = (how: string): void => {
      if (this.mortal.dead) return;
      facts.tell(`request ${n}: ${how}`);
      facts.asked.set(n, (facts.asked.get(n) ?? 0) + 1);
    };
    this.client.ask(n, { timeout }).then(
      (said) => {
        settled("answered");
        if (said.n !== n) facts.wrong(`request ${n} was answered with ${said.n}`);
        if (!facts.handled.has(n)) facts.wrong(`request ${n} was answered unhandled`);
      },
      (error: unknown) => settled(error instanceof ActionwireError ? error.code : String(error)),
    );
  }

  /** After every step. */
  check(): void {
    if (this.mortal.dead) return;
    const { facts, plan } = this.#shared;
    const pending = this.client.pending();
    if (!plan.store && pending.length > plan.maxMessages) facts.wrong(`${pending.length} messages wait`);
    const flying = pending.filter(({ at }) => at === "in flight").length;
    if (flying > plan.flight) facts.wrong(`${flying} messages are in flight`);
    for (const { id } of pending) {
      const fate = facts.fates.get(id);
      if (fate?.run === this.run) facts.wrong(`${id} is pending, and ${fate.fate}`);
    }
  }

  kill(): void {
    this.mortal.kill();
    const { asked } = this.#shared.facts;
    for (const [n, times] of asked) if (times === 0) asked.set(n, Number.NaN); // nobody waits any more
  }

  #durable(ids: readonly string[]): void {
    for (const id of ids) {
      const accepted = this.#shared.facts.accepted.get(id);
      if (accepted) accepted.durable = true;
    }
  }
}

/** A dead process hears nothing. */
function muted(listener: Listener, mortal: Mortal): Listener {
  const alive = (what: () => void): void => {
    if (!mortal.dead) what();
  };
  return {
    opened: (protocol) => alive(() => listener.opened(protocol)),
    received: (frame) => alive(() => listener.received(frame)),
    ponged: (data) => alive(() => listener.ponged(data)),
    drained: () => alive(() => listener.drained()),
    lost: (ending) => alive(() => listener.lost(ending)),
  };
}

/** A disk that takes its time; what was not confirmed when the process died may be there or not. */
function outlived(store: OutboxStore, mortal: Mortal, { facts, random, plan }: Shared): OutboxStore {
  return {
    open: () => mortal.outlive(store.open()),
    async write(put, dropped) {
      if (random() < 0.5) await mortal.pause(random() * plan.disk);
      if (plan.flaky && random() < 0.1) {
        for (const id of dropped) facts.undropped.add(id);
        throw new Error("the disk is full");
      }
      await store.write(put, dropped);
      if (random() < 0.5) await mortal.pause(random() * plan.disk);
      await mortal.outlive(Promise.resolve());
    },
    close: () => store.close(),
  };
}
