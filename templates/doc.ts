/**
 * Doc comments from a document's words.
 */
import { type Code, raw } from "./code.js";
import { literal } from "./literal.js";

export interface Words {
  readonly text?: string;
  readonly deprecated?: boolean;
  readonly examples?: readonly unknown[];
}

/** A doc comment, or nothing where there is nothing to say. `also` is our own sentence, after the document's. */
export function doc(words: Words | undefined, also?: string): Code | undefined {
  const lines = [
    ...paragraphs(words?.text, also),
    ...(words?.deprecated ? ["@deprecated"] : []),
    ...(words?.examples ?? []).map((example) => `@example ${literal(example)}`),
  ].map(harmless);
  if (lines.length === 0) return undefined;
  if (lines.length === 1) return raw(`/** ${lines[0]} */`);
  return raw(["/**", ...lines.map((line) => ` * ${line}`.trimEnd()), " */"].join("\n"));
}

function paragraphs(text: string | undefined, also: string | undefined): string[] {
  const lines = (text ?? "").trim().split(/\r\n?|[\n\u2028\u2029]/);
  const own = lines.length === 1 && lines[0] === "" ? [] : lines.map((line) => line.trimEnd());
  if (!also) return own;
  if (own.length === 0) return [also];
  return own.length === 1 && !own[0]?.includes("```") ? [`${ended(own[0] ?? "")} ${also}`] : [...own, "", also];
}

function ended(sentence: string): string {
  return /[.!?:…。]$/u.test(sentence) ? sentence : `${sentence}.`;
}

/** What would close the comment, or cannot be seen, is written so that it does neither. */
export function harmless(line: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  return line.replaceAll("*/", "*\\/").replaceAll(/[\u0000-\u0008\u000b-\u001f\u007f]/g, "\ufffd");
}
