/**
 * Whether a loaded document can be understood: its kind, the shape of what generation reads, and its payload schemas.
 * Vendors' files break many rules of their specification; what generation does not depend on is at most a warning.
 */

import type { Node } from "../document.js";
import type { Problems } from "../problem.js";
import { checkSchemas } from "./check-schema.js";
import { checkShape, type PayloadSchema } from "./check-shape.js";
import { dialectOf, type Kind } from "./dialect.js";
import { Reach } from "./reach.js";

export type { Kind } from "./dialect.js";

/**
 * Reports every defect it finds; those that nothing depends on become warnings, whoever found them. Throws InputError
 * only where the document is of no kind we read.
 */
export function check(root: Node, problems: Problems): Kind {
  const kind = dialectOf(root, problems);
  const schemas = checkShape(root, kind.format === "actions" ? "actions" : `asyncapi-${kind.major}`, problems);
  const reach = new Reach(root, isSilent(root));
  checkSchemas(schemas.flatMap(schemaNode), reach, problems);
  problems.demote((place) => !reach.needs(place));
  return kind;
}

/** Whether no channel says anything: then the document is there for its components. */
function isSilent(root: Node): boolean {
  const channels = root.get("channels")?.children() ?? [];
  const said = (channel: Node) =>
    channel.get("messages")?.children()[0] ??
    channel.get("publish")?.get("message") ??
    channel.get("subscribe")?.get("message");
  return root.raw("actions") === undefined && !channels.some(said);
}

/**
 * The JSON Schema of a payload; none where it is in another language (Avro, RAML, Protobuf).
 * https://www.asyncapi.com/docs/reference/specification/v3.1.0#multiFormatSchemaObject
 */
function schemaNode({ node, format }: PayloadSchema): Node[] {
  const inner = node.text("schemaFormat") === undefined ? undefined : node.get("schema");
  const language = inner ? node.text("schemaFormat") : format;
  return language === undefined || /asyncapi|json|openapi/i.test(language) ? [inner ?? node] : [];
}
