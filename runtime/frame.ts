/**
 * What one message is on the wire: a text frame or a binary one.
 */
import { utf8Length } from "./text.js";

export type Frame = string | Uint8Array;

/**
 * Turns values into frames and back where the contract says neither JSON, text nor bytes: MessagePack, CBOR, Avro, ...
 * It exists so that this package needs none of their libraries: an application hands over the functions of its choice.
 */
export interface FrameCodec {
  /** Throws for a value that it cannot say. */
  encode(value: unknown): Frame;
  /** Throws for a frame that means nothing to it. */
  decode(frame: Frame): unknown;
}

/** Bytes of a frame on the wire. */
export function frameSize(frame: Frame): number {
  return typeof frame === "string" ? utf8Length(frame) : frame.byteLength;
}

/** Whether a value is bytes, in whichever realm (a frame of a page, a test's sandbox) they were made. */
export function isBytes(value: unknown): value is Uint8Array {
  return Object.prototype.toString.call(value) === "[object Uint8Array]" && ArrayBuffer.isView(value);
}
