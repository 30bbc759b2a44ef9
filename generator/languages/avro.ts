/**
 * Avro schemas as JSON Schemas of Avro's own JSON encoding. The one place that loads avsc, an optional package: few
 * documents need it. https://avro.apache.org/docs/1.12.0/specification/#json-encoding
 */
import type { Json } from "../contract.js";

/** A JSON Schema, named types among its `definitions`; `root` is a key of those where the schema itself has a name. */
export interface Converted {
  readonly root: string | { readonly [keyword: string]: Json };
  readonly definitions: { readonly [name: string]: Json };
}

/** Throws an Error that says why where the value is no Avro schema. */
export type Convert = (schema: unknown) => Converted;

/** The part of avsc's types that is read here; its own declarations are incomplete. */
interface AvroType {
  readonly typeName: string;
  readonly name?: string;
  readonly branchName?: string;
  readonly doc?: string;
  readonly size?: number;
  readonly symbols?: readonly string[];
  readonly itemsType?: AvroType;
  readonly valuesType?: AvroType;
  readonly types?: readonly AvroType[];
  readonly fields?: readonly { readonly name: string; readonly type: AvroType; readonly doc?: string }[];
}

/** What converts; undefined where the package is not installed. */
export async function loadAvro(): Promise<Convert | undefined> {
  try {
    const { default: avsc } = await import("avsc");
    return (schema) => {
      // Types are found by name in the registry: a name such as `constructor` must not find what every object has.
      const options = { registry: Object.create(null) as Record<string, never> };
      return new Conversion().of(avsc.Type.forSchema(schema as never, options) as unknown as AvroType); // checked by avsc
    };
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ERR_MODULE_NOT_FOUND") return undefined;
    throw error;
  }
}

/** Bytes as text, each the code point of its value. */
const BYTES = { type: "string", pattern: "^[\\u0000-\\u00ff]*$" };

const PLAIN: Readonly<Record<string, { readonly [keyword: string]: Json }>> = {
  null: { type: "null" },
  boolean: { type: "boolean" },
  int: { type: "integer", format: "int32" },
  long: { type: "integer", format: "int64" },
  float: { type: "number" },
  double: { type: "number" },
  bytes: BYTES,
  string: { type: "string" },
};

class Conversion {
  readonly #names = new Map<string, string>();
  readonly #definitions = new Map<string, Json>();

  of(type: AvroType): Converted {
    const schema = this.#schema(type);
    const name = type.name === undefined ? undefined : this.#names.get(type.name);
    return { root: name ?? schema, definitions: Object.fromEntries(this.#definitions) };
  }

  #schema(type: AvroType): { readonly [keyword: string]: Json } {
    if (type.name === undefined) return this.#unnamed(type);
    const known = this.#names.get(type.name);
    const name = known ?? this.#give(type.name);
    if (known === undefined) this.#definitions.set(name, { ...this.#named(type), ...docOf(type) });
    return { $ref: `#/definitions/${name}` };
  }

  /** The last part of the full name, unless a namespace has been left behind that had the same. */
  #give(full: string): string {
    const short = full.split(".").at(-1) ?? full;
    const name = [...this.#names.values()].includes(short) ? full : short;
    this.#names.set(full, name);
    this.#definitions.set(name, true); // keeps its place while what it uses is added
    return name;
  }

  #named({ typeName, fields = [], symbols = [], size = 0 }: AvroType): { readonly [keyword: string]: Json } {
    if (typeName === "enum") return { type: "string", enum: symbols };
    if (typeName === "fixed") return { ...BYTES, minLength: size, maxLength: size };
    const members = fields.map((field): [string, Json] => [
      field.name,
      { ...this.#schema(field.type), ...docOf(field) },
    ]);
    return { type: "object", required: fields.map(({ name }) => name), properties: Object.fromEntries(members) };
  }

  #unnamed({ typeName, itemsType, valuesType, types }: AvroType): { readonly [keyword: string]: Json } {
    if (types) return { oneOf: types.map((branch) => this.#branch(branch)) };
    if (itemsType) return { type: "array", items: this.#schema(itemsType) };
    if (valuesType) return { type: "object", additionalProperties: this.#schema(valuesType) };
    const plain = Object.hasOwn(PLAIN, typeName) ? PLAIN[typeName] : undefined;
    if (!plain) throw new Error(`${JSON.stringify(typeName)} is no type that has a JSON encoding`);
    return plain;
  }

  /** A value of a union is wrapped with the name of its type; null is null. */
  #branch(type: AvroType): Json {
    if (type.typeName === "null") return { type: "null" };
    const name = type.branchName ?? type.typeName;
    return {
      type: "object",
      required: [name],
      properties: { [name]: this.#schema(type) },
      additionalProperties: false,
    };
  }
}

function docOf({ doc }: { readonly doc?: string }): { description?: string } {
  return doc === undefined ? {} : { description: doc };
}
