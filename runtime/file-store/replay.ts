/**
 * An outbox file's bytes read from the first to the last: what is kept in the end, and how far they can be trusted.
 */
import type { StoredMessage } from "../session/store.js";
import { batchOf, HEADER } from "./lines.js";

export interface Replay {
  /** What was put and not dropped, by id, in order of acceptance. */
  readonly messages: ReadonlyMap<string, StoredMessage>;
  /** Bytes up to the end of the last whole line: what follows was torn off in the middle of a write. */
  readonly length: number;
  /** Numbers of the whole lines that are not what was written, from 1 on. */
  readonly damaged: readonly number[];
  /** Lines that are. */
  readonly readable: number;
}

const LINE_END = 10;

/**
 * A write ends with its line's end. So bytes without one at the end of the file are a write that was cut short, which
 * nobody was told had succeeded; but a whole line that does not fit its checksum is damage, even as the last.
 */
export function replay(bytes: Uint8Array): Replay {
  const messages = new Map<string, StoredMessage>();
  const damaged: number[] = [];
  let readable = 0;
  let length = 0;
  for (let number = 1; ; number++) {
    const end = bytes.indexOf(LINE_END, length);
    if (end === -1) return { messages, length, damaged, readable };
    const line = bytes.subarray(length, end);
    length = end + 1;
    if (number === 1 && isHeader(line)) {
      readable++;
      continue;
    }
    const batch = batchOf(line);
    if (batch === undefined) {
      damaged.push(number);
      continue;
    }
    readable++;
    for (const message of batch.put) messages.set(message.id, message);
    for (const id of batch.dropped) messages.delete(id);
  }
}

function isHeader(line: Uint8Array): boolean {
  return Buffer.compare(line, Buffer.from(HEADER.trimEnd())) === 0;
}
