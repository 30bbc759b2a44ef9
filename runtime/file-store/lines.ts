/**
 * What an outbox file looks like: a first line that says what it is, then a line per write, all of it or none.
 *
 *     actionwire outbox 1
 *     5d41c0de {"put":[{"id":"k3x.1","action":"say","asks":false,"frame":"…"}],"drop":[]}
 *     9b02aa17 {"put":[],"drop":["k3x.1"]}
 *
 * In front of each stands the CRC-32 of the JSON's bytes, so that half a line, or a rotten one, is never taken for whole.
 * JSON escapes line ends and lone surrogates; so every text survives, and a line ends where the file says.
 */
import { crc32 } from "node:zlib";
import type { StoredMessage } from "../session/store.js";

export const HEADER = "actionwire outbox 1\n";

/** What one `write` said. */
export interface Batch {
  readonly put: readonly StoredMessage[];
  readonly dropped: readonly string[];
}

/** A message as JSON: bytes are base64 there, in a member of their own. */
interface Written extends Omit<StoredMessage, "frame"> {
  readonly frame?: string;
  readonly bytes?: string;
}

/** One write as the file's line, its end included. */
export function lineOf({ put, dropped }: Batch): Uint8Array {
  const body = JSON.stringify({ put: put.map(written), drop: dropped });
  return Buffer.from(`${checksum(body)} ${body}\n`);
}

/** Reads a line, its end left out; undefined where it is not what was written. */
export function batchOf(line: Uint8Array): Batch | undefined {
  const text = Buffer.from(line.buffer, line.byteOffset, line.byteLength).toString();
  if (text.slice(0, 9) !== `${checksum(line.subarray(9))} `) return undefined;
  try {
    // Its checksum says that it is ours.
    const { put, drop } = JSON.parse(text.slice(9)) as { put: readonly Written[]; drop: readonly string[] };
    return { put: put.map(read), dropped: drop };
  } catch {
    return undefined;
  }
}

function checksum(body: string | Uint8Array): string {
  return crc32(body).toString(16).padStart(8, "0");
}

/** Member by member: what else a caller's object carries is not ours to keep. */
function written({ id, action, frame, asks, expires, priority }: StoredMessage): Written {
  return {
    id,
    action,
    asks,
    ...(expires !== undefined && { expires }),
    ...(priority !== undefined && { priority }),
    ...(typeof frame === "string" ? { frame } : { bytes: base64(frame) }),
  };
}

function read({ frame, bytes, ...message }: Written): StoredMessage {
  // A Buffer's slices are not what a Uint8Array's are, and a small one shares its memory with others.
  return { ...message, frame: frame ?? new Uint8Array(Buffer.from(bytes ?? "", "base64")) };
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("base64");
}
