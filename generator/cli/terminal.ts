/**
 * Where words go: data to standard output, what is said to people to standard error.
 */
import { colorOf } from "../report/color.js";

export interface Terminal {
  readonly print: (text: string) => void;
  readonly say: (text: string) => void;
  /** Whether what is said may be coloured. */
  readonly color: boolean;
  /** Whether what is printed may be. */
  readonly printColor?: boolean | undefined;
  /** How many columns it is wide; unknown where it is no terminal. */
  readonly columns?: number | undefined;
  /** Shows a line that the next one replaces; absent where nobody watches. */
  readonly progress?: ((text: string) => void) | undefined;
}

/** This process's own. Node makes each stream when it is first asked for, and not every command asks for both. */
export function processTerminal(): Terminal {
  return {
    print: (text) => void process.stdout.write(`${text}\n`),
    say: (text) => void process.stderr.write(`${text}\n`),
    get color() {
      return colorOf(process.stderr, process.env);
    },
    get printColor() {
      return colorOf(process.stdout, process.env);
    },
    get columns() {
      return process.stderr.columns;
    },
    get progress() {
      // Erase the line (ECMA-48, 8.3.41), then write it anew.
      return process.stderr.isTTY ? (text: string) => void process.stderr.write(`\r\u001b[2K${text}`) : undefined;
    },
  };
}
