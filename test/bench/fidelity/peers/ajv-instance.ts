/** ajv for a draft, without formats, as its documentation has it; it knows the remote schemas of the suite. */
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import type { Draft } from "../drafts.js";
import type { Json } from "../json.js";
import { suiteRemotes } from "../suite.js";

export type Validate = (value: unknown) => boolean;

export interface Ajv {
  compile(schema: Json): Validate;
  addSchema(schema: Json, address: string): void;
  addMetaSchema(schema: Json): void;
}

type AjvClass = { readonly default: new (options: object) => Ajv };
const require = createRequire(import.meta.url);
/** Where its helpers are found. */
export const PEERS: string = fileURLToPath(new URL(".", import.meta.url));

const CLASSES: Readonly<Record<Draft, string>> = {
  draft4: "ajv-draft-04",
  draft6: "ajv",
  draft7: "ajv",
  "draft2019-09": "ajv/dist/2019.js",
  "draft2020-12": "ajv/dist/2020.js",
};

export function ajv(draft: Draft, options: object, remotes = true): Ajv {
  const { default: Class } = require(CLASSES[draft]) as AjvClass;
  const made = new Class({ strict: false, validateFormats: false, unicodeRegExp: true, logger: false, ...options });
  if (draft === "draft6") made.addMetaSchema(require("ajv/dist/refs/json-schema-draft-06.json") as Json);
  if (draft.startsWith("draft20")) made.addMetaSchema(require("ajv/dist/refs/json-schema-draft-07.json") as Json);
  for (const [address, schema] of remotes ? remotesOf(draft) : []) {
    try {
      made.addSchema(structuredClone(schema), address);
    } catch {} // what it does not take, cases will miss
  }
  return made;
}

/** The standalone code: a module of CommonJS or, with the `esm` option, one that still requires its helpers. */
export function standalone(made: Ajv, validate: Validate): string {
  const { default: print } = require("ajv/dist/standalone") as { default: (ajv: Ajv, validate: Validate) => string };
  return print(made, validate);
}

export function runStandalone(code: string): Validate {
  const module = { exports: {} as Validate & { default?: Validate } };
  new Function("module", "exports", "require", code)(module, module.exports, require);
  return module.exports.default ?? module.exports;
}

/** A draft's own folder of the suite's remotes, and what is of no draft. */
export function remotesOf(draft: Draft): [string, Json][] {
  return [...suiteRemotes()].filter(([address]) => {
    const of = /^http:\/\/localhost:1234\/(draft[^/]+)\//.exec(address)?.[1];
    return of === undefined || of === draft;
  });
}
