/**
 * The validators of the declared types as one TypeScript module: ajv's standalone code, whose helpers and formats come
 * from our runtime, so that nothing is compiled, required or evaluated where it runs.
 */
import type { Ajv, AnySchemaObject } from "ajv";
import { ValueScope } from "ajv/dist/compile/codegen/scope.js";
import type { Representation, Schema, TypeDeclaration } from "../contract.js";
import { Memo } from "../memo.js";
import type { Members } from "../normalise/keywords.js";
import { normalise } from "../normalise/normalise.js";
import type { Errors } from "../options.js";
import { tagOf } from "../types/tagged.js";
import { ajvSchema, namesInherited, newAjv } from "./ajv.js";
import { addBigints, constantsFirst } from "./bigint-keyword.js";
import { addCalls } from "./call-keyword.js";
import { choosingTypes } from "./choosing.js";
import { closedTwins } from "./closing.js";
import { addCounting } from "./counting-keywords.js";
import { countingTypes, foundIn } from "./evaluation.js";
import { PREFIXES } from "./names-in-code.js";
import { PatternPrograms } from "./pattern-programs.js";
import { reachable } from "./reachable.js";
import { addTagged } from "./tagged-keyword.js";
import { addUnions } from "./union-keywords.js";
import { addUnique } from "./unique-keyword.js";
import { addFormats, Helpers } from "./validator-helpers.js";

/** One exported validator for each of these types; what they share is there once. Empty where there are none. */
export async function validatorsText(
  types: readonly TypeDeclaration[],
  exported: readonly string[],
  represented: Representation = {},
  errors?: Errors,
): Promise<string> {
  if (exported.length === 0) return "";
  const { types: normal } = normalise(
    types.filter((type) => !type.bytes),
    represented,
  );
  const makesBigints = represented.int64 !== undefined;
  const ofBytes = new Set(types.flatMap((type) => (type.bytes ? [type.name] : [])));
  const bytes = exported.filter((name) => ofBytes.has(name));
  const values = exported.filter((name) => !ofBytes.has(name));
  const own = new Map(normal.map(({ name, schema }) => [name, makesBigints ? constantsFirst(schema) : schema]));
  const schemas = makesBigints ? own : closedTwins(types, own, values, whole(own, errors));
  const printer = await Printer.of(
    schemas,
    errors === "all" ? tellingAll(schemas, makesBigints) : new Set(),
    makesBigints,
  );
  const printed = reachable(values, schemas).map((name) => printer.print(name));
  const names = [
    ...values.map((name) => [name, functionOf(name)] as const),
    ...bytes.map((name) => [name, "bytes"] as const), // no schema: ours checks them
  ];
  const used = [...new Set([...printed.flatMap((one) => one.used), ...(bytes.length > 0 ? ["bytes"] : [])])].sort();
  return [head(used), exports(names), printed.map(({ text }) => text).join("")].join("\n");
}

/**
 * Types that are not parted into a twin and what closes it: where ajv counts what has been looked at, and where all that is
 * wrong with an alternative is told, as both parts would tell it.
 */
function whole(schemas: ReadonlyMap<string, Schema>, errors: Errors | undefined): ReadonlySet<string> {
  return new Set([...countingTypes(schemas), ...(errors === "all" ? choosingTypes(schemas) : [])]);
}

/**
 * Types whose validators tell every violation. One that makes bigints of numbers stops at the first, so that an
 * alternative that is not meant makes nothing of what another one is meant for.
 */
function tellingAll(schemas: ReadonlyMap<string, Schema>, makesBigints: boolean): ReadonlySet<string> {
  const first = makesBigints ? choosingTypes(schemas) : new Set();
  return new Set([...schemas.keys()].filter((name) => !first.has(name)));
}

/** What the validator of a type is called in its module. */
function functionOf(name: string): string {
  return name === "NaN" || name === "Finite" ? `is$${name}` : `is${name}`; // the code calls the language's own
}

/** A type's function as one line, after the constants that it alone uses, a line each. */
interface Printed {
  readonly text: string;
  /** Names of what it must import. */
  readonly used: readonly string[];
}

const known = new Memo<Printed>(({ text }) => text.length);

class Printer {
  readonly #ajv: Ajv;
  readonly #programs: PatternPrograms;
  readonly #schemas: ReadonlyMap<string, Schema>;
  /** Types of which must be known what they evaluate. */
  readonly #counting: ReadonlySet<string>;
  /** Types whose validators tell every violation. */
  readonly #telling: ReadonlySet<string>;
  /** Validators are called with nothing but the value. */
  readonly #plainly: boolean;
  readonly #newScope: () => Ajv["scope"];

  private constructor(
    ajv: Ajv,
    programs: PatternPrograms,
    schemas: ReadonlyMap<string, Schema>,
    telling: ReadonlySet<string>,
    plainly: boolean,
    newScope: () => Ajv["scope"],
  ) {
    this.#ajv = ajv;
    this.#programs = programs;
    this.#schemas = schemas;
    this.#counting = countingTypes(schemas);
    this.#telling = telling;
    this.#plainly = plainly;
    this.#newScope = newScope;
  }

  static async of(
    schemas: ReadonlyMap<string, Schema>,
    telling: ReadonlySet<string>,
    makesBigints: boolean,
  ): Promise<Printer> {
    const ownProperties = [...schemas.values()].some(namesInherited);
    const ajv = newAjv({ code: { esm: true, source: true, process: unused }, ownProperties });
    const programs = await PatternPrograms.of([...schemas.values()]);
    addFormats(ajv);
    addCalls(ajv, !makesBigints);
    addUnique(ajv);
    addCounting(ajv);
    addUnions(ajv);
    addTagged(ajv);
    addBigints(ajv);
    const newScope = () => new ValueScope({ scope: {}, prefixes: new Set(PREFIXES), es5: false, lines: false });
    return new Printer(ajv, programs, schemas, telling, !makesBigints, newScope);
  }

  print(name: string): Printed {
    const counts = this.#counting.has(name);
    const schema = ajvSchema(this.#schemas.get(name) ?? true, {
      refTo: (type) => ({ is: functionOf(type) }),
      counts,
      tagOf: (branches) => tagOf(branches, this.#schemas),
      foundIn: (part) => foundIn(part, this.#schemas),
    });
    const telling = this.#telling.has(name);
    const { ownProperties } = this.#ajv.opts;
    const key = JSON.stringify([name, counts, telling, ownProperties, this.#plainly, schema]);
    return known.of(key, () => this.#compiled(name, schema, this.#fresh(counts, telling)));
  }

  #compiled(name: string, schema: Members, own: Ajv): Printed {
    const helpers = new Helpers(this.#programs, functionOf(name));
    const validate = own.compile(schema as AnySchemaObject); // ajv's schemas are mutable to TypeScript; it changes none
    const { source } = validate;
    if (!source) throw new Error(`ajv printed no validator of ${name}`);
    own.removeSchema(schema); // it would be kept, with its text
    const body = helpers.codeOf(source);
    const lines = helpers.constants.map(({ own, code }) => `const ${own} = ${code};\n`);
    const evaluated = source.evaluated ? `${functionOf(name)}.evaluated = ${String(source.evaluated)};\n` : "";
    return { text: `${lines.join("")}${body}\n${evaluated}`, used: helpers.used };
  }

  /**
   * ajv with names of its own for each type: numbers count from the same start, whatever was printed before. ajv's pass over
   * what it has made takes as long as making it; it is worth that where code goes on after an error.
   */
  #fresh(counts: boolean, allErrors: boolean): Ajv {
    Object.assign(this.#ajv, { scope: this.#newScope() });
    Object.assign(this.#ajv.opts, { unevaluated: counts, allErrors });
    Object.assign(this.#ajv.opts.code, { optimize: allErrors ? 1 : 0 });
    return this.#ajv;
  }
}

/** What ajv makes a function of, beside what is printed: no such function is called here, and making one takes time. */
function unused(): string {
  return "return () => true";
}

function head(helpers: readonly string[]): string {
  const imports = helpers.length > 0 ? `import { ${helpers.join(", ")} } from "@actionwire/runtime/validators";\n` : "";
  return `// @ts-nocheck\nimport type { Validate } from "@actionwire/runtime";\n${imports}`;
}

/** Names that ajv's code uses itself, or might: an export of such a name must not stand in its way. */
const TAKEN = /^(?:[^A-Z]|(?:Array|BigInt|Error|Infinity|Math|NaN|Number|Object|RegExp|Set|String|Validate)$)/;

function exports(names: readonly (readonly [name: string, validate: string])[]): string {
  const lines = names.map(([name, validate], index) => {
    const own = TAKEN.test(name) ? `exported${index}` : name;
    const line = `const ${own}: Validate = ${validate};\n`;
    return own === name ? `export ${line}` : `${line}export { ${own} as ${name} };\n`;
  });
  return lines.join("");
}
