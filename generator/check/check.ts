/**
 * Whether a loaded document can be understood: its kind, the shape of what generation reads, and its payload schemas.
 * Vendors' files break many rules of their specification; what generation does not depend on is at most a warning.
 */

import type { Node } from "../document.js";
import { described } from "../languages/described.js";
import { languageOf } from "../languages/language.js";
import type { Problems } from "../problem.js";
import { checkSchemas } from "./check-schema.js";
import { checkShape, type PayloadSchema } from "./check-shape.js";
import { dialectOf, type Kind } from "./dialect.js";
import { checkOperations, checkServerNames } from "./named.js";
import { Reach } from "./reach.js";

export type { Kind } from "./dialect.js";

/**
 * Reports every defect it finds; those that nothing depends on become warnings, whoever found them. Throws InputError
 * only where the document is of no kind we read.
 */
export async function check(root: Node, problems: Problems): Promise<Kind> {
  const kind = dialectOf(root, problems);
  const schemas = await checkShape(root, kind.format === "actions" ? "actions" : `asyncapi-${kind.major}`, problems);
  if (kind.format === "asyncapi") (kind.major === 2 ? checkServerNames : checkOperations)(root, problems);
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

/** The schema of a payload where it is a JSON Schema; of other languages their readers say what is wrong. */
function schemaNode(schema: PayloadSchema): Node[] {
  const { node, format } = described(schema.node, schema.format);
  return languageOf(format).kind === "json-schema" ? [node] : [];
}
