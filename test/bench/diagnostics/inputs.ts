/**
 * The broken files as each tool can be given them.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { BROKEN, type Broken } from "../../support/broken.js";
import { ROOT } from "../../support/examples.js";
import { asOpenapi } from "./openapi.js";

export const FIXTURES: string = join(ROOT, "test/fixtures/broken");

export interface Input extends Broken {
  readonly bytes: Buffer;
}

/** How a tool takes documents: all of ours, AsyncAPI's, both kinds Redocly knows, or OpenAPI's alone. */
export type Diet = "all" | "asyncapi" | "redocly" | "openapi";

export function inputsFor(diet: Diet): Input[] {
  return BROKEN.flatMap((broken): Input[] => {
    const bytes = readFileSync(join(FIXTURES, broken.name));
    if (diet === "all") return [{ ...broken, bytes }];
    if (broken.name.startsWith("actions-")) return [];
    if (diet === "redocly" && /^(?:openapi|swagger)\./.test(broken.name)) return [];
    if (diet !== "openapi") return [{ ...broken, bytes }];
    const text = asOpenapi(broken.name, bytes.toString("latin1")); // so that every byte stays what it is
    return text === undefined ? [] : [{ ...broken, bytes: Buffer.from(text, "latin1") }];
  });
}
