/**
 * The `type` of a schema: one of seven words. https://json-schema.org/draft-07/json-schema-validation#rfc.section.6.1.1
 */
import type { Node } from "../document.js";
import { nearest } from "../nearest.js";
import type { Problems } from "../problem.js";
import { kindOf } from "./shape-problems.js";

const types = ["string", "number", "integer", "boolean", "object", "array", "null"];

/** What other languages call them. */
const foreign: Readonly<Record<string, string>> = {
  float: "number",
  double: "number",
  decimal: "number",
  long: "integer",
  text: "string",
  date: "string",
  datetime: "string",
  uuid: "string",
  list: "array",
  map: "object",
  dict: "object",
  struct: "object",
};

/** A word near a type is misspelt, and an error; a wholly foreign word is a warning, and means any value. */
export function checkType(schema: Node, problems: Problems): void {
  const node = schema.get("type");
  if (!node) return;
  const items = Array.isArray(node.value)
    ? node.entries().map(([index]) => node.raw(Number(index)))
    : [schema.raw("type")];
  for (const item of items) {
    const value = item?.value;
    if (value === null) {
      problems.error("unknown-type", "the type is empty", item, 'put it in quotes, if it is the type "null"');
    } else if (typeof value !== "string") {
      problems.error("unknown-type", `the type must be text, but is ${kindOf(value)}`, item);
    } else if (!types.includes(value)) {
      const near =
        nearest(value, types) ?? types.find((type) => value.length > 2 && type.startsWith(value.toLowerCase()));
      const message = `there is no type ${JSON.stringify(value)}`;
      if (near) {
        problems.error("unknown-type", message, item, `did you mean "${near}"?`);
      } else {
        const known = Object.hasOwn(foreign, value.toLowerCase()) ? foreign[value.toLowerCase()] : undefined;
        problems.warn("unknown-type", `${message}; any value is taken`, item, known && `did you mean "${known}"?`);
      }
    }
  }
}
