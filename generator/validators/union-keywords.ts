/**
 * `anyOf` and `oneOf` for validators that tell every violation: as ajv's own, and their error says how many of the errors
 * before it each branch left. Behind a reference nothing else tells which branch an error is of.
 */
import type { Ajv, CodeKeywordDefinition, KeywordErrorDefinition } from "ajv";
import { _, Name } from "ajv/dist/compile/codegen/index.js";

/** What follows each in ajv's order. */
const UNIONS = [
  ["anyOf", "oneOf"],
  ["oneOf", "allOf"],
] as const;

export function addUnions(ajv: Ajv): void {
  const errors = new Name("errors"); // as ajv calls their count
  for (const [keyword, before] of UNIONS) {
    const own = ajv.getKeyword(keyword) as CodeKeywordDefinition & { error: KeywordErrorDefinition }; // as all unions are
    ajv.removeKeyword(keyword);
    ajv.addKeyword({
      ...own,
      before,
      error: {
        message: own.error.message,
        params: ({ params: { passing, branches } }) => {
          if (branches === undefined) return keyword === "oneOf" ? _`{passingSchemas: ${passing}}` : _`{}`;
          return keyword === "oneOf"
            ? _`{passingSchemas: ${passing}, branches: ${branches}}`
            : _`{branches: ${branches}}`;
        },
      },
      code(cxt) {
        const { gen, it, schema } = cxt;
        if (!it.allErrors) return own.code(cxt);
        const passing = gen.let("passing", null);
        const branches = gen.const("branches", _`[]`);
        const fits = gen.name("_valid");
        cxt.setParams({ passing, branches });
        for (const schemaProp of (schema as readonly unknown[]).keys()) {
          const known = gen.const("known", errors);
          const branch = cxt.subschema({ keyword, schemaProp, compositeRule: true }, fits);
          gen.code(_`${branches}.push(${errors} - ${known})`);
          gen.if(fits, () => gen.assign(passing, _`${passing} === null ? ${schemaProp} : [${passing}, ${schemaProp}]`));
          cxt.mergeValidEvaluated(branch, fits);
        }
        const valid = keyword === "oneOf" ? _`typeof ${passing} == "number"` : _`${passing} !== null`;
        cxt.result(
          valid,
          () => cxt.reset(),
          () => cxt.error(true),
        );
      },
    });
  }
}
