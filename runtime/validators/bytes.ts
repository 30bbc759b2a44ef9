/**
 * The one check of a frame's bytes: that they are bytes. Where a schema says more of them, it is about their text in JSON.
 */
import type { Validate } from "../api.js";
import { isBytes } from "../frame.js";

export const bytes: Validate = (value) => {
  const is = isBytes(value);
  bytes.errors = is ? null : [{ instancePath: "", keyword: "type", params: {}, message: "must be a Uint8Array" }];
  return is;
};
