/**
 * The `type` of a schema: one of seven words. https://json-schema.org/draft-07/json-schema-validation#rfc.section.6.1.1
 */
import type { Node } from "../document.js";
import { nearest } from "../nearest.js";
import { TYPE_WORDS, typeMeant } from "../normalise/type-words.js";
import type { Problems } from "../problem.js";
import { kindOf } from "./shape-problems.js";

/** Misspelt, a type is an error; by another language's name it is what that means; a wholly foreign word means any value. */
export function checkType(schema: Node, problems: Problems): void {
  const node = schema.get("type");
  if (!node) return;
  const isList = Array.isArray(node.value);
  const items = isList ? node.entries().map(([index]) => node.raw(Number(index))) : [schema.raw("type")];
  for (const item of items) {
    const value = item?.value;
    if (value === null && isList) {
      problems.warn("unknown-type", 'the type is empty; it is read as "null"', item, 'put it in quotes: "null"');
    } else if (value === null) {
      problems.error("unknown-type", "the type is empty", item, 'put it in quotes, if it is the type "null"');
    } else if (typeof value !== "string") {
      problems.error("unknown-type", `the type must be text, but is ${kindOf(value)}`, item);
    } else if (!TYPE_WORDS.includes(value)) {
      checkForeign(value, item, problems);
    }
  }
}

function checkForeign(value: string, item: Node | undefined, problems: Problems): void {
  const message = `there is no type ${JSON.stringify(value)}`;
  const meant = typeMeant(value);
  const near =
    nearest(value, TYPE_WORDS) ?? TYPE_WORDS.find((type) => value.length > 2 && type.startsWith(value.toLowerCase()));
  if (meant !== undefined)
    problems.warn("unknown-type", `${message}; it is read as "${meant}"`, item, `write "${meant}"`);
  else if (near) problems.error("unknown-type", message, item, `did you mean "${near}"?`);
  else problems.warn("unknown-type", `${message}; any value is taken`, item);
}
