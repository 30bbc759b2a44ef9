/**
 * The text behind a file path or an address, within bounds.
 */
import { readdir, readFile, stat } from "node:fs/promises";
import { basename, dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { didYouMean } from "../nearest.js";
import { decode } from "./decode.js";
import { limits } from "./limits.js";
import { Unreadable } from "./unreadable.js";

/** The text of a file or, for http addresses, of what the server sends. Throws Unreadable. `shown` is its name in messages. */
export async function readSource(url: URL, shown: string): Promise<string> {
  return decode(url.protocol === "file:" ? await readLocal(url, shown) : await readRemote(url, shown), shown);
}

/** The kind is asked before opening: a pipe would wait for ever, a device would never end. */
async function readLocal(url: URL, shown: string): Promise<Uint8Array> {
  const path = fileURLToPath(url);
  try {
    const found = await stat(path);
    if (found.isDirectory()) throw new Unreadable("is-directory", `${shown} is a directory, not a file`);
    if (!found.isFile()) throw new Unreadable("not-a-file", `${shown} is not a regular file`);
    if (found.size > limits.fileSize) throw tooBig(shown);
    return await readFile(path);
  } catch (error) {
    if (error instanceof Unreadable) throw error;
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (code === "ENOENT" || code === "ENOTDIR") {
      const siblings = await readdir(dirname(path)).catch(() => []);
      const others = siblings.filter((name) => name !== basename(path));
      throw new Unreadable("missing-file", `there is no file ${shown}`, didYouMean(basename(path), others));
    }
    throw new Unreadable("unreadable-file", `${shown} cannot be read (${String(code ?? error)})`);
  }
}

/** The text on standard input. Throws Unreadable. */
export async function readInput(): Promise<string> {
  const shown = "standard input";
  return decode(await collected(process.stdin, shown), shown);
}

async function readRemote(url: URL, shown: string): Promise<Uint8Array> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(limits.remoteMilliseconds) });
    if (!response.ok) throw new Unreadable("remote-failed", `${shown} answers with status ${response.status}`);
    return await collected(response.body ?? [], shown);
  } catch (error) {
    if (error instanceof Unreadable) throw error;
    const timedOut = error instanceof Error && error.name === "TimeoutError";
    const reason = timedOut ? `no answer within ${limits.remoteMilliseconds / 1000} s` : causeOf(error);
    throw new Unreadable("remote-failed", `${shown} cannot be fetched: ${reason}`);
  }
}

/** What is of unknown length is counted as it comes; leaving the loop closes it. */
async function collected(parts: AsyncIterable<Uint8Array> | Iterable<Uint8Array>, shown: string): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of parts) {
    size += chunk.byteLength;
    if (size > limits.fileSize) throw tooBig(shown);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** `fetch failed` says nothing; its cause does. */
function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message || error.message : error.message;
}

function tooBig(shown: string): Unreadable {
  return new Unreadable("too-big", `${shown} is larger than ${limits.fileSize / 1024 / 1024} MiB`);
}
