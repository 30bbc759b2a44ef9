/**
 * What one message is on the wire: a text frame or a binary one.
 */
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
