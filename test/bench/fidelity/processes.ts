/** Processes that run TypeScript as this one does. */
import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";

const LOADER = new URL("../../support/typescript.mjs", import.meta.url).href;
const MEMORY = 3000; // megabytes
const STACK = 2000; // kilobytes

/** A program of this folder. */
export function child(program: string, args: readonly string[] = []): ChildProcess {
  const execArgv = ["--import", LOADER, `--max-old-space-size=${MEMORY}`, `--stack-size=${STACK}`];
  const stdio = ["ignore", "ignore", "inherit", "ipc"] as const;
  const path = fileURLToPath(new URL(program, import.meta.url));
  return fork(path, args, { execArgv, serialization: "advanced", stdio: [...stdio] });
}

/** The one answer of a program to the one message that it waits for. */
export function answerOf<Answer>(program: string, message: object): Promise<Answer> {
  return new Promise((done, failed) => {
    const asked = child(program);
    asked.once("exit", (code, signal) => failed(new Error(`${program} died (${signal ?? code})`)));
    asked.once("message", (answer: Answer) => {
      asked.removeAllListeners();
      asked.kill();
      done(answer);
    });
    asked.send(message);
  });
}
