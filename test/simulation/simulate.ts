/**
 * One life of a client, a server and the network between them, in one process, on a clock that stands still between
 * steps, by one seed: the same seed is the same life.
 */
import { memoryStore } from "@actionwire/runtime/session";
import { fakeClock, seededRandom } from "@actionwire/runtime/testing";
import { ClientProcess, type Dial } from "./client.js";
import { Facts } from "./facts.js";
import { planOf } from "./plan.js";
import { type Memory, newMemory, ServerProcess, type Shared } from "./server.js";
import { Wire } from "./wire.js";

export interface Life {
  readonly problems: readonly string[];
  /** What happened, a line each. */
  readonly story: readonly string[];
  readonly handled: number;
}

export async function simulate(seed: number): Promise<Life> {
  const random = seededRandom(seed);
  const plan = planOf(random);
  const clock = fakeClock(1_000_000);
  const facts = new Facts(clock.now);
  const shared: Shared = { clock, random, plan, facts, pushed: new Map() };
  const store = plan.store ? memoryStore() : undefined;
  const wires = new Set<Wire>();
  let memory: Memory = newMemory(0, shared);
  let server: ServerProcess | undefined = new ServerProcess(memory, shared);
  let calm = false;
  let said = 0;
  let told = 0;
  let lastTold = 0;
  facts.tell(`seed ${seed}: ${JSON.stringify(plan)}`);

  const dial: Dial = (listener, run) => {
    const wire = new Wire(clock, plan.speed, listener);
    const roll = calm ? 1 : random();
    clock.after(1 + plan.speed.latency, () => {
      if (!server || server.closing || roll < 0.1) return wire.fail({ code: 1006, reason: "" });
      if (roll < 0.15) return wire.fail({ code: 1006, reason: "", status: roll < 0.11 ? 401 : 503 });
      if (roll < 0.2) return; // it hangs
      wires.add(wire);
      const { accept } = bound(server, run);
      wire.open(accept, "actionwire.1");
    });
    return wire.socket;
  };
  const fated = (which: ClientProcess): void => {
    if (!calm && which === client) killClient();
  };
  let client = new ClientProcess(0, store, dial, fated, shared);

  function killClient(): void {
    facts.tell(`client ${client.run} dies`);
    client.kill();
    for (const wire of wires) wire.clientDied();
    client = new ClientProcess(client.run + 1, store, dial, fated, shared);
    client.client.connect();
  }

  function killServer(): void {
    server?.kill();
    server = undefined;
    for (const wire of wires) wire.serverDied();
  }

  function startServer(): void {
    facts.tell("the server is back");
    server ??= new ServerProcess(memory, shared);
  }

  const misfortunes: readonly (() => void)[] = [
    () => {
      facts.tell("the connection is cut");
      for (const wire of wires) wire.cut(random() * 50, random() * 50);
    },
    () => {
      facts.tell("the connection is half open");
      for (const wire of wires)
        wire.cut(random() < 0.5 ? undefined : random() * 20_000, random() < 0.5 ? undefined : random() * 9_000);
    },
    () => {
      facts.tell("the connection breaks for the client, and not yet for the server");
      for (const wire of wires) if (!wire.over) wire.orphan(random() < 0.5 ? undefined : random() * 9_000);
    },
    () => {
      if (!server) return;
      const forget = plan.forgetful && random() < 0.5;
      facts.tell(`the server dies${forget ? ", and forgets" : ""}`);
      killServer();
      if (forget) memory = newMemory(memory.life + 1, shared);
      clock.after(random() * 3_000, startServer);
    },
    () => {
      if (!server || server.closing) return;
      facts.tell("the server is restarted with care");
      const old = server;
      void old.close().then(() => {
        if (old.mortal.timers > 0) facts.wrong(`a closed server has ${old.mortal.timers} timers`);
        old.kill(); // as its process ends
        if (server === old) server = new ServerProcess(memory, shared);
      });
    },
    () => {
      const ms = random() * 120_000;
      facts.tell(`the device sleeps for ${Math.round(ms)} ms`);
      clock.sleep(ms);
    },
    () => {
      if (!server) return;
      facts.tell("the server says a lot");
      for (let n = 0; n < 60; n++) server.tell(++told);
      lastTold = told;
    },
    () => {
      if (plan.store) killClient();
    },
  ];

  client.client.connect();
  let due = 0;
  for (const end = clock.now() + plan.length; clock.now() < end; ) {
    await clock.advance(random() * 2 * plan.pace);
    const n = ++said;
    const roll = random();
    if (roll < 0.2) client.ask(n, random() < 0.5 ? 200 + random() * 20_000 : 1e8);
    else client.say(roll < 0.7 ? "say" : roll < 0.85 ? "urge" : "brief", n);
    if (server && random() < 0.5) {
      lastTold = ++told;
      server.tell(told);
    }
    client.check();
    due += plan.pace;
    if (due > plan.trouble * 2 * random()) {
      due = 0;
      misfortunes[Math.floor(random() * misfortunes.length)]?.();
      await clock.settle();
      client.check();
    }
  }

  if (!plan.abrupt) {
    facts.tell("calm");
    calm = true;
    if (!server) startServer();
    await clock.advance(60_000);
    if (!server) startServer();
    client.client.connect();
    await clock.advance(240_000);
    const { state } = client.client;
    if (state.at !== "open") facts.wrong(`the client ended ${state.at}`);
    const left = client.client.pending();
    if (left.length > 0) {
      facts.wrong(`${left.length} messages are left: ${left.map(({ id, at }) => `${id} ${at}`).join(", ")}`);
    }
    client.told.settle(lastTold);
    client.pushed.settle(shared.pushed.get(String(client.run)) ?? 0);
    facts.settle(client.run);
  }

  calm = true;
  client.client.close();
  await clock.settle();
  if (client.mortal.timers > 0) facts.wrong(`a closed client has ${client.mortal.timers} timers`);
  if (server && !server.closing) void server.close();
  await clock.advance(20_000);
  if (server?.closing && server.mortal.timers > 0) facts.wrong(`a closed server has ${server.mortal.timers} timers`);
  return { problems: facts.problems, story: facts.story, handled: facts.effects.length };
}

function bound(server: ServerProcess, run: string) {
  return { accept: (socket: Parameters<ServerProcess["accept"]>[0]) => server.accept(socket, run) };
}
