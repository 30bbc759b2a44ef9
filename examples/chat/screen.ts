/**
 * What scrolls by: a column for the time, one for who, and what happened.
 */
import { styleText } from "node:util";
import type { ConnectionState } from "@actionwire/runtime";

type Ink = Parameters<typeof styleText>[0];

const start = Date.now();
const inks: Readonly<Record<string, Ink>> = { server: "magenta", ada: "cyan", ben: "yellow", eve: "green" };
const colored = process.stdout.isTTY === true && !process.env["NO_COLOR"];

function paint(ink: Ink, text: string): string {
  return colored ? styleText(ink, text) : text;
}

export function show(who: string, what: string): void {
  const time = `${((Date.now() - start) / 1000).toFixed(2)}s`.padStart(7);
  process.stdout.write(`${paint("gray", time)}  ${paint(inks[who] ?? "white", who.padEnd(6))}  ${what}\n`);
}

export function headline(text: string): void {
  process.stdout.write(`\n${paint("bold", text)}\n`);
}

/** A connection's state in a few words. */
export function sayState(state: ConnectionState): string {
  switch (state.at) {
    case "connecting":
      return "… connecting";
    case "open":
      return "● connected";
    case "waiting":
      return `○ no connection (${state.reason.text}); next try in ${((state.until - Date.now()) / 1000).toFixed(1)}s`;
    case "stopped":
      return `■ stopped: ${state.reason.text}${state.reason.kind === "unauthorized" ? `, ${state.reason.refusals} times in a row` : ""}`;
    default:
      return `  ${state.at}`;
  }
}
