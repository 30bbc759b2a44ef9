import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { defaultBackoff } from "../runtime/backoff.js";
import type { Effect, Event, Policy, State, Timer } from "../runtime/life.js";
import { start, step } from "../runtime/machine.js";
import type { Verdict } from "../runtime/verdict.js";

const policy: Policy = {
  backoff: defaultBackoff,
  dialTimeout: 10_000,
  provenAfter: 5_000,
  maxRefusals: 3,
  offlineRetry: 60_000,
  heartbeat: { every: 25_000, timeout: 10_000, probe: 5_000 },
};

const retry: Verdict = { is: "retry", reason: { kind: "lost", text: "", code: 1006 } };
const refused: Verdict = { is: "refused", reason: { kind: "unauthorized", text: "", refusals: 1 } };
const final: Verdict = { is: "final", reason: { kind: "finished", text: "", code: 1000 } };

/** A shell that does nothing but keep what it was told: the socket, and the timers that run. */
class Shell {
  state: State = start;
  now = 1_000_000;
  readonly timers: Map<Timer, number> = new Map();
  readonly done: Effect[] = [];
  /** The socket dialled and not yet hung up or lost. */
  socket: number | undefined;
  watching = false;
  readonly rules: Policy;

  constructor(rules: Policy = policy) {
    this.rules = rules;
  }

  feed(event: Event): this {
    // What is lost is no socket any more, whether or not the machine still cared.
    if (event.on === "lost" && event.socket === this.socket) this.socket = undefined;
    const [state, ...effects] = step(this.state, event, this.rules);
    this.state = state;
    for (const effect of effects) this.perform(effect);
    return this;
  }

  perform(effect: Effect): void {
    this.done.push(effect);
    if (effect.do === "start") this.timers.set(effect.timer, this.now + effect.ms);
    if (effect.do === "stop") this.timers.delete(effect.timer);
    if (effect.do === "watch") this.watching = true;
    if (effect.do === "unwatch") this.watching = false;
    if (effect.do === "hangUp") {
      expect(this.socket).toBeDefined();
      this.socket = undefined;
    }
    if (effect.do === "dial") {
      expect(this.socket).toBeUndefined();
      this.socket = effect.socket;
    }
  }

  connect = (): this => this.feed({ on: "connect" });
  opened = (): this => this.feed({ on: "opened", socket: this.socket ?? 0, now: this.now });
  received = (): this => this.feed({ on: "received", socket: this.socket ?? 0 });
  ponged = (): this => this.feed({ on: "ponged", socket: this.socket ?? 0 });
  lost = (verdict: Verdict = retry): this =>
    this.feed({ on: "lost", socket: this.socket ?? 0, verdict, now: this.now, roll: 0.5 });
  happen = (on: "wake" | "online" | "offline"): this => this.feed({ on, now: this.now });

  /** Lets the next timer fire, after `late` milliseconds more. */
  tick(timer: Timer, late = 0): this {
    const due = this.timers.get(timer);
    expect(due, `${timer} runs`).toBeDefined();
    this.timers.delete(timer);
    this.now = Math.max(this.now, (due ?? 0) + late);
    return this.feed({ on: "timer", timer, now: this.now, roll: 0.5 });
  }

  count = (what: Effect["do"]): number => this.done.filter((effect) => effect.do === what).length;
  wait = (): number => (this.state.at === "waiting" ? this.state.until - this.now : Number.NaN);
}

const open = (): Shell => new Shell().connect().opened();

describe("a connection", () => {
  test("dials when asked to, and only once however often", () => {
    const shell = new Shell().connect().connect().connect();
    expect([shell.state.at, shell.count("dial")]).toEqual(["connecting", 1]);
  });

  test("gives an attempt up that does not open in time, and tries again", () => {
    const shell = new Shell().connect().tick("answer");
    expect(shell.state).toMatchObject({ at: "waiting", attempts: 1, reason: { kind: "timeout" } });
    expect(shell.socket).toBeUndefined();
    expect(shell.tick("retry").state).toMatchObject({ at: "connecting", socket: 2 });
  });

  test("is not believed for opening: back-off and refusals go on until it proves itself", () => {
    const shell = new Shell().connect();
    for (let n = 0; n < 3; n++) shell.opened().lost().tick("retry");
    expect(shell.state).toMatchObject({ at: "connecting", attempts: 3 });
    expect(shell.opened().received().lost().state).toMatchObject({ at: "waiting", attempts: 1 });
  });

  test("proves itself by being open for five seconds", () => {
    const shell = new Shell().connect().lost().tick("retry").opened().tick("proof");
    expect(shell.state).toMatchObject({ at: "open", proven: true, attempts: 0, refusals: 0 });
    expect(shell.count("trust")).toBe(1);
  });

  test("stops at the third refusal in a row, and says so", () => {
    const shell = new Shell().connect().opened().lost(refused).tick("retry").opened().lost(refused).tick("retry");
    expect(shell.opened().lost(refused).state).toMatchObject({
      at: "stopped",
      reason: { kind: "unauthorized", refusals: 3 },
    });
    expect([...shell.timers.keys()]).toEqual([]);
  });

  test("counts refusals over other losses between them, and anew after a success", () => {
    const shell = new Shell().connect().lost(refused).tick("retry").lost().tick("retry").lost(refused).tick("retry");
    expect(shell.opened().received().lost(refused).state).toMatchObject({ at: "waiting", refusals: 1 });
  });

  test("starts again from stopped when asked to, with counts at nothing", () => {
    const shell = new Shell({ ...policy, maxRefusals: 1 }).connect().lost(refused);
    expect(shell.state.at).toBe("stopped");
    expect(shell.connect().state).toMatchObject({ at: "connecting", socket: 2, attempts: 0, refusals: 0 });
  });

  test("stops at once where coming back leads to the same end", () => {
    expect(open().lost(final).state).toMatchObject({ at: "stopped", reason: { kind: "finished" } });
  });

  test("returns what was written only where it was refused before it proved itself", () => {
    const settled = (shell: Shell) => shell.done.filter((effect) => effect.do === "settle");
    expect(settled(open().lost(refused))).toEqual([{ do: "settle", unread: true }]);
    expect(settled(open().received().lost(refused))).toEqual([{ do: "settle", unread: false }]);
    expect(settled(open().lost())).toEqual([{ do: "settle", unread: false }]);
  });

  test("asks for a sign of life every so often, and hangs up where none comes", () => {
    const shell = open().tick("beat");
    expect(shell.count("ping")).toBe(1);
    expect(shell.tick("answer").state).toMatchObject({ at: "waiting", reason: { kind: "silent" } });
    expect(shell.count("hangUp")).toBe(1);
  });

  test.each(["received", "ponged"] as const)("takes anything %s for a sign of life", (sign) => {
    const shell = open().tick("beat")[sign]();
    expect(shell.timers.has("answer")).toBe(false);
    expect(shell.tick("beat").count("ping")).toBe(2);
  });

  test("asks again instead of hanging up where it was itself asleep when the answer was due", () => {
    const shell = open().tick("beat").tick("answer", 60_000);
    expect([shell.state.at, shell.count("ping")]).toEqual(["open", 2]);
    expect(shell.tick("answer").state).toMatchObject({ at: "waiting", reason: { kind: "silent" } });
  });

  test("asks nothing where there is no heartbeat", () => {
    const { heartbeat: _, ...without } = policy;
    const shell = new Shell(without).connect().opened().tick("proof").happen("wake").happen("offline");
    expect([shell.state.at, shell.timers.size, shell.count("ping")]).toEqual(["open", 0, 0]);
  });

  test("tries at once on waking where it waited, and asks at once, with less patience, where it was open", () => {
    expect(new Shell().connect().lost().happen("wake").state.at).toBe("connecting");
    const shell = open().tick("proof").happen("wake");
    expect([shell.count("ping"), (shell.timers.get("answer") ?? 0) - shell.now]).toEqual([1, 5_000]);
  });

  test("gives a wake's question its time, however often it wakes", () => {
    const shell = open().happen("wake");
    const due = shell.timers.get("answer");
    shell.now += 1_000;
    expect(shell.happen("wake").timers.get("answer")).toBe(due);
  });

  test("keeps away as long as the server asked, also on waking, but not when told to connect", () => {
    const shell = new Shell().connect().lost({ ...retry, after: 30_000 });
    expect(shell.happen("wake").state).toMatchObject({ at: "waiting", until: shell.now + 30_000 });
    expect(shell.connect().state.at).toBe("connecting");
  });

  test("hardly tries while there is no network, and at once when there is", () => {
    const shell = new Shell().connect().happen("offline").lost();
    expect(shell.wait()).toBe(60_000);
    expect(shell.tick("retry").lost().wait()).toBe(60_000);
    expect(shell.happen("online").state).toMatchObject({ at: "connecting", attempts: 0 });
  });

  test("stretches a wait that has begun when the network goes", () => {
    const shell = new Shell().connect().lost();
    expect([shell.wait(), shell.happen("offline").wait()]).toEqual([500, 60_000]);
  });

  test("is not bothered by what an earlier socket still says", () => {
    const shell = new Shell().connect().lost().tick("retry");
    for (const event of [
      { on: "opened", socket: 1, now: 0 },
      { on: "received", socket: 1 },
      { on: "lost", socket: 1, verdict: final, now: 0, roll: 0 },
    ] as const) {
      const before = shell.state;
      expect(shell.feed(event).state).toBe(before);
    }
  });

  test("is the same object where nothing changed, so that receiving costs nothing", () => {
    const shell = open().received();
    expect(step(shell.state, { on: "received", socket: 1 }, policy)).toEqual([shell.state]);
    expect(step(shell.state, { on: "received", socket: 1 }, policy)[0]).toBe(shell.state);
  });

  test("is closed for good", () => {
    const shell = open().feed({ on: "close", code: 1000 });
    expect(shell.connect().happen("online").state).toEqual({ at: "closed" });
    expect([shell.timers.size, shell.socket, shell.watching]).toEqual([0, undefined, false]);
  });
});

const verdicts = fc.constantFrom<Verdict>(retry, refused, final, { ...retry, after: 20_000 });
const happening = fc.oneof(
  fc.constant({ kind: "connect" } as const),
  fc.constant({ kind: "opened" } as const),
  fc.constant({ kind: "received" } as const),
  fc.constant({ kind: "ponged" } as const),
  fc.record({ kind: fc.constant("lost" as const), verdict: verdicts }),
  fc.record({ kind: fc.constant("timer" as const), pick: fc.nat(3), late: fc.constantFrom(0, 0, 30_000) }),
  fc.record({ kind: fc.constant("stale" as const), verdict: verdicts, back: fc.integer({ min: 1, max: 3 }) }),
  fc.constantFrom({ kind: "wake" } as const, { kind: "online" } as const, { kind: "offline" } as const),
  fc.record({ kind: fc.constant("pass" as const), ms: fc.nat(20_000) }),
);
const history = fc.tuple(fc.array(happening, { maxLength: 80 }), fc.boolean());

/** Runs a history; `look` is called after each event. */
function run(
  [happenings, closes]: readonly [readonly (typeof happening extends fc.Arbitrary<infer T> ? T : never)[], boolean],
  look: (shell: Shell) => void,
): Shell {
  const shell = new Shell();
  for (const what of happenings) {
    switch (what.kind) {
      case "lost":
        shell.lost(what.verdict);
        break;
      case "timer": {
        const [name] = [...shell.timers.keys()].slice(what.pick);
        if (name !== undefined) shell.tick(name, what.late);
        break;
      }
      case "stale":
        shell.feed({
          on: "lost",
          socket: (shell.socket ?? 0) - what.back,
          verdict: what.verdict,
          now: shell.now,
          roll: 0,
        });
        break;
      case "wake":
      case "online":
      case "offline":
        shell.happen(what.kind);
        break;
      case "pass":
        shell.now = Math.min(shell.now + what.ms, ...shell.timers.values());
        break;
      default:
        shell[what.kind]();
    }
    look(shell);
  }
  if (closes) look(shell.feed({ on: "close", code: 1000 }));
  return shell;
}

describe("over any history, a connection", () => {
  const always = (name: string, look: (shell: Shell) => void): void =>
    test(name, () => {
      fc.assert(
        fc.property(history, (past) => {
          run(past, look);
        }),
        { numRuns: 500 },
      );
    });

  always("has a socket exactly while it is connecting or open, and the one of its state", ({ state, socket }) => {
    expect(socket).toBe(state.at === "connecting" || state.at === "open" ? state.socket : undefined);
  });

  always("has neither socket nor timer nor ear once it is closed or stopped", ({ state, socket, timers, watching }) => {
    if (state.at === "closed" || state.at === "stopped")
      expect([socket, timers.size, watching]).toEqual([undefined, 0, false]);
  });

  always("connects under a deadline and nothing else", ({ state, timers }) => {
    if (state.at === "connecting") expect([...timers.keys()]).toEqual(["answer"]);
  });

  always("wakes up from waiting, when it says it will", ({ state, timers }) => {
    if (state.at === "waiting") expect([...timers]).toEqual([["retry", state.until]]);
  });

  always(
    "keeps watching while it is open, and hangs up where an answer is due and does not come",
    ({ state, timers }) => {
      if (state.at !== "open") return;
      expect(timers.has("beat")).toBe(true);
      expect(timers.has("proof")).toBe(!state.proven);
      expect(timers.get("answer") ?? 0).toBe(state.due);
    },
  );

  always("has been refused less often than it may be while it goes on", ({ state }) => {
    if ("refusals" in state) expect(state.refusals).toBeLessThan(policy.maxRefusals);
  });

  always("looks out for the device while it is on its way", ({ state, watching }) => {
    expect(watching).toBe(state.at === "connecting" || state.at === "open" || state.at === "waiting");
  });

  test("never uses the number of a socket twice", () => {
    fc.assert(
      fc.property(history, (past) => {
        const dialled = run(past, () => {}).done.flatMap((effect) => (effect.do === "dial" ? [effect.socket] : []));
        expect(dialled).toEqual(dialled.map((_, index) => index + 1));
      }),
    );
  });
});
