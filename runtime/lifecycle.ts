/**
 * Notices what happens to the device and the page around a connection.
 *
 * It exists because a connection does not notice by itself: after sleep, in a page from the back-forward cache, or on
 * another network it may look open for minutes. It is passed in, so that a test can put a device to sleep.
 */
import type { Clock } from "./clock.js";
import { type Host, host } from "./host.js";

/** `wake`: somebody is back, or the device is; `online`/`offline`: what the platform believes of the network. */
export type LifecycleEvent = "wake" | "online" | "offline";

export interface Lifecycle {
  /** Calls the listener from now on; the answer leaves nothing behind. */
  watch(listener: (event: LifecycleEvent) => void): () => void;
}

/** Milliseconds between looks at the clock. */
const TICK = 5_000;
/** Milliseconds that a look may be late before the device must have slept. */
const JUMP = 5_000;

/**
 * The platform's own: `online` and `offline`; a page that becomes visible, is shown from the back-forward cache or
 * resumed (https://developer.chrome.com/docs/web-platform/page-lifecycle-api); and, everywhere, a clock that jumped.
 */
export function hostLifecycle(clock: Clock, from: Host = host): Lifecycle {
  return {
    watch(listener) {
      const undo = [watchClock(clock, () => listener("wake"))];
      const hear = (event: LifecycleEvent) => () => listener(event);
      const { document, navigator } = from;
      undo.push(listen(from, "online", hear("online")));
      undo.push(listen(from, "offline", hear("offline")));
      undo.push(listen(from, "pageshow", hear("wake")));
      undo.push(listen(document, "resume", hear("wake")));
      undo.push(
        listen(document, "visibilitychange", () => {
          if (document?.visibilityState === "visible") listener("wake");
        }),
      );
      if (navigator?.onLine !== undefined) listener(navigator.onLine ? "online" : "offline");
      return () => {
        for (const stop of undo) stop();
      };
    },
  };
}

function listen(
  target: Partial<Pick<Host, "addEventListener" | "removeEventListener">> | undefined,
  type: string,
  listener: () => void,
): () => void {
  target?.addEventListener?.(type, listener);
  return () => target?.removeEventListener?.(type, listener);
}

/** Timers stand still while a device sleeps, the time of day does not. */
function watchClock(clock: Clock, jumped: () => void): () => void {
  let due = 0;
  let cancel = (): void => {};
  const next = (): void => {
    due = clock.now() + TICK;
    cancel = clock.after(TICK, tick);
  };
  const tick = (): void => {
    const late = clock.now() - due;
    next();
    if (late > JUMP) jumped();
  };
  next();
  return () => cancel();
}
