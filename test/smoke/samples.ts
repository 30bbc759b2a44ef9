/**
 * What to say of each message: its examples and some samples, as far as a validator of no relation to ours lets them
 * through. Bytes are bytes.
 */
import { seededRandom } from "@actionwire/runtime/testing";
import type { ValidateFunction } from "ajv";
import { Ajv2020 } from "ajv/dist/2020.js";
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
  readonly #ajv: Ajv2020;

  constructor(contract: Contract) {
    const { types } = normalise(contract.types.filter(({ bytes }) => !bytes));
    this.#schemas = new Map(types.map(({ name, schema }) => [name, schema]));
    this.#bytes = new Set(contract.types.flatMap(({ name, bytes }) => (bytes ? [name] : [])));
    this.#ajv = new Ajv2020({ strict: false, logger: false, validateSchema: false });
    addFormats.default(this.#ajv);
    const $defs = Object.fromEntries(this.#schemas);
    this.#ajv.addSchema({ $id: "types", $defs });
  }

  /** Different payloads of a message, its valid examples first; one that says all by itself has one. */
  of({ payload, doc, bare, labels }: Action): readonly Payload[] {
    const constants = Object.fromEntries(labels.map(({ key, value }) => [key, value]));
    // A sender fills labels in where they are optional, too.
    const payloads = this.ofType(payload, doc?.examples).map((one) => (isObject(one) ? { ...one, ...constants } : one));
    if (!bare) return payloads;
    if (labels.length > 0) return [constants];
    return payloads.length === 1 ? payloads : [undefined]; // the one text there is to say, or nothing at all
  }

  /** Why there is no sample: what most of many tries were refused for. */
  why(type: string): string {
    const fits = this.#validator(type);
    const counts = new Map<string, number>();
    for (const value of this.#tries(type, "any")) {
      if (fits(value)) continue;
      const { instancePath, message } = fits.errors?.[0] ?? {};
      const why = `${instancePath || "it"} ${message}`;
      counts.set(why, (counts.get(why) ?? 0) + 1);
    }
    return [...counts].sort(([, one], [, other]) => other - one)[0]?.[0] ?? "nothing was tried";
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
    for (const value of this.#tries(type, texts)) {
      if (found.size >= examples.length + WANTED) break;
      take(value);
    }
    // As they come out of JSON: -0 is 0, and what was shared is not.
    return [...found.keys()].map((text) => JSON.parse(text) as Json);
  }

  *#tries(type: string, texts: "any" | "words"): Generator<Json> {
    const sampler = new Sampler(this.#schemas, seededRandom(1), texts);
    for (let tries = 0; tries < TRIES; tries++) yield sampler.sample({ $ref: `#/$defs/${type}` });
  }

  #validator(type: string): ValidateFunction {
    return this.#ajv.compile({ $ref: `types#/$defs/${type.replaceAll("~", "~0").replaceAll("/", "~1")}` });
  }
}

function isObject(value: Payload): value is { readonly [name: string]: Json } {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Uint8Array);
}
