/**
 * The keywords `bigint`, `limits`, `number` and `constants` of normalised schemas (normalise/bigints.ts), for ajv. JSON text does not say which
 * a number is meant to be: what stands there is made what the schema says, as ajv's own coercion does, so that the type
 * holds for all of them.
 */
import type { Ajv, Code, KeywordCxt } from "ajv";
import { _ } from "ajv/dist/compile/codegen/index.js";
import type { Json, Schema } from "../contract.js";
import { bigintLimits } from "../normalise/bigints.js";
import { isMembers, type Members, mapSchemas } from "../normalise/keywords.js";

/**
 * The schema with the members that are constants before all others: an alternative that is not meant then fails before
 * it makes anything of a value that another one is meant for.
 */
export function constantsFirst(schema: Schema): Schema {
  if (!isMembers(schema)) return schema;
  const inside = mapSchemas(schema, (inner) => (isMembers(inner) ? constantsFirst(inner) : inner));
  const { properties } = inside;
  if (!isMembers(properties)) return inside;
  // Those that look only, those that may make a number of a bigint, those that may make a bigint.
  const rank = (member: Json): number => (!isMembers(member) || "constants" in member ? 1 : isConstant(member) ? 0 : 2);
  const sorted = Object.entries(properties).sort(([, one], [, other]) => rank(one) - rank(other));
  return { ...inside, properties: Object.fromEntries(sorted) };
}

function isConstant(member: Members): boolean {
  return "const" in member || "enum" in member;
}

export function addBigints(ajv: Ajv): void {
  /** Puts a value in the place of what is there. */
  const becomes = ({ gen, data, it }: KeywordCxt, condition: Code, value: Code): void => {
    const { parentData, parentDataProperty } = it;
    gen.if(_`${condition} && ${parentData} !== undefined`, () =>
      gen.assign(data, _`${parentData}[${parentDataProperty}] = ${value}`),
    );
  };
  const within = ({ gen, data, parentSchema }: KeywordCxt): Code => {
    const limits = bigintLimits(parentSchema);
    if (!limits) return _`true`;
    const constant = (digits: string) =>
      gen.scopeValue("keyword", { ref: BigInt(digits), key: digits, code: _`BigInt(${digits})` });
    const fits = _`${data} >= ${constant(limits.least)} && ${data} <= ${constant(limits.most)}`;
    const { multipleOf } = limits;
    if (multipleOf === undefined) return fits;
    return _`${fits} && BigInt(${data}) % ${constant(multipleOf)} === ${constant("0")}`;
  };
  ajv.addKeyword({
    keyword: "bigint",
    error: { message: "must be a 64-bit integer" },
    code(cxt) {
      const { data, it } = cxt;
      becomes(cxt, _`Number.isSafeInteger(${data})`, _`BigInt(${data})`);
      // A value that stands nowhere cannot be made anything; dispatch asks of such whether they fit.
      const whole = _`(typeof ${data} == "bigint" || ${it.parentData} === undefined && Number.isSafeInteger(${data}))`;
      cxt.pass(_`${whole} && ${within(cxt)}`);
    },
  });
  ajv.addKeyword({
    keyword: "limits",
    error: { message: "must be a 64-bit integer" },
    code(cxt) {
      cxt.pass(_`typeof ${cxt.data} != "bigint" || ${within(cxt)}`);
    },
  });
  ajv.addKeyword({
    keyword: "constants",
    before: "const",
    code(cxt) {
      const { data } = cxt;
      becomes(cxt, _`typeof ${data} == "bigint" && Number.isSafeInteger(Number(${data}))`, _`Number(${data})`);
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
