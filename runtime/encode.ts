/**
 * A value as a frame, in the way its action travels: as JSON, as the text or the bytes that it is, or by the codec.
 */
import type { Action, JsonText } from "./api.js";
import { ActionwireError } from "./errors.js";
import { type Frame, type FrameCodec, isBytes } from "./frame.js";

/** Throws `INVALID_PAYLOAD` for a value that such a frame cannot say. */
export function encodeFrame(
  action: string,
  kind: Action["frame"],
  value: unknown,
  codec: FrameCodec | undefined,
  json: Pick<JsonText, "stringify"> = JSON,
): Frame {
  let frame: unknown = value;
  try {
    if (kind === undefined) frame = json.stringify(value); // undefined for undefined and functions
    if (kind === "codec") frame = codec?.encode(value);
  } catch (cause) {
    throw new ActionwireError(
      "INVALID_PAYLOAD",
      `${action}: ${kind === "codec" ? "the codec" : "JSON"} cannot say this payload`,
      {
        action,
        cause,
      },
    );
  }
  // Bytes are copied: whoever made them may use their memory again while the frame still waits.
  if (kind !== undefined && kind !== "text" && isBytes(frame)) return new Uint8Array(frame);
  // A text frame is UTF-8, which has no half characters; JSON escapes them.
  if (typeof frame === "string" && kind !== "bytes" && (kind === undefined || !/\p{Surrogate}/u.test(frame))) {
    return frame;
  }
  const why = value === undefined ? "a payload is missing" : `this payload makes no frame of ${kind ?? "JSON"}`;
  throw new ActionwireError("INVALID_PAYLOAD", `${action}: ${why}`, { action });
}
