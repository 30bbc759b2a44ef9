/**
 * `actionwire config`: what is in force for each contract, and who said so.
 */
import type { Config, ConfigRead, ContractConfig } from "../config/config.js";
import type { Job, Settings } from "../config/resolve.js";
import { shownPath } from "../shown-path.js";
import type { Flags } from "./flags.js";
import { workOf } from "./jobs.js";
import type { Terminal } from "./terminal.js";

type Defaults<Options> = Readonly<Record<keyof Options, string | boolean | undefined>>;

/** What counts of a contract where nobody says anything; undefined is nothing at all. */
const DEFAULTS: Defaults<Required<Settings>> = {
  out: undefined,
  routes: undefined,
  routesStyle: "object",
  perspective: "server",
  channels: "auto",
  int64: "number",
  dates: "string",
  binary: "string",
  impliedTypes: true,
  formats: "as each draft says",
  errors: "first",
  names: undefined,
  replies: undefined,
  rules: undefined,
  root: undefined,
  allowRemote: false,
  strict: false,
};

/** What counts of a whole run. */
const TOLD: Defaults<Required<Omit<Config, keyof ContractConfig | "contracts">>> = {
  format: "text",
  quiet: false,
  verbose: false,
};

/** One setting: its value, and a flag, an entry or a file that says it. */
interface InForce {
  readonly option: string;
  /** Absent where nothing is said, and nothing counts then. */
  readonly value?: unknown;
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
  const told = toldBy(config);
  if (flags.json) {
    print(JSON.stringify({ config: path ?? null, settings: told, contracts }, undefined, 2));
    return 0;
  }
  print([path === undefined ? "no configuration file" : `configuration: ${path}`, ...told.map(line)].join("\n"));
  for (const { name, document, settings } of contracts) {
    print(["", name === undefined ? document : `${name}: ${document}`, ...settings.map(line)].join("\n"));
  }
  return 0;
}

function line({ option, value, from }: InForce): string {
  const text = typeof value === "object" ? JSON.stringify(value) : String(value ?? "-");
  return `  ${option.padEnd(13)} ${text.padEnd(20)}  ${from}`;
}

function settingsOf({ settings, origins }: Job): InForce[] {
  const said = Object.entries(settings).filter(([option]) => option !== "$schema");
  const shown = said.map(([option, value]) => {
    const isPath = ["out", "routes", "root"].includes(option) && typeof value === "string";
    return { option, value: isPath ? shownPath(value) : value, from: shownPath(origins.get(option) ?? "") };
  });
  return [...shown, ...open(DEFAULTS, settings)];
}

/** How findings are told, which is one thing for all contracts. */
function toldBy(read: ConfigRead | undefined): InForce[] {
  const config = read?.config ?? {};
  const { format, quiet, verbose } = config;
  const formats = format && [format].flat().map((word) => word.replace(/(?<=:).*$/s, shownPath));
  const said = Object.entries({ format: formats?.join(", "), quiet, verbose });
  const from = shownPath(read?.path ?? "");
  return [
    ...said.flatMap(([option, value]) => (value === undefined ? [] : { option, value, from })),
    ...open(TOLD, config),
  ];
}

/** What nobody says anything of. */
function open(defaults: Readonly<Record<string, string | boolean | undefined>>, said: object): InForce[] {
  const unsaid = Object.entries(defaults).filter(([option]) => !Object.hasOwn(said, option));
  return unsaid.map(([option, value]) => ({ option, ...(value !== undefined && { value }), from: "default" }));
}
