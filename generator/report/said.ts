/**
 * What a finding says, where people read it on somebody else's page.
 */
import { printable } from "./code-frame.js";
import type { Finding } from "./finding.js";

/** The message, and on a line of its own what to do. */
export function said({ message, hint }: Finding): string {
  return [message, ...(hint === undefined ? [] : [`Hint: ${hint}`])].map(printable).join("\n");
}
