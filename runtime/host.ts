/**
 * What the runtime uses of the place it runs in, browser or Node: described here by structure, since the core compiles
 * against the language alone. Everything but the timers may be missing.
 */
import type { WebSocketConstructor } from "./websocket.js";

/** Something that can be listened to: a window, a document. */
export interface Listenable {
  addEventListener(type: string, listener: () => void): void;
  removeEventListener(type: string, listener: () => void): void;
}

export interface Host extends Partial<Listenable> {
  setTimeout(f: () => void, ms: number): unknown;
  clearTimeout(timer: unknown): void;
  readonly WebSocket?: WebSocketConstructor;
  readonly document?: Listenable & { readonly visibilityState?: string };
  readonly navigator?: { readonly onLine?: boolean };
  readonly crypto?: { getRandomValues(bytes: Uint8Array): unknown };
  readonly console?: { warn(...what: unknown[]): void; error(...what: unknown[]): void };
}

/** The global object. Read its members when they are needed: a polyfill may come later than this module. */
// The language's own typing of globalThis knows none of these; the members that may be missing are optional above.
export const host: Host = globalThis as unknown as Host;
