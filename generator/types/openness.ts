/**
 * Whether a schema's type is one of open objects, which can be joined with others by `&` and then says just what all
 * of them do. Closed objects and dictionaries cannot: what one leaves out or limits, the other adds.
 */
import type { Json } from "../contract.js";
import { isMembers, type Members } from "../normalise/keywords.js";
import { kindsOf, list, refName, type Schemas } from "./kinds.js";

const CLOSING: readonly string[] = [
  ...["patternProperties", "propertyNames", "unevaluatedProperties", "unevaluatedItems", "enum", "const"],
  ...["maxProperties", "not", "if", "dependentSchemas", "dependentRequired"],
];

export class Openness {
  readonly #schemas: Schemas;
  readonly #known = new Map<string, boolean>();

  constructor(schemas: Schemas) {
    this.#schemas = schemas;
  }

  isOpen(schema: Json): boolean {
    const kinds = kindsOf(schema, this.#schemas);
    return kinds.length > 0 && kinds.every((kind) => kind === "object") && this.#isOpen(schema);
  }

  #isOpen(schema: Json): boolean {
    if (!isMembers(schema)) return schema === true;
    const name = refName(schema);
    if (name !== undefined && !this.#isOpenByName(name)) return false;
    if (CLOSING.some((keyword) => schema[keyword] !== undefined) || isClosed(schema)) return false;
    const inner = ["allOf", "anyOf", "oneOf"].flatMap((keyword) => list(schema[keyword]));
    return inner.every((one) => this.#isOpen(one));
  }

  #isOpenByName(name: string): boolean {
    const known = this.#known.get(name);
    if (known !== undefined) return known;
    this.#known.set(name, true); // a circle closes nothing
    const found = this.#isOpen(this.#schemas.get(name) ?? true);
    this.#known.set(name, found);
    return found;
  }
}

function isClosed({ additionalProperties: rest }: Members): boolean {
  return rest !== undefined && rest !== true;
}
