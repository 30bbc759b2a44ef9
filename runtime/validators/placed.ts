import type { ValidateError } from "../api.js";

/**
 * Errors of a part of a value, made errors of the whole, behind those of others. They are their validator's own, and nobody
 * else has them yet. Lists grow in place: of many wrong parts each would cost all before it otherwise.
 */
export function placed(errors: Mutable[], path: string, before: ValidateError[] | null): ValidateError[] {
  if (path !== "") for (const error of errors) error.instancePath = path + error.instancePath;
  if (before === null) return errors;
  for (const error of errors) before.push(error);
  return before;
}

type Mutable = { -readonly [Key in keyof ValidateError]: ValidateError[Key] };
