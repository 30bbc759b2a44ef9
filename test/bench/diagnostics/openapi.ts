/**
 * The same defect on the same line of an OpenAPI document; undefined where OpenAPI has no such thing.
 */

/** A channel with one message, and a path with one parameter whose schema stands as deep. */
const CHANNEL = "channels:\n  chat:\n    address: /\n    messages:\n      hello:\n        payload:\n";
const PATH = "paths:\n  /chat:\n    parameters:\n      - name: hello\n        in: query\n        schema:\n";

/** Messages among components, which become headers. */
const MESSAGES = /^ {2}messages:\n((?: {4}\w+:\n {6}payload:.*\n(?: {8}.*\n)*)+)/m;

const OPERATIONS = /^operations:\n(?: {2}.*\n)*/m;

const set = (words: string): ReadonlySet<string> => new Set(words.split(" "));

/** Broken before anybody asks what kind of document it is. */
const TEXTS = set(
  "tab indentation no-colon no-space second-colon at-sign unclosed unterminated quote-runs-on duplicate-key bad-key " +
    "two-documents syntax comment cut-off crlf-syntax latin1 binary empty only-comments deep unknown-alias misspelt-alias " +
    "alias-circle alias-bomb bad-merge merge-circle prose list misspelt-root no-version swagger json-schema package",
);

/** Broken in what goes with the channel and its operations. */
const ONLY_OURS = set(
  "action-list foreign-message channel-ref channel-ref-kind channel-text message-misspelt no-channel reply-channel reply-ref " +
    "same-constant schema-format security-type title-list",
);

export function asOpenapi(file: string, text: string): string | undefined {
  const name = file.replace(/\..*$/, "");
  if (ONLY_OURS.has(name)) return undefined;
  const opened = text
    .replaceAll("\r\n", "\n")
    .replace(/^asyncapi: 3\.0\.0$/m, "openapi: 3.1.0")
    .replace(/^asnycapi: 3\.0\.0$/m, "opneapi: 3.1.0")
    .replace('"asyncapi": "3.0.0"', '"openapi": "3.1.0"')
    .replace(OPERATIONS, commented);
  if (TEXTS.has(name)) return ending(opened.replace(/^channels/m, "paths"), text);
  if (opened.includes(CHANNEL)) return ending(opened.replace(CHANNEL, PATH), text);
  return MESSAGES.test(opened) ? ending(opened.replace(MESSAGES, headers), text) : undefined;
}

function headers(_: string, messages: string): string {
  return `  headers:\n${messages.replace(/^ {6}payload:/gm, "      schema:")}`;
}

function commented(block: string): string {
  return block.replace(/^(?=.)/gm, "# ");
}

function ending(lines: string, original: string): string {
  return original.includes("\r\n") ? lines.replaceAll("\n", "\r\n") : lines;
}
