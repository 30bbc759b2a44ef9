/**
 * What an application gives where a document is not JSON. Which one is its own matter: here it is JSON in bytes, which
 * shows that every payload passes through it.
 */
import type { Frame, FrameCodec } from "../../runtime/frame.js";

export const jsonInBytes: FrameCodec = {
  encode: (value: unknown): Frame => Buffer.from(JSON.stringify(value)),
  decode: (frame: Frame): unknown => JSON.parse(Buffer.from(frame).toString("utf8")),
};
