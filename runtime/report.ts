/**
 * What nobody asked to be told, and yet should not vanish: the only place that writes to the console.
 */
import { host } from "./host.js";

/** Something an application might want to know. Give `key` to have it said only once per reporter. */
export type Report = (text: string, key?: string, ...more: unknown[]) => void;

/** Warnings, each key's only once: a server that says one wrong thing usually says it often. */
export function reporter(): Report {
  const said = new Set<string>();
  return (text, key, ...more) => {
    if (key !== undefined) {
      if (said.has(key) || said.size >= 100) return;
      said.add(key);
    }
    host.console?.warn(`actionwire: ${text}`, ...more);
  };
}

/** An error that has no other place to go. */
export function reportError(text: string, error: unknown): void {
  host.console?.error(`actionwire: ${text}`, error);
}
