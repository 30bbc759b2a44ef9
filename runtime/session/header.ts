/**
 * What stands before the frame of a message: its position, and what is acknowledged along with it (PROTOCOL.md,
 * "Message frames"). ASCII up to the first space, in text and in bytes alike: `0.17,k3f9a2xq.40 {"action":"say"}`. A reply
 * that the document's own words cannot tell from others also says which message it answers:
 * `k3f9a2xq.41,=j0d8r5h2m6p1s4v7x9zb.17 {"action":"told"}`.
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
  /** The id of the message that this one answers. */
  readonly answers?: string;
  /** The frame as the document says it. */
  readonly frame: Frame;
}

/** Bytes, or units, that a header may have: a position and as many acknowledgements as anybody needs at once. */
const LONGEST = 1_024;
const SPACE = 0x20;
const POSITION = /^([A-Za-z0-9_-]{1,64})\.([1-9]\d{0,15})$/;
const NONE: readonly Position[] = [];

/** A client's stream, by its place in `hello`. */
export const INDEX: RegExp = /^(?:0|[1-9]\d{0,2})$/;

/** What comes after position and acknowledgements: the same on every connection. */
export function tailOf(frame: Frame, answers?: string): Frame {
  return prefixed(answers === undefined ? " " : `,=${answers} `, frame);
}

export function withTail(header: string, tail: Frame): Frame {
  return prefixed(header, tail);
}

export function withHeader(header: string, frame: Frame): Frame {
  return prefixed(`${header} `, frame);
}

function prefixed(prefix: string, frame: Frame): Frame {
  if (typeof frame === "string") return prefix + frame;
  const whole = new Uint8Array(prefix.length + frame.byteLength);
  for (let index = 0; index < prefix.length; index++) whole[index] = prefix.charCodeAt(index);
  whole.set(frame, prefix.length);
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
  const items = header.split(",");
  const last = items.at(-1) ?? "";
  const answers = last.startsWith("=") ? last.slice(1) : undefined;
  const [at, ...acks] = (answers === undefined ? items : items.slice(0, -1)).map(position);
  if (!at || !acks.every((ack) => ack !== undefined)) return undefined;
  if (answers === undefined) return { at, acks, frame };
  return position(answers) && { at, acks, answers, frame };
}

function position(text: string): Position | undefined {
  const [, stream, number] = POSITION.exec(text) ?? [];
  if (stream === undefined || number === undefined) return undefined;
  const count = Number(number);
  return Number.isSafeInteger(count) ? { stream, number: count } : undefined;
}
