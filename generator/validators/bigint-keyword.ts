/**
 * The keywords `bigint` and `number` of normalised schemas (normalise/bigints.ts), for ajv. JSON text does not say which
 * a number is meant to be: what stands there is made what the schema says, as ajv's own coercion does, so that the type
 * holds for all of them.
 */
import type { Ajv, Code, KeywordCxt } from "ajv";
import { bigintLimits } from "../normalise/bigints.js";

export async function addBigints(ajv: Ajv): Promise<void> {
  const { _ } = await import("ajv");
  /** Puts a value in the place of what is there. */
  const becomes = ({ gen, data, it }: KeywordCxt, condition: Code, value: Code): void => {
    const { parentData, parentDataProperty } = it;
    gen.if(_`${condition} && ${parentData} !== undefined`, () =>
      gen.assign(data, _`${parentData}[${parentDataProperty}] = ${value}`),
    );
  };
  ajv.addKeyword({
    keyword: "bigint",
    error: { message: "must be a 64-bit integer" },
    code(cxt) {
      const limits = bigintLimits(cxt.parentSchema);
      if (!limits) return;
      const { gen, data } = cxt;
      const constant = (digits: string) =>
        gen.scopeValue("keyword", { ref: BigInt(digits), key: digits, code: _`BigInt(${digits})` });
      const [least, most] = [constant(limits.least), constant(limits.most)];
      becomes(cxt, _`Number.isSafeInteger(${data})`, _`BigInt(${data})`);
      cxt.pass(_`typeof ${data} == "bigint" && ${data} >= ${least} && ${data} <= ${most}`);
    },
  });
  ajv.addKeyword({
    keyword: "number",
    error: { message: "must be a number" },
    code(cxt) {
      const { data, schema } = cxt;
      becomes(cxt, _`typeof ${data} == "bigint"`, _`Number(${data})`);
      cxt.pass(schema === "integer" ? _`Number.isInteger(${data})` : _`Number.isFinite(${data})`);
    },
  });
}
