/**
 * What the YAML parser says of a broken text, put so that its author knows what to do.
 */
import type { CST, ErrorCode, YAMLParseError } from "yaml";
import type { Defect } from "./yaml-value.js";

const QUOTE = "put the text in quotes, if it is text";

/** Words for what the parser says in the terms of its grammar. */
const words: { readonly [code in ErrorCode]?: { readonly message?: string; readonly hint: string } } = {
  BLOCK_IN_FLOW: {
    message: "this does not belong inside of brackets",
    hint: 'a "," or a closing bracket is missing nearby',
  },
  BLOCK_AS_IMPLICIT_KEY: { message: 'a second ": " stands on this line', hint: QUOTE },
  MULTILINE_IMPLICIT_KEY: {
    message: "this line is no key: it has no colon with a blank behind it",
    hint: 'write "key: value"',
  },
  BAD_SCALAR_START: { hint: QUOTE },
  BAD_INDENT: { hint: "indent it as what it belongs beside" },
};

/** One defect for all errors of a text: what follows the first is mostly its echo, except that a tab is the cause of what it is near. */
export function syntaxDefect(
  errors: readonly YAMLParseError[],
  text: string,
  tokens: readonly CST.Token[],
): Defect | undefined {
  const [first] = [...errors].sort((a, b) => a.pos[0] - b.pos[0]);
  if (!first) return undefined;
  const json = jsonDefect(text);
  if (json && json.offset < text.trimEnd().length) return json; // at the end, where something began is the place to look
  const offset = first.pos[0];
  const quote = openQuote(tokens);
  if (quote) return quote;
  const open = lastUnclosed(tokens);
  // What follows a bracket that is not closed is read as its contents, and wrong for that reason alone.
  if (open && open.offset <= offset) {
    const [opening, closing] = open.type === "flow-seq-start" ? ["[", "]"] : ["{", "}"];
    const message = `this "${opening}" is not closed`;
    return { rule: "syntax", message, offset: open.offset, hint: `a closing "${closing}" is missing` };
  }
  const tab = tabInIndent(text, offset) ?? errors.find(({ code }) => code === "TAB_AS_INDENT")?.pos[0];
  if (tab !== undefined) {
    return { rule: "tab-indent", message: "a tab stands in the indentation", offset: tab, hint: "indent with spaces" };
  }
  const said = (first.message.split("\n")[0] ?? "").trim();
  const indent = /^ */.exec(text.slice(offset))?.[0].length ?? 0; // what is to be mended begins behind it
  return { rule: "syntax", offset: offset + indent, message: said, ...words[first.code] };
}

/** The quote that nothing closes, down to the end of the text. */
function openQuote(tokens: readonly CST.Token[]): Defect | undefined {
  for (const token of tokensIn(tokens)) {
    if (token.type !== "double-quoted-scalar" && token.type !== "single-quoted-scalar") continue;
    const [quote = ""] = token.source;
    if (token.source.length > 1 && token.source.endsWith(quote)) continue;
    const message = `this ${quote} is not closed`;
    return { rule: "syntax", message, offset: token.offset, hint: `a closing ${quote} is missing` };
  }
  return undefined;
}

/** The bracket or brace that nothing closes; of several the last, which is the innermost. */
function lastUnclosed(tokens: readonly CST.Token[]): CST.FlowCollection["start"] | undefined {
  let last: CST.FlowCollection["start"] | undefined;
  for (const token of tokensIn(tokens)) {
    if (token.type !== "flow-collection" || token.start.offset < (last?.offset ?? 0)) continue;
    const closing = token.start.type === "flow-seq-start" ? "flow-seq-end" : "flow-map-end";
    if (!token.end.some(({ type }) => type === closing)) last = token.start;
  }
  return last;
}

/** Every token of the trees; they are no deeper than limits allow. */
function* tokensIn(tokens: readonly CST.Token[]): Generator<CST.Token> {
  for (const token of tokens) {
    yield token;
    if (token.type === "document" && token.value) yield* tokensIn([token.value]);
    if ("items" in token) yield* tokensIn(token.items.flatMap(({ key, value }) => [key ?? [], value ?? []].flat()));
  }
}

/** A comment in JSON, which YAML takes for the beginning of a key. */
export function commentInJson(text: string): Defect | undefined {
  if (!/^\s*[{[]\s*(?:"|\/[/*])/.test(text) || !/[{[,]\s*\/[/*]/.test(text)) return undefined;
  let quoted = false;
  for (const { 0: found, index } of text.matchAll(/\\.|"|[{[,]\s*\/[/*]/gs)) {
    if (found === '"') quoted = !quoted;
    if (quoted || found.length < 3) continue; // a quote, or what is escaped
    const hint = "leave it out, or write it in YAML, behind a #";
    return { rule: "syntax", message: "JSON has no comments", offset: index + found.length - 2, hint };
  }
  return undefined;
}

/** V8 says what JSON lacks, and where, better than a parser of YAML can; but not of every error it says where. */
function jsonDefect(text: string): Defect | undefined {
  if (!/^\s*[{[]\s*["{[]/.test(text)) return undefined;
  try {
    JSON.parse(text);
  } catch (error) {
    const [, said, offset] = /^(.*) in JSON at position (\d+)/.exec(String(error).replace(/^SyntaxError: /, "")) ?? [];
    if (said !== undefined) return { rule: "syntax", message: said, offset: Number(offset) };
  }
  return undefined;
}

/** A tab before the first other character of the line that holds an error. */
function tabInIndent(text: string, offset: number): number | undefined {
  const start = text.lastIndexOf("\n", offset - 1) + 1;
  const end = text.indexOf("\n", start);
  const indent = /^ *\t/.exec(text.slice(start, end < 0 ? text.length : end));
  return indent ? start + indent[0].length - 1 : undefined;
}
