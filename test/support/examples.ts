/** The examples, as tests meet them. */
import { existsSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { readConfig } from "../../generator/config/read.js";
import type { ContractOptions } from "../../generator/index.js";

/** The repository's root. */
export const ROOT: string = fileURLToPath(new URL("../..", import.meta.url));

export const EXAMPLES = [
  "chat",
  "orders",
  "tiny",
  "awkward",
  "exchange",
  "voice",
  "telemetry",
  "ledger",
  "couriers",
] as const;

export function documentOf(example: string): string {
  return `${ROOT}examples/${example}/${example}.yaml`;
}

/** What an example says beside its document, in `actionwire.json`. */
export async function optionsOf(example: string): Promise<ContractOptions> {
  const path = `${ROOT}examples/${example}/actionwire.json`;
  if (!existsSync(path)) return {};
  const { config, written } = await readConfig(path);
  return { ...config, written };
}

export function generatedOf(example: string): string {
  return `${ROOT}examples/${example}/generated`;
}

/** Generated code; the manifest is none. */
export function filesIn(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => name !== ".actionwire.json")
    .sort();
}
