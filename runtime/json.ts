/**
 * JSON text in, value out, without ever throwing at whoever received it.
 */
import type { JsonText } from "./api.js";
import { type Frame, frameSize } from "./frame.js";

/** Bounds on what is parsed at all. */
export interface FrameLimits {
  /** Bytes of UTF-8 in one frame. */
  readonly maxBytes: number;
  /** Levels of arrays and objects in each other. */
  readonly maxDepth: number;
}

/** Why a frame was not even read: `not-text` where nothing binary is meant, `not-decodable` where the codec threw. */
export type Unreadable = "not-text" | "not-json" | "not-decodable" | "too-large" | "too-deep";

export type Parsed = { readonly value: unknown } | { readonly unreadable: Unreadable };

export function tooLarge(frame: Frame, { maxBytes }: FrameLimits): boolean {
  // A UTF-16 unit is at most three bytes: count exactly only where it could matter.
  return frame.length * 3 > maxBytes && frameSize(frame) > maxBytes;
}

export function parseFrame(text: string, limits: FrameLimits, parse: JsonText["parse"] = JSON.parse): Parsed {
  if (text.length > limits.maxDepth && tooDeep(text, limits.maxDepth)) return { unreadable: "too-deep" };
  try {
    return { value: parse(text) };
  } catch {
    return { unreadable: "not-json" };
  }
}

const [QUOTE, BACKSLASH, OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [0x22, 0x5c, 0x5b, 0x5d, 0x7b, 0x7d];

/** A scan ahead of the parser, since what walks a deep value later may run out of stack. */
function tooDeep(text: string, maxDepth: number): boolean {
  let depth = 0;
  let inString = false;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    if (inString) {
      if (unit === BACKSLASH) index++;
      else if (unit === QUOTE) inString = false;
    } else if (unit === QUOTE) inString = true;
    else if (unit === OPEN_LIST || unit === OPEN_OBJECT) {
      if (++depth > maxDepth) return true;
    } else if (unit === CLOSE_LIST || unit === CLOSE_OBJECT) depth--;
  }
  return false;
}
