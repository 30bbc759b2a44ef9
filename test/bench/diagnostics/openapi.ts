/**
 * The same defect on the same line of an OpenAPI document; undefined where OpenAPI has no such thing.
 */

/** A channel with one message, and a path with one parameter, whose schema stands as deep. */
const CHANNEL = "channels:\n  chat:\n    address: /\n    messages:\n      hello:\n        payload:\n";
const PATH = "paths:\n  /chat:\n    parameters:\n      - name: hello\n        in: query\n        schema:\n";

/** Messages among components, and headers. */
const MESSAGES = /^ {2}messages:\n((?: {4}\w+:\n {6}payload:.*\n(?: {8}.*\n)*)+)/m;

const OPERATIONS = /^operations:\n(?: {2}.*\n)*/m;

/** Broken before anybody asks what kind of document it is. */
const TEXTS = new Set(
  (
    "tab indentation no-colon no-space second-colon at-sign unclosed unterminated quote-runs-on duplicate-key bad-key " +
    "two-documents syntax comment cut-off crlf-syntax latin1 binary empty only-comments deep unknown-alias misspelt-alias " +
    "alias-circle alias-bomb bad-merge merge-circle prose list misspelt-root no-version swagger json-schema package"
  ).split(" "),
);

export function asOpenapi(name: string, text: string): string | undefined {
  const lines = text.replaceAll("\r\n", "\n");
  const opened = lines
    .replace(/^asyncapi: 3\.0\.0$/m, "openapi: 3.1.0")
    .replace(/^asnycapi: 3\.0\.0$/m, "opneapi: 3.1.0")
    .replace('"asyncapi": "3.0.0"', '"openapi": "3.1.0"');
  if (TEXTS.has(name.replace(/\..*$/, ""))) {
    return ending(opened.replace(/^channels(?=:?)/m, "paths").replace(OPERATIONS, commented), text);
  }
  const isChannel = opened.includes(CHANNEL);
  if (!isChannel && !MESSAGES.test(opened)) return undefined;
  const parts = opened.replace(CHANNEL, PATH).replace(MESSAGES, headers).replace(OPERATIONS, commented);
  // What else is only AsyncAPI's is in its operations, which would have gone with them.
  return CHANNEL_DEFECTS.has(name) ? undefined : ending(parts, text);
}

const CHANNEL_DEFECTS = new Set(
  (
    "action-list foreign-message channel-ref channel-ref-kind channel-text message-misspelt no-channel reply-channel reply-ref " +
    "same-constant schema-format security-type title-list"
  )
    .split(" ")
    .map((name) => `${name}.yaml`),
);

function headers(_: string, messages: string): string {
  return `  headers:\n${messages.replace(/^ {6}payload:/gm, "      schema:")}`;
}

function commented(block: string): string {
  return block.replace(/^/gm, "# ").replace(/# $/, "");
}

function ending(lines: string, original: string): string {
  return original.includes("\r\n") ? lines.replaceAll("\n", "\r\n") : lines;
}
