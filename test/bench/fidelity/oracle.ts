/**
 * The reference validator: it passes the required suite, but for two cases that are told apart by hand (label.ts).
 * It keeps schemas in one place for the whole process, so one oracle is open at a time.
 */
import { DIALECTS, type Draft, draftCalled, isOld } from "./drafts.js";
import { has, isMembers, type Json } from "./json.js";
import { metaSchemas } from "./meta-schemas.js";
import { load } from "./packages.js";
import { suiteRemotes } from "./suite.js";

interface Hyperjump {
  registerSchema(schema: Json, address: string, dialect: string): void;
  unregisterSchema(address: string): void;
  validate(address: string): Promise<(value: Json) => { readonly valid: boolean }>;
}

/** What a schema becomes before the oracle sees it, remote ones too. */
export interface Rewriting {
  readonly schema: (schema: Json, draft: Draft) => Json;
  /** Addresses of meta-schemas, which the oracle would not let be replaced. */
  readonly address: (address: string) => string;
}

export type Verdict = (value: Json) => boolean;

export class Oracle {
  readonly #hyperjump: Hyperjump;
  readonly #draft: Draft;
  readonly #addresses: string[] = [];
  #count = 0;

  private constructor(hyperjump: Hyperjump, draft: Draft) {
    this.#hyperjump = hyperjump;
    this.#draft = draft;
  }

  static async open(draft: Draft, rewriting?: Rewriting): Promise<Oracle> {
    const hyperjump = await load<Hyperjump>("@hyperjump/json-schema/draft-2020-12");
    for (const older of ["2019-09", "07", "06", "04"]) await load(`@hyperjump/json-schema/draft-${older}`);
    const oracle = new Oracle(hyperjump, draft);
    for (const [address, schema] of suiteRemotes()) {
      const folder = /^http:\/\/localhost:1234\/(draft[^/]+)\//.exec(address)?.[1];
      const of = draftCalled(folder ?? "") ?? draft;
      oracle.#add(rewriting ? rewriting.schema(schema, of) : schema, address, of);
    }
    if (rewriting) {
      for (const [address, schema] of await metaSchemas()) {
        const of = draftOfMeta(address);
        oracle.#add(withoutVocabulary(rewriting.schema(schema, of)), rewriting.address(address), of);
      }
    }
    return oracle;
  }

  /** Throws where the oracle cannot read the schema. */
  async compile(schema: Json): Promise<Verdict> {
    const address = `https://oracle.test/${this.#draft}/${this.#count++}`;
    this.#hyperjump.registerSchema(onTheWeb(beside(schema, this.#draft)), address, DIALECTS[this.#draft]);
    try {
      const validate = await this.#hyperjump.validate(address);
      return (value) => validate(value).valid;
    } finally {
      this.#forget(address);
    }
  }

  close(): void {
    for (const address of this.#addresses) this.#forget(address);
  }

  /** A remote that the oracle refuses is one that the cases in need of it will miss. */
  #add(schema: Json, address: string, draft: Draft): void {
    try {
      this.#hyperjump.registerSchema(schema, address, DIALECTS[draft]);
      this.#addresses.push(address);
    } catch {}
  }

  #forget(address: string): void {
    try {
      this.#hyperjump.unregisterSchema(address);
    } catch {}
  }
}

/** A rewritten meta-schema must not define vocabularies anew. */
function withoutVocabulary(schema: Json): Json {
  if (!isMembers(schema)) return schema;
  return Object.fromEntries(Object.entries(schema).filter(([name]) => name !== "$vocabulary"));
}

function draftOfMeta(address: string): Draft {
  const old = /draft-0(\d)/.exec(address)?.[1];
  return draftCalled(`draft${old}`) ?? (address.includes("2019-09") ? "draft2019-09" : "draft2020-12");
}

/** The oracle takes no file addresses, so they are others to it. */
function onTheWeb(schema: Json): Json {
  return JSON.parse(JSON.stringify(schema).replaceAll("file://", "https://file.test")) as Json;
}

/** Definitions beside a root's reference count for people, though in old drafts nothing does there. */
function beside(schema: Json, draft: Draft): Json {
  if (!isMembers(schema) || !isOld(draft) || !has(schema, "$ref") || !has(schema, "definitions")) return schema;
  return { allOf: [{ $ref: schema["$ref"] ?? "" }], definitions: schema["definitions"] ?? {} };
}
