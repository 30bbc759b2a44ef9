/**
 * Payloads of which nothing is said: their type is `unknown`, or a map of it, and their validator accepts anything.
 */
import type { Contract, Schema } from "../contract.js";
import { isMembers, WORDS } from "../normalise/keywords.js";
import { refName } from "../types/kinds.js";
import { listed } from "./listed.js";
import type { LintRule } from "./rule.js";
import { actionsOf, typesByName } from "./spots.js";

export const untypedPayload: LintRule = {
  id: "untyped-payload",
  level: "warning",
  check(contract, _root, report) {
    const types = typesByName(contract);
    const titles = new Map<string, string[]>();
    for (const { payload, title, frame, bare } of actionsOf(contract)) {
      const type = types.get(payload);
      if (!type || bare || (frame !== undefined && frame !== "codec")) continue;
      if (isUntyped(type.schema, contract)) titles.set(payload, [...(titles.get(payload) ?? []), title]);
    }
    for (const [payload, all] of titles) {
      report(
        `any ${types.get(payload)?.schema === true ? "value" : "object"} is a payload of ${listed(all)}: nothing is said of what is in it`,
        types.get(payload)?.at ?? "",
        'say its members under "properties"; of a true map, "additionalProperties: { type: … }"; of one that is empty, "additionalProperties: false"',
      );
    }
  },
};

/** Words, and at most that it is an object. */
export function isUntyped(schema: Schema, contract: Contract, depth = 4): boolean {
  if (!isMembers(schema)) return schema;
  const name = refName(schema);
  const target = name === undefined ? undefined : typesByName(contract).get(name);
  if (target) return depth > 0 && isUntyped(target.schema, contract, depth - 1);
  return Object.entries(schema).every(
    ([keyword, value]) =>
      WORDS.has(keyword) ||
      keyword === "nullable" ||
      (keyword === "type" && value === "object") ||
      (keyword === "additionalProperties" && (value === true || (isMembers(value) && isUntyped(value, contract, 0)))) ||
      (keyword === "properties" && isMembers(value) && Object.keys(value).length === 0),
  );
}
