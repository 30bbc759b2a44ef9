/**
 * What ajv 8 miscounts of what is evaluated, as keywords: `items` and `unevaluatedItems` evaluate all items, which is
 * said as a number, since ajv compares it as one; where nothing has been evaluated, that is none, and not unknown, or what
 * a branch that failed has counted would stand; and `contains` evaluates what it finds, not all.
 * https://json-schema.org/draft/2020-12/json-schema-core#section-11
 */
import type { Ajv, KeywordCxt } from "ajv";
import { _ } from "ajv/dist/compile/codegen/index.js";

export function addCounting(ajv: Ajv): void {
  const all = ({ it }: KeywordCxt): void => {
    it.items = Number.MAX_SAFE_INTEGER;
  };
  ajv.addKeyword({
    keyword: "countsItems",
    before: "not", // the first that applies schemas
    code({ gen, it }) {
      it.items = gen.var("items", 0);
    },
  });
  ajv.addKeyword({
    keyword: "countsMembers",
    before: "not",
    code({ gen, it }) {
      it.props = gen.var("props", _`{}`);
    },
  });
  ajv.addKeyword({ keyword: "evaluatesItems", type: "array", before: "unevaluatedItems", code: all });
  ajv.addKeyword({
    keyword: "forgetsItems",
    type: "array",
    code({ it }) {
      Object.assign(it, { items: undefined });
    },
  });
  ajv.addKeyword({ keyword: "evaluatesRest", type: "array", code: all }); // after all others
}
