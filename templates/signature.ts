/**
 * What a function is called, takes and gives: on one line where that is short, else a parameter a line.
 */
import { type Code, code, join } from "./code.js";

/** Columns, with the two that a member is indented by. */
const WIDTH = 120 - 2;

/** `tail`: what follows the result on its line, ` {` or `;`. */
export function signature(name: Code, parameters: readonly Code[], result: Code, tail: " {" | ";"): Code {
  const line = code`${name}(${join(parameters, ", ")}): ${result}`;
  if (line.text.length + tail.length <= WIDTH || parameters.length === 0) return line;
  return code`
    ${name}(
      ${parameters.map((parameter) => code`${parameter},`)}
    ): ${result}
  `;
}
