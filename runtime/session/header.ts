/**
 * What stands before the frame of a message: its position, and what is acknowledged along with it (PROTOCOL.md,
 * "Message frames"). ASCII up to the first space, in text and in bytes alike: `0.17,k3f9a2xq.40 {"action":"say"}`.
 */
import type { Frame } from "../frame.js";

/** One message of one stream: a server's stream goes by its name, a client's by its index in `hello`. */
export interface Position {
  readonly stream: string;
  readonly number: number;
}

/** A message frame, taken apart. */
export interface Positioned {
  readonly at: Position;
  readonly acks: readonly Position[];
  /** The frame as the document says it. */
  readonly frame: Frame;
}

/** Bytes, or units, that a header may have: a position and as many acknowledgements as anybody needs at once. */
const LONGEST = 1_024;
const SPACE = 0x20;
const POSITION = /^([A-Za-z0-9_-]{1,64})\.([1-9]\d{0,15})$/;
const NONE: readonly Position[] = [];

export function withHeader(header: string, frame: Frame): Frame {
  if (typeof frame === "string") return `${header} ${frame}`;
  const whole = new Uint8Array(header.length + 1 + frame.byteLength);
  for (let index = 0; index < header.length; index++) whole[index] = header.charCodeAt(index);
  whole[header.length] = SPACE;
  whole.set(frame, header.length + 1);
  return whole;
}

/** The header of a message, and what is acknowledged with it. */
export function headerOf(stream: string | number, number: number, acks: Iterable<readonly [string, number]>): string {
  let header = `${stream}.${number}`;
  for (const [heard, to] of acks) header += `,${heard}.${to}`;
  return header;
}

/** Takes a message frame apart; undefined where it is none. */
export function positioned(whole: Frame): Positioned | undefined {
  const end = typeof whole === "string" ? whole.indexOf(" ") : whole.indexOf(SPACE);
  if (end < 1 || end > LONGEST) return undefined;
  const header = typeof whole === "string" ? whole.slice(0, end) : String.fromCharCode(...whole.subarray(0, end));
  const frame = whole.slice(end + 1);
  if (!header.includes(",")) {
    const at = position(header);
    return at && { at, acks: NONE, frame };
  }
  const [at, ...acks] = header.split(",").map(position);
  if (!at || !acks.every((ack) => ack !== undefined)) return undefined;
  return { at, acks, frame };
}

function position(text: string): Position | undefined {
  const [, stream, number] = POSITION.exec(text) ?? [];
  if (stream === undefined || number === undefined) return undefined;
  const count = Number(number);
  return Number.isSafeInteger(count) ? { stream, number: count } : undefined;
}
