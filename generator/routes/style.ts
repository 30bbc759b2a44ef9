/**
 * What routes were made of by the run before: who asked for a class once need not ask again.
 */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { RoutesStyle } from "../../templates/index.js";

export async function styleIn(out: string): Promise<RoutesStyle> {
  const server = await readFile(join(out, "server.ts"), "utf8").catch(() => "");
  return /^export abstract class \w+Routes</m.test(server) ? "class" : "object";
}
