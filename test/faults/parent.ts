/** The parent, as a process of a run sees it. A child never outlives its parent. */
import type { Said, Told } from "./messages.js";

/** What this process was started for. */
export function order<Order>(): Order {
  process.once("disconnect", () => process.exit(1));
  return JSON.parse(process.argv[2] ?? "") as Order; // the parent is of this folder
}

/** Resolves when it is on its way. */
export function say(said: Said): Promise<void> {
  return new Promise((sent) => {
    if (process.send && process.connected) process.send(said, () => sent());
    else sent();
  });
}

export function onWord(hear: (word: Told) => void): void {
  process.on("message", (word) => hear(word as Told)); // the parent is of this folder
}

/** Resolves when the parent says this word. */
export function word(awaited: Told): Promise<void> {
  return new Promise((heard) => onWord((said) => said === awaited && heard()));
}
