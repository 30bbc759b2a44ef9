import type { ValidateError } from "../api.js";

/** Errors of a part of a value, made errors of the whole; they are their validator's own, and nobody else has them yet. */
export function placed(errors: readonly Mutable[], path: string): readonly ValidateError[] {
  if (path !== "") for (const error of errors) error.instancePath = path + error.instancePath;
  return errors;
}

type Mutable = { -readonly [Key in keyof ValidateError]: ValidateError[Key] };
