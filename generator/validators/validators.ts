/**
 * The validators of the declared types as one TypeScript module: ajv's standalone code, whose helpers and formats come
 * from our runtime, so that nothing is compiled, required or evaluated where it runs.
 */
import type { ValidateFunction } from "ajv";
import type { TypeDeclaration } from "../contract.js";
import { normalise } from "../normalise/normalise.js";
import type { Int64 } from "../options.js";
import { layStatements } from "../types/statement-layout.js";
import { ajvSchema, newAjv } from "./ajv.js";
import { addBigints, constantsFirst } from "./bigint-keyword.js";
import { Helpers } from "./validator-helpers.js";

/** One exported validator for each of these types; what they share is there once. Empty where there are none. */
export async function validatorsText(
  types: readonly TypeDeclaration[],
  exported: readonly string[],
  int64?: Int64,
): Promise<string> {
  if (exported.length === 0) return "";
  const { types: normal } = normalise(
    types.filter((type) => !type.bytes),
    int64,
  );
  const bytes = exported.filter((name) => types.some((type) => type.name === name && type.bytes));
  const values = exported.filter((name) => !bytes.includes(name));
  const ids = new Map(normal.map(({ name }, index) => [name, `type${index}`]));
  const schemas = new Map(
    normal.map(({ name, schema }) => [
      idOf(ids, name),
      ajvSchema(int64 === "bigint" ? constantsFirst(schema) : schema, (type) => idOf(ids, type)),
    ]),
  );
  const { default: standalone } = await import("ajv/dist/standalone/index.js");
  const helpers = await Helpers.load();
  const ajv = await newAjv([...schemas.values()], { esm: true, lines: true, source: true });
  helpers.addFormats(ajv);
  await addBigints(ajv);
  for (const [id, schema] of schemas) ajv.addSchema({ ...schema, $id: id });

  const wanted = values.map((name) => ({ name, validate: compiled(ajv.getSchema(idOf(ids, name)), name) }));
  for (const { validate } of wanted) helpers.replaceIn(validate);
  // ajv exports ASCII names only, so it is given numbers, and its export lines are replaced by typed ones.
  const printed = standalone.default(
    ajv,
    Object.fromEntries(values.map((name, index) => [`exported${index}`, idOf(ids, name)])),
  );
  const body = wanted.reduce(
    (code, { validate }, index) => {
      return withoutLine(code, `export const exported${index} = ${validate.source?.validateName};`);
    },
    withoutLine(printed, '"use strict";'),
  );
  if (/\brequire\s*\(/.test(body.replace(/"(?:[^"\\]|\\.)*"/g, '""')))
    throw new Error("a validator would need require()");
  const names = [
    ...wanted.map(({ name, validate }) => [name, String(validate.source?.validateName)] as const),
    ...bytes.map((name) => [name, "bytes"] as const), // no schema: ours checks them
  ];
  const used = bytes.length > 0 ? ["bytes", ...helpers.used].sort() : helpers.used;
  return [head(used), exports(names), layStatements(named(body, normal))].join("\n");
}

function head(helpers: readonly string[]): string {
  const imports = helpers.length > 0 ? `import { ${helpers.join(", ")} } from "@actionwire/runtime/validators";\n` : "";
  return `// @ts-nocheck\nimport type { Validate } from "@actionwire/runtime";\n${imports}`;
}

/** Names that ajv's code uses itself, or might: an export of such a name must not stand in its way. */
const TAKEN = /^(?:[^A-Z]|(?:Array|Error|Infinity|Math|NaN|Number|Object|RegExp|Set|String|Validate)$)/;

function exports(names: readonly (readonly [name: string, validate: string])[]): string {
  const lines = names.map(([name, validate], index) => {
    const own = TAKEN.test(name) ? `exported${index}` : name;
    const line = `const ${own}: Validate = ${validate};\n`;
    return own === name ? `export ${line}` : `${line}export { ${own} as ${name} };\n`;
  });
  return lines.join("");
}

function idOf(ids: ReadonlyMap<string, string>, name: string): string {
  const id = ids.get(name);
  if (id === undefined) throw new Error(`no type is called ${name}`);
  return id;
}

function compiled(validate: unknown, name: string): ValidateFunction {
  if (typeof validate !== "function") throw new Error(`ajv made no validator of ${name}`);
  return validate as ValidateFunction; // ajv.getSchema's own type also allows asynchronous ones, which nobody asked for
}

/** ajv says in each function which schema it checks, by id; people know it by name. */
function named(code: string, types: readonly TypeDeclaration[]): string {
  return code.replace(/\/\*# sourceURL="type(\d+)" \*\/;/g, (_, index: string) => `// ${types[Number(index)]?.name}`);
}

function withoutLine(code: string, line: string): string {
  const start = code.indexOf(line);
  if (start < 0) throw new Error(`ajv printed no line ${line}`);
  return code.slice(0, start) + code.slice(start + line.length);
}
