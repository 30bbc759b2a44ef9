/**
 * A message of an AsyncAPI document, 2.x or 3.x, as an action.
 * https://www.asyncapi.com/docs/reference/specification/v3.0.0#messageObject
 */
import type { Json } from "../contract.js";
import type { Node } from "../document.js";
import type { Problems } from "../problem.js";
import { docOf } from "./doc.js";
import type { DraftAction } from "./draft.js";

/** Schema languages that are JSON Schema, or near enough for one normaliser. */
const JSON_SCHEMA = /^application\/(vnd\.aai\.asyncapi|schema|vnd\.oai\.openapi)(\+(json|yaml))?(;|$)/i;

/** The operation that lists a message: it lends its name, and its words where it says the message, to one without. */
export interface Owner {
  readonly key: string;
  readonly node?: Node;
}

/**
 * The action a message stands for; undefined, with a problem, where its payload is nothing that can be read.
 * `key` is what the message is called where it is listed.
 */
export function messageOf(
  node: Node,
  key: string | undefined,
  owner: Owner,
  problems: Problems,
): DraftAction | undefined {
  const title = node.text("name") ?? key ?? owner.key;
  const payload = schemaOf(node, title, problems);
  if (payload === "unreadable") return undefined;
  return {
    title,
    node,
    ...(payload && { payload }),
    ...docOf([node, ...(owner.node ? [owner.node] : [])], examplesOf(node)),
  };
}

/** The payload's schema: plain, or wrapped with the name of its language (AsyncAPI 3), or named beside it (2.x). */
function schemaOf(node: Node, title: string, problems: Problems): Node | undefined | "unreadable" {
  const payload = node.get("payload");
  const wrapped = payload?.get("schema");
  const format = wrapped ? payload?.text("schemaFormat") : node.text("schemaFormat");
  if (format !== undefined && !JSON_SCHEMA.test(format)) {
    problems.error(
      "schema-format",
      `message ${title} is described in ${format}, which is not supported`,
      wrapped ? payload : node,
      "JSON Schema, AsyncAPI's and OpenAPI's schema objects are.",
    );
    return "unreadable";
  }
  return wrapped && isSchemaWrapper(payload) ? wrapped : payload;
}

/** `{schemaFormat?, schema}` and nothing of a schema's own beside it. */
function isSchemaWrapper(payload: Node | undefined): boolean {
  return payload?.get("type") === undefined && payload?.get("properties") === undefined;
}

function examplesOf(node: Node): Json[] {
  const payloads = (node.get("examples")?.children() ?? []).map((example) => example.raw("payload")?.value);
  return payloads.filter((payload) => payload !== undefined) as Json[]; // parsed from YAML or JSON, so JSON
}
