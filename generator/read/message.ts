/**
 * A message of an AsyncAPI document, 2.x or 3.x, as an action.
 * https://www.asyncapi.com/docs/reference/specification/v3.0.0#messageObject
 */
import type { Json } from "../contract.js";
import type { Node } from "../document.js";
import { described } from "../languages/described.js";
import { correlationOf } from "./correlation.js";
import { docOf } from "./doc.js";
import type { DraftAction } from "./draft.js";
import { responseOf } from "./response.js";

/** The operation that lists a message: it lends its name, and its words where it says the message, to one without. */
export interface Owner {
  readonly key: string;
  readonly node?: Node;
}

/** The action a message stands for. `key` is what the message is called where it is listed. */
export function messageOf(node: Node, key: string | undefined, owner: Owner): DraftAction {
  const title = node.text("name") ?? key ?? owner.key;
  const schema = node.get("payload");
  const { node: payload, format } = schema ? described(schema, node.text("schemaFormat")) : {};
  return {
    title,
    node,
    ...(payload && { payload }),
    ...(format !== undefined && { format }),
    ...correlationOf(node),
    ...responseOf(node),
    ...docOf([node, ...(owner.node ? [owner.node] : [])], examplesOf(node)),
  };
}

function examplesOf(node: Node): Json[] {
  const payloads = (node.get("examples")?.children() ?? []).map((example) => example.raw("payload")?.value);
  return payloads.filter((payload) => payload !== undefined) as Json[]; // parsed from YAML or JSON, so JSON
}
