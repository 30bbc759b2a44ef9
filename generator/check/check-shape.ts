/**
 * The parts of a document against their schemas in `schemas/`: the document itself, and what each reference in it leads to,
 * which must be what the schema says of that reference.
 */
import { type Node, refOf } from "../document.js";
import type { Problems } from "../problem.js";
import { Met } from "./met.js";
import type { SchemaFile } from "./schema-files.js";
import { below, reportShape } from "./shape-problems.js";
import { shapesOf } from "./shapes.js";

/** A JSON Schema met on the way, and the language it says it is written in. */
export interface PayloadSchema {
  readonly node: Node;
  readonly format: string | undefined;
}

/** Checks a document and everything it refers to, each part once; returns the payload schemas in it. */
export async function checkShape(root: Node, schema: SchemaFile, problems: Problems): Promise<PayloadSchema[]> {
  const shapes = await shapesOf(schema);
  const found: PayloadSchema[] = [];
  const seen = new Set<string>();
  const open: { node: Node; definition: string }[] = [{ node: root, definition: "whole" }];
  // Grows while it is walked.
  for (const { node, definition } of open) {
    const shape = shapes[definition];
    if (!shape) throw new Error(`${schema} does not define ${definition}`);
    const met = new Met();
    shape.call(met, node.value);
    reportShape(node, shape.errors ?? [], met.misspelt, problems);
    for (const { at, format } of met.schemas) {
      const payload = behindAt(node, at);
      if (payload) found.push({ node: payload, format: typeof format === "string" ? format : undefined });
    }
    for (const { at, definition } of met.references) {
      const reference = below(node, at);
      const target = reference && behind(reference);
      if (!target || seen.has(`${definition} ${target.at}`)) continue;
      seen.add(`${definition} ${target.at}`);
      open.push({ node: target, definition });
    }
  }
  return found;
}

/** What a JSON pointer leads to, behind its own reference, which the node then remembers. */
function behindAt(node: Node, at: string): Node | undefined {
  const end = at.lastIndexOf("/");
  const written = below(node, at);
  if (end < 0 || !written || !behind(written)) return written && behind(written);
  return below(node, at.slice(0, end))?.get(written.path.at(-1) ?? "");
}

/** What a node as written stands for. */
function behind(node: Node): Node | undefined {
  const ref = refOf(node.value);
  return ref === undefined ? node : node.follow(ref);
}
