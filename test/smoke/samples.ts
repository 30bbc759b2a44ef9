/**
 * What to say of each message: its examples and some samples, as far as a validator of no relation to ours lets them
 * through. Bytes are bytes.
 */
import { seededRandom } from "@actionwire/runtime/testing";
import { Ajv, type ValidateFunction } from "ajv";
import addFormats from "ajv-formats";
import type { Action, Contract, Json, Schema } from "../../generator/contract.js";
import { normalise } from "../../generator/normalise/normalise.js";
import { Sampler } from "./sampler.js";

export type Payload = Json | Uint8Array | undefined;

/** How many different payloads are wanted of each message, and how often one is tried for. */
const WANTED = 5;
const TRIES = 200;

export class Samples {
  readonly #schemas: ReadonlyMap<string, Schema>;
  readonly #bytes: ReadonlySet<string>;
  readonly #ajv: Ajv;

  constructor(contract: Contract) {
    const { types } = normalise(contract.types.filter(({ bytes }) => !bytes));
    this.#schemas = new Map(types.map(({ name, schema }) => [name, schema]));
    this.#bytes = new Set(contract.types.flatMap(({ name, bytes }) => (bytes ? [name] : [])));
    this.#ajv = new Ajv({ strict: false, logger: false, validateSchema: false });
    addFormats.default(this.#ajv);
    const $defs = Object.fromEntries(this.#schemas);
    this.#ajv.addSchema({ $id: "types", $defs });
  }

  /** Different payloads of a message, its valid examples first. */
  of({ payload, doc }: Action): readonly Payload[] {
    return this.ofType(payload, doc?.examples);
  }

  /** Empty where none of many tries fits: the schema contradicts itself, or asks too much of chance. */
  ofType(type: string, examples: readonly Json[] = [], texts: "any" | "words" = "any"): readonly Payload[] {
    if (this.#bytes.has(type)) return [new Uint8Array([0, 1, 254, 255]), new Uint8Array()];
    const fits = this.#validator(type);
    const found = new Map<string, Json>();
    const take = (value: Json) => {
      if (fits(value)) found.set(JSON.stringify(value), value);
    };
    examples.forEach(take);
    const sampler = new Sampler(this.#schemas, seededRandom(1), texts);
    for (let tries = 0; tries < TRIES && found.size < examples.length + WANTED; tries++) {
      take(sampler.sample({ $ref: `#/$defs/${type}` }));
    }
    // As they come out of JSON: -0 is 0, and what was shared is not.
    return [...found.keys()].map((text) => JSON.parse(text) as Json);
  }

  #validator(type: string): ValidateFunction {
    return this.#ajv.compile({ $ref: `types#/$defs/${type.replaceAll("~", "~0").replaceAll("/", "~1")}` });
  }
}
