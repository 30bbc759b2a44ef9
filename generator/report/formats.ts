/**
 * The formats there are, and how a command line names one.
 */
import { didYouMean } from "../nearest.js";

export type Format = "text" | "json" | "github" | "gitlab" | "sarif" | "junit" | "markdown";

export const FORMATS: readonly Format[] = ["text", "json", "github", "gitlab", "sarif", "junit", "markdown"];

/** A format, and the file that it goes to; without one to where the command prints. */
export interface Output {
  readonly format: Format;
  readonly file?: string;
}

/** `sarif`, or `sarif:report.sarif`. */
export function parseFormat(word: string): Output | { readonly error: string } {
  const colon = word.indexOf(":");
  const name = colon < 0 ? word : word.slice(0, colon);
  const format = FORMATS.find((one) => one === name);
  if (format === undefined) {
    const rest = didYouMean(name, FORMATS) ?? `there are ${FORMATS.join(", ")}`;
    return { error: `There is no format ${JSON.stringify(name)}; ${rest}` };
  }
  if (colon < 0) return { format };
  const file = word.slice(colon + 1);
  return file === "" ? { error: `Name a file behind "${name}:", or leave the colon out` } : { format, file };
}
