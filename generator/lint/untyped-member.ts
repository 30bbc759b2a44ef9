/**
 * Members of payloads of which nothing is said.
 */
import { isMembers } from "../normalise/keywords.js";
import { counted, listed } from "./listed.js";
import type { LintRule } from "./rule.js";
import { payloadsOf, spotsOf } from "./spots.js";
import { isUntyped } from "./untyped-payload.js";

export const untypedMember: LintRule = {
  id: "untyped-member",
  level: "note",
  check(contract, _root, report) {
    const names = [...payloadsOf(contract, "toServer"), ...payloadsOf(contract, "toClient")];
    const found = spotsOf(contract, names).flatMap(({ schema, name, at }) =>
      isMembers(schema["properties"])
        ? Object.entries(schema["properties"]).flatMap(([key, inner]) =>
            (inner === true || isMembers(inner)) && isUntyped(inner, contract, 1)
              ? [{ name: name === "" ? key : `${name}.${key}`, at: `${at}/properties/${escaped(key)}` }]
              : [],
          )
        : [],
    );
    const [first] = found;
    if (!first) return;
    report(
      `nothing is said of what ${counted(found.length, "member")} may be: ${listed(found.map(({ name }) => name))}`,
      first.at,
      'a "type", and for objects their "properties"',
    );
  },
};

function escaped(key: string): string {
  return key.replaceAll("~", "~0").replaceAll("/", "~1");
}
