/**
 * The keyword `tagged` for ajv: of these schemas, the one that the value's tag means (see tagged.ts). That there is a
 * tag, and one of those known, is said before it by keywords that everybody knows.
 */
import type { Ajv } from "ajv";
import { _, getProperty, or } from "ajv/dist/compile/codegen/index.js";
import type { Json } from "../contract.js";
import type { Members } from "../normalise/keywords.js";
import type { Tag } from "../types/tagged.js";

/** A choice by its tag. */
export function taggedSchema(branches: readonly Json[], { name, values }: Tag): Members {
  const known = { required: [name], properties: Object.fromEntries([[name, { enum: values.flat() }]]) };
  return { type: "object", allOf: [known], tag: { name, values }, tagged: branches };
}

export function addTagged(ajv: Ajv): void {
  ajv.addKeyword({
    keyword: "tagged",
    type: "object", // where errors are collected, it would be asked of anything
    schemaType: "array",
    code(cxt) {
      const { gen, data, parentSchema, schema } = cxt;
      const { name, values } = parentSchema["tag"] as Tag; // written above
      const tag = gen.const("tag", _`${data}${getProperty(name)}`);
      const valid = gen.let("valid", true);
      for (const schemaProp of (schema as readonly Json[]).keys()) {
        const isMeant = or(...(values[schemaProp] ?? []).map((value) => _`${tag} === ${value}`));
        const check = (): void => {
          const own = gen.name("valid");
          cxt.subschema({ keyword: "tagged", schemaProp }, own);
          gen.assign(valid, own);
        };
        if (schemaProp === 0) gen.if(isMeant);
        else gen.elseIf(isMeant);
        check();
      }
      gen.endIf();
      cxt.ok(valid);
    },
  });
}
