/**
 * `actionwire init`: a configuration, and where there is none a document, that work as they are. Asks nothing, and writes over
 * nothing.
 */
import { existsSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { CONFIG_NAMES } from "../config/find.js";
import { readContract } from "../generate.js";
import { makeFolder } from "../write/make-folder.js";
import { STARTER } from "./starter.js";
import type { Terminal } from "./terminal.js";
import { UsageError } from "./usage-error.js";

export interface InitFlags {
  readonly from?: string | undefined;
  readonly out: string;
  readonly routes: string;
  readonly as: "json" | "ts" | "mjs";
}

const DOCUMENT = "actionwire.yaml";

/** Throws InputError where `from` cannot be used, UsageError where there is a configuration already. */
export async function runInit({ from, out, routes, as }: InitFlags, { say }: Terminal): Promise<number> {
  const there = CONFIG_NAMES.find((name) => existsSync(name));
  if (there !== undefined) throw new UsageError(`There is a configuration already: ${there}.`);
  if (from === "-" || from === "<stdin>")
    throw new UsageError("Name a file with --from: a configuration is about one.");
  if (from !== undefined) await readContract(from); // what cannot be used is told now, not at the first run
  const document = from ?? DOCUMENT;
  const drafted = from === undefined && !existsSync(DOCUMENT);
  if (drafted) await create(DOCUMENT, STARTER);
  const config = `actionwire.config.${as}`;
  await create(config, textOf(as, { document, out, routes }));
  say(
    [
      ...(drafted ? [`${DOCUMENT}: a small contract to begin with`] : []),
      `${config}: ${document} becomes ${out}/ and a first draft of ${routes}`,
      "Next: npx actionwire generate",
    ].join("\n"),
  );
  return 0;
}

function textOf(as: InitFlags["as"], said: Readonly<Record<string, string>>): string {
  if (as === "json") {
    const $schema = "./node_modules/actionwire/schemas/config.schema.json";
    return `${JSON.stringify({ $schema, ...said }, undefined, 2)}\n`;
  }
  const entries = Object.entries(said).map(([key, value]) => `  ${key}: ${JSON.stringify(value)},`);
  return [
    'import { defineConfig } from "actionwire";',
    "",
    "export default defineConfig({",
    ...entries,
    "});",
    "",
  ].join("\n");
}

async function create(path: string, text: string): Promise<void> {
  await makeFolder(dirname(path));
  await writeFile(path, text, { flag: "wx" });
}
