/**
 * The parts of a document against their schemas in `schemas/`. The schemas carry four words of ours, read here:
 *
 * - `x-reference: "channel"`: a reference stands here; what it leads to must be that definition.
 * - `x-schema: true`: a JSON Schema of the document's author stands here.
 * - `x-severity: "warning"`: nothing that is generated depends on this.
 * - `x-suggest: true`: other keys are allowed, but one that nearly is a known one is likely misspelt.
 */
import { Ajv, type AnySchemaObject, type ValidateFunction } from "ajv";
import { type Node, refOf } from "../document.js";
import { nearest } from "../nearest.js";
import type { Problems } from "../problem.js";
import { type SchemaFile, schemaFile } from "./schema-files.js";
import { below, kindNames, kindOf, type Misspelt, reportShape } from "./shape-problems.js";

/** A JSON Schema met on the way, and the language it says it is written in. */
export interface PayloadSchema {
  readonly node: Node;
  readonly format: string | undefined;
}

/** What the keywords meet while one part is validated; places as JSON pointers below it. */
interface Met {
  readonly references: { readonly at: string; readonly definition: string }[];
  readonly schemas: { readonly at: string; readonly format: unknown }[];
  readonly misspelt: Misspelt[];
}

/** Where a keyword meets its value; the part we use of ajv's type, which it does not export. */
interface Context {
  readonly instancePath: string;
  readonly parentData: Readonly<Record<string, unknown>>;
}

/** Checks a document and everything it refers to, each part once; returns the payload schemas in it. */
export function checkShape(root: Node, schema: SchemaFile, problems: Problems): PayloadSchema[] {
  const ajv = compiler();
  ajv.addSchema(schemaFile(schema), schema);
  const found: PayloadSchema[] = [];
  const seen = new Set<string>();
  const open: { node: Node; definition: string }[] = [{ node: root, definition: "" }];
  // Grows while it is walked.
  for (const { node, definition } of open) {
    const validate = ajv.getSchema(definition && `${schema}#/definitions/${definition}`) ?? ajv.getSchema(schema);
    if (!validate) throw new Error(`no schema ${schema}`);
    const met = run(validate, node.value);
    reportShape(node, validate.errors ?? [], met.misspelt, problems);
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

function run(validate: ValidateFunction, value: unknown): Met {
  const met: Met = { references: [], schemas: [], misspelt: [] };
  validate.call(met, value);
  return met;
}

function compiler(): Ajv {
  // Optimising takes longer than running once does. `passContext` makes `this` of the keywords below what `run` calls with.
  const ajv = new Ajv({
    allErrors: true,
    verbose: true,
    strict: false,
    validateSchema: false,
    passContext: true,
    code: { optimize: false },
  });
  ajv.addKeyword({
    keyword: "x-reference",
    validate(this: Met, definition: string, _value: unknown, _schema: unknown, context?: Context): boolean {
      this.references.push({ at: context?.instancePath ?? "", definition });
      return true;
    },
  });
  ajv.addKeyword({
    keyword: "x-schema",
    validate(this: Met, _: boolean, value: unknown, schema?: AnySchemaObject, context?: Context): boolean {
      // What is of none of the types beside this is no schema, as has been said then.
      const types = [schema?.["type"] ?? []].flat();
      if (types.length > 0 && !types.some((type) => kindOf(value) === kindNames[type])) return true;
      this.schemas.push({ at: context?.instancePath ?? "", format: context?.parentData["schemaFormat"] });
      return true;
    },
  });
  ajv.addKeyword({
    keyword: "x-suggest",
    type: "object",
    validate(this: Met, _: boolean, value: object, schema?: AnySchemaObject, context?: Context): boolean {
      const known = Object.keys(schema?.["properties"] ?? {});
      const free = known.filter((key) => !Object.hasOwn(value, key));
      for (const key of Object.keys(value)) {
        const near = key.startsWith("x-") || known.includes(key) ? undefined : nearest(key, free);
        if (near) this.misspelt.push({ at: context?.instancePath ?? "", key, near });
      }
      return true;
    },
  });
  return ajv;
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
