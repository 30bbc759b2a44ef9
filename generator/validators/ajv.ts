/**
 * ajv as it is used here: normalised schemas without their words, and nothing that makes it complain of them.
 */
import type { Ajv, CodeOptions } from "ajv";
import type { Schema } from "../contract.js";
import { isMembers, type Members, mapSchemas, WORDS } from "../normalise/keywords.js";
import { flagsFor } from "../normalise/pattern.js";

/** `schemas`: all that it will be given. */
export async function newAjv(schemas: readonly Members[], code: CodeOptions): Promise<Ajv> {
  const options = {
    strict: false,
    validateSchema: false,
    meta: false,
    inlineRefs: false,
    ownProperties: true,
    logger: false as const,
    code: { ...code, regExp: regExp() },
  };
  if (needsLater(schemas)) return new (await import("ajv/dist/2019.js")).Ajv2019(options);
  return new (await import("ajv")).Ajv(options);
}

/** Patterns that only compile without the flag `u` are compiled without it; helpers print them with the flags they have. */
function regExp() {
  const compile = (pattern: string): RegExp => new RegExp(pattern, flagsFor(pattern) ?? "");
  return Object.assign(compile, { code: "new RegExp" });
}

/** Keywords that came after draft-07; ajv knows them where it is told so, at the price of longer code. */
function needsLater(schemas: readonly Members[]): boolean {
  return /"(?:unevaluated(?:Items|Properties)|m(?:in|ax)Contains)":/.test(JSON.stringify(schemas));
}

/** Without words, references by id. */
export function ajvSchema(schema: Schema, idOf: (type: string) => string): Members {
  if (typeof schema === "boolean") return schema ? {} : { not: {} };
  const ref = schema["$ref"];
  if (typeof ref === "string") return { $ref: idOf(ref.slice("#/$defs/".length)) };
  return mapSchemas(withoutWords(schema), (inner) => (isMembers(inner) ? ajvSchema(inner, idOf) : inner));
}

function withoutWords(schema: Members): Members {
  return Object.fromEntries(Object.entries(schema).filter(([keyword]) => !WORDS.has(keyword)));
}
