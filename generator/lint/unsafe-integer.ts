/**
 * Integers that JavaScript's numbers cannot hold exactly, where `int64: bigint` was not asked for.
 */
import type { Json } from "../contract.js";
import type { Members } from "../normalise/keywords.js";
import { counted, listed } from "./listed.js";
import type { LintRule } from "./rule.js";
import { payloadsOf, spotsOf } from "./spots.js";

export const unsafeInteger: LintRule = {
  id: "unsafe-integer",
  level: "warning",
  check(contract, _root, report) {
    if (contract.int64 === "bigint") return;
    const names = [...payloadsOf(contract, "toServer"), ...payloadsOf(contract, "toClient")];
    const found = spotsOf(contract, names).filter(({ schema }) => isUnsafe(schema));
    const [first] = found;
    if (!first) return;
    report(
      `${counted(found.length, "integer")} may be beyond 2^53, where a number is rounded: ${listed(found.map(({ name }) => name || "the payload"))}`,
      first.at,
      'generate with int64: "bigint" (--int64 bigint), send such numbers as texts, or say the "maximum" that there is',
    );
  },
};

function isUnsafe({ type, format, minimum, maximum, exclusiveMinimum, exclusiveMaximum }: Members): boolean {
  const [least, most] = [minimum ?? exclusiveMinimum, maximum ?? exclusiveMaximum];
  if (format !== "int64" && format !== "uint64") {
    // What a double is limited to is large by itself.
    return [type].flat().includes("integer") && (isBeyond(least) || isBeyond(most));
  }
  return isBeyond(most ?? Number.MAX_VALUE) || (format === "int64" && isBeyond(least ?? -Number.MAX_VALUE));
}

function isBeyond(limit: Json | undefined): boolean {
  return typeof limit === "number" && Math.abs(limit) > Number.MAX_SAFE_INTEGER + 1;
}
