/**
 * The schemas in `schemas/` as functions. From sources they are compiled when asked for; the package's build prints them
 * (`printShapes`) and puts what it printed in the place of this file, so that a run compiles none of them.
 */
import { Ajv, type KeywordCxt, type ValidateFunction } from "ajv";
import { _, type Code, Name, strConcat, stringify } from "ajv/dist/compile/codegen/index.js";
import standalone from "ajv/dist/standalone/index.js";
import type { Met } from "./met.js";
import { type SchemaFile, schemaFile } from "./schema-files.js";

/** Checks a value; says on its way what it meets, and in `errors` what is wrong. */
export interface Shape extends Pick<ValidateFunction, "errors"> {
  call(met: Met, value: unknown): boolean;
}

/** What references may lead to in a schema, by the names of its definitions; itself as `whole`. */
export type Shapes = Readonly<Record<string, Shape>>;

export async function shapesOf(schema: SchemaFile): Promise<Shapes> {
  const ajv = compiler(schema);
  return Object.fromEntries(
    Object.entries(addresses(schema)).map(([name, address]) => {
      const shape = ajv.getSchema(address);
      if (!shape) throw new Error(`no schema ${address}`);
      return [name, shape as Shape]; // called as what ajv makes of any schema
    }),
  );
}

/** The same as the text of a module. */
export function printShapes(schema: SchemaFile): string {
  return standalone.default(compiler(schema), addresses(schema));
}

/** Where ajv finds each. */
function addresses(schema: SchemaFile): Record<string, string> {
  const references = JSON.stringify(schemaFile(schema)).matchAll(/"x-reference":"(\w+)"/g);
  const named = [...references].map(([, name = ""]) => [name, `${schema}#/definitions/${name}`] as const);
  return { ...Object.fromEntries(named), whole: schema };
}

function compiler(schema: SchemaFile): Ajv {
  // `passContext` makes `this` of the keywords below what a shape is called with. No limit on text is more than 1, so
  // what a character is does not matter.
  const ajv = new Ajv({
    allErrors: true,
    verbose: true,
    strict: false,
    validateSchema: false,
    passContext: true,
    unicode: false,
    logger: false,
    code: { source: true, esm: true, lines: true },
  });
  ajv.addKeyword({
    keyword: "x-reference",
    code: (cxt) => cxt.gen.code(_`this.reference(${placeOf(cxt)}, ${cxt.schema})`),
  });
  ajv.addKeyword({
    keyword: "x-schema",
    code: (cxt) => {
      const types = stringify([cxt.parentSchema["type"] ?? []].flat());
      cxt.gen.code(_`this.schema(${placeOf(cxt)}, ${cxt.data}, ${cxt.it.parentData}, ${types})`);
    },
  });
  ajv.addKeyword({
    keyword: "x-suggest",
    type: "object",
    code: (cxt) => {
      const known = stringify(Object.keys(cxt.parentSchema["properties"] ?? {}));
      cxt.gen.code(_`this.keys(${placeOf(cxt)}, ${cxt.data}, ${known})`);
    },
  });
  ajv.addSchema(schemaFile(schema), schema);
  return ajv;
}

function placeOf({ it }: KeywordCxt): Code {
  return strConcat(new Name("instancePath"), it.errorPath);
}
