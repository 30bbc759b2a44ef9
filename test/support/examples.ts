/** The examples, as tests meet them. */
import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** The repository's root. */
export const ROOT: string = fileURLToPath(new URL("../..", import.meta.url));

export const EXAMPLES = ["chat", "orders", "tiny", "awkward", "voice", "telemetry"] as const;

export function documentOf(example: string): string {
  return `${ROOT}examples/${example}/${example}.yaml`;
}

export function generatedOf(example: string): string {
  return `${ROOT}examples/${example}/generated`;
}

export function filesIn(folder: string): string[] {
  return readdirSync(folder).sort();
}
