/**
 * What ended a command, told to who gave it; the exit code.
 */
import { problemsOf } from "../problems-of.js";
import { tell, usableFormats } from "./findings.js";
import type { Terminal } from "./terminal.js";
import { UsageError } from "./usage-error.js";

/** `formats`: those that the command names. Never throws. */
export async function explained(
  error: unknown,
  command: string,
  formats: readonly string[] | undefined,
  terminal: Terminal,
): Promise<number> {
  const problems = problemsOf(error);
  if (problems) {
    const telling = { command, quiet: false, verbose: false, keepsFiles: true };
    await tell(problems, { ...telling, formats: usableFormats(formats) }, terminal).catch(async (failed: unknown) => {
      if (failed instanceof UsageError) terminal.say(failed.message);
      else await tell(problems, { ...telling, formats: [{ format: "text" }] }, terminal);
    });
    return 2;
  }
  if (error instanceof UsageError || (error instanceof Error && error.name === "YError")) {
    terminal.say(`${error.message}\nactionwire --help says more.`);
    return 2;
  }
  const stack = error instanceof Error ? error.stack : String(error);
  terminal.say(`This is a mistake of actionwire, not yours; please report it.\n${stack}`);
  return 3;
}
