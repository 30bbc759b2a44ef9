/**
 * The meta-schemas of JSON Schema, of which we have copies, so that a reference to one takes no network.
 */
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { packageRoot } from "../package.js";

const ADDRESS = /^https?:\/\/json-schema\.org\/((?:draft-0\d|draft\/20\d\d-\d\d)\/(?:meta\/)?[a-z-]+)$/;

/** Whether there is a copy of what is at an address. */
export function hasCopy(address: string): boolean {
  const url = copyOf(address);
  return url !== undefined && existsSync(url);
}

/** The copy's text, where there is one. */
export async function readCopy(address: string): Promise<string | undefined> {
  const url = copyOf(address);
  return url !== undefined && existsSync(url) ? readFile(url, "utf8") : undefined;
}

function copyOf(address: string): URL | undefined {
  const [, path] = ADDRESS.exec(address) ?? [];
  return path === undefined ? undefined : new URL(`schemas/meta/${path}.json`, packageRoot);
}
