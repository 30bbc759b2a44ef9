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

/** This process's own. */
export function processTerminal(): Terminal {
  const { stdout, stderr, env } = process;
  return {
    print: (text) => void stdout.write(`${text}\n`),
    say: (text) => void stderr.write(`${text}\n`),
    color: colorOf(stderr, env),
    printColor: colorOf(stdout, env),
    columns: stderr.columns,
    // Erase the line (ECMA-48, 8.3.41), then write it anew.
    progress: stderr.isTTY ? (text) => void stderr.write(`\r\u001b[2K${text}`) : undefined,
  };
}
