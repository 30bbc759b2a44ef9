/**
 * Whether a loaded document can be understood: its kind, the shape of what generation reads, and its payload schemas.
 * Vendors' files break many rules of their specification; what generation does not depend on is at most a warning.
 */

import type { Node } from "../document.js";
import type { Problems } from "../problem.js";
import { checkSchemas } from "./check-schema.js";
import { checkShape, type PayloadSchema } from "./check-shape.js";
import { dialectOf, type Kind } from "./dialect.js";

export type { Kind } from "./dialect.js";

/** Reports every defect it finds. Throws InputError only where the document is of no kind we read. */
export function check(root: Node, problems: Problems): Kind {
  const kind = dialectOf(root, problems);
  const schemas = checkShape(root, kind.format === "actions" ? "actions" : `asyncapi-${kind.major}`, problems);
  checkSchemas(schemas.flatMap(schemaNode), problems);
  return kind;
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
