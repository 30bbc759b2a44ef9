import { main } from "../../generator/cli/main.js";

export interface Ran {
  readonly exit: number;
  /** Standard output. */
  readonly out: string;
  /** Standard error. */
  readonly words: string;
}

/** Runs a command in this process, as a program would that is no terminal. */
export async function run(...argv: string[]): Promise<Ran> {
  let out = "";
  let words = "";
  const exit = await main(argv, {
    print: (text) => {
      out += `${text}\n`;
    },
    say: (text) => {
      words += `${text}\n`;
    },
    color: false,
  });
  return { exit, out, words };
}

/** Runs work in a folder, as in a shell that is there. */
export async function inFolder<T>(folder: string, work: () => Promise<T>): Promise<T> {
  const before = process.cwd();
  process.chdir(folder);
  try {
    return await work();
  } finally {
    process.chdir(before);
  }
}
