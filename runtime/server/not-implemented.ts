/** What a generated draft of a route throws until somebody writes it. */
import { ActionwireError } from "../errors.js";

export function notImplemented(action: string): never {
  throw new ActionwireError("NOT_IMPLEMENTED", `${action} is not implemented yet`, { action });
}
