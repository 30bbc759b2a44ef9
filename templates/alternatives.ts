/**
 * A union of types behind a `:` or `=`, with the space before it: on that line where it is short, else a member a line.
 */
import { type Code, code, join } from "./code.js";

/** Columns of the members side by side; what stands before them has the rest of the line. */
const WIDTH = 80;

export function alternatives(members: readonly Code[]): Code {
  const line = join(members, " | ");
  if (line.text.length <= WIDTH || members.length < 2) return code` ${line}`;
  const lines = members.map((member) => code`| ${member}`);
  return { text: `\n  ${join(lines, "\n  ").text}`, uses: line.uses };
}
