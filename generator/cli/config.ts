/**
 * `actionwire config`: what is in force for each contract, and who said so.
 */
import type { Job } from "../config/resolve.js";
import { shownPath } from "../shown-path.js";
import type { Flags } from "./flags.js";
import { workOf } from "./jobs.js";
import type { Terminal } from "./terminal.js";

/** What counts where nobody says anything. */
const DEFAULTS: Readonly<Record<string, string | boolean>> = {
  routesStyle: "object",
  perspective: "server",
  channels: "auto",
  int64: "number",
  dates: "string",
  binary: "string",
  impliedTypes: true,
  formats: "as each draft says",
  errors: "first",
  allowRemote: false,
  strict: false,
};

/** One setting: its value, and a flag, an entry or a file that says it. */
interface InForce {
  readonly option: string;
  readonly value: unknown;
  readonly from: string;
}

export async function runConfig(
  flags: Flags & { readonly inputs: readonly string[]; readonly json?: boolean | undefined },
  { print, say }: Terminal,
): Promise<number> {
  const { jobs, config, warnings } = await workOf("config", flags);
  for (const { message } of warnings) say(message);
  const path = config === undefined ? undefined : shownPath(config.path);
  const contracts = jobs.map((job) => ({
    name: job.name,
    document: shownPath(job.document),
    settings: settingsOf(job),
  }));
  if (flags.json) {
    print(JSON.stringify({ config: path ?? null, contracts }, undefined, 2));
    return 0;
  }
  print(path === undefined ? "no configuration file" : `configuration: ${path}`);
  for (const { name, document, settings } of contracts) {
    print(`\n${name === undefined ? document : `${name}: ${document}`}`);
    for (const { option, value, from } of settings) {
      const text = typeof value === "object" ? JSON.stringify(value) : String(value);
      print(`  ${option.padEnd(13)} ${text.padEnd(20)}  ${from}`);
    }
  }
  return 0;
}

function settingsOf({ settings, origins }: Job): InForce[] {
  const said = Object.entries(settings).map(([option, value]) => {
    const isPath = ["out", "routes", "root"].includes(option) && typeof value === "string";
    return { option, value: isPath ? shownPath(value) : value, from: shownPath(origins.get(option) ?? "") };
  });
  const open = Object.entries(DEFAULTS).filter(([option]) => !Object.hasOwn(settings, option));
  return [...said, ...open.map(([option, value]) => ({ option, value, from: "default" }))];
}
