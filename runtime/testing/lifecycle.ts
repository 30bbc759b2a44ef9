/**
 * A device that goes to sleep, and off the network, when it is told to.
 */
import type { Lifecycle, LifecycleEvent } from "../lifecycle.js";

export interface FakeLifecycle extends Lifecycle {
  happen(event: LifecycleEvent): void;
  /** How many watch; 0 once a client is closed. */
  readonly watchers: number;
}

export function fakeLifecycle(): FakeLifecycle {
  const listeners = new Set<{ readonly tell: (event: LifecycleEvent) => void }>();
  return {
    watch(tell) {
      const listener = { tell };
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    happen(event) {
      for (const { tell } of [...listeners]) tell(event);
    },
    get watchers() {
      return listeners.size;
    },
  };
}
