import { hostLifecycle, type LifecycleEvent } from "@actionwire/runtime";
import { fakeClock } from "@actionwire/runtime/testing";
import { describe, expect, test } from "vitest";
import type { Host } from "../runtime/host.js";

/** Something that can be listened to, and says how many do. */
class Target {
  readonly listeners: Set<readonly [string, () => void]> = new Set();
  addEventListener(type: string, listener: () => void): void {
    this.listeners.add([type, listener]);
  }
  removeEventListener(type: string, listener: () => void): void {
    for (const entry of this.listeners) if (entry[0] === type && entry[1] === listener) this.listeners.delete(entry);
  }
  happen(type: string): void {
    for (const [of, listener] of this.listeners) if (of === type) listener();
  }
}

function page(onLine = true) {
  const [window, clock] = [new Target(), fakeClock()];
  const document = Object.assign(new Target(), { visibilityState: "visible" });
  const host: Host = Object.assign(window, {
    setTimeout: () => {},
    clearTimeout: () => {},
    document,
    navigator: { onLine },
  });
  const heard: LifecycleEvent[] = [];
  const undo = hostLifecycle(clock, host).watch((event) => heard.push(event));
  return { window, document, clock, heard, undo };
}

describe("the life cycle of a page", () => {
  test("begins with what the platform believes of the network", () => {
    expect([page().heard, page(false).heard]).toEqual([["online"], ["offline"]]);
  });

  test("is heard from all that can tell", () => {
    const { window, document, heard } = page();
    for (const type of ["offline", "online", "pageshow"]) window.happen(type);
    for (const type of ["resume", "visibilitychange"]) document.happen(type);
    document.visibilityState = "hidden";
    document.happen("visibilitychange");
    expect(heard.slice(1)).toEqual(["offline", "online", "wake", "wake", "wake"]);
  });

  test("shows a sleep by the clock, which jumps, and by nothing else", async () => {
    const { clock, heard } = page();
    await clock.advance(60_000);
    expect(heard).toEqual(["online"]);
    clock.sleep(20_000);
    await clock.advance(5_000);
    expect(heard).toEqual(["online", "wake"]);
  });

  test("leaves no listener and no timer behind", () => {
    const { window, document, clock, undo } = page();
    expect(window.listeners.size + document.listeners.size).toBe(5);
    undo();
    expect([window.listeners.size, document.listeners.size, clock.timers]).toEqual([0, 0, 0]);
  });

  test("is a clock alone where there is no page", () => {
    const clock = fakeClock();
    const undo = hostLifecycle(clock, { setTimeout: () => {}, clearTimeout: () => {} }).watch(() => {});
    expect(clock.timers).toBe(1);
    undo();
  });
});
