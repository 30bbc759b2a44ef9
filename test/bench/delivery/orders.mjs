/**
 * Processes of this benchmark: the parent asks one thing at a time, the child answers.
 */
import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";

/** Starts a file of this folder; `profile`: a folder for a CPU profile of it, and its name there. */
export function start(file, args, profile) {
  const execArgv = profile ? ["--cpu-prof", `--cpu-prof-dir=${profile.folder}`, `--cpu-prof-name=${profile.name}`] : [];
  const child = fork(fileURLToPath(new URL(file, import.meta.url)), args, { execArgv });
  return {
    ask: (what, ...given) =>
      new Promise((resolve, reject) => {
        const died = (code) => reject(new Error(`${file} ${args.join(" ")} ended with ${code} while asked to ${what}`));
        child.once("exit", died);
        child.once("message", (answer) => {
          child.off("exit", died);
          resolve(answer);
        });
        child.send([what, given]);
      }),
    end: () =>
      new Promise((ended) => {
        child.once("exit", ended);
        child.disconnect();
      }),
  };
}

/** In the child: what it does when asked, by name. */
export function obey(orders) {
  process.on("message", async ([what, given]) => process.send((await orders[what](...given)) ?? null));
  process.on("disconnect", () => process.exit());
}

/** Microseconds of CPU time that this process has used. */
export function cpu() {
  const { user, system } = process.cpuUsage();
  return user + system;
}
