/**
 * The keyword `is`: a value is of a declared type. ajv would compile what a `$ref` leads to into the same text, numbered
 * as it comes; here each type's validator is printed by itself and calls the others by name, so that one more type
 * changes the text of none.
 */
import type { Ajv } from "ajv";

export async function addCalls(ajv: Ajv): Promise<void> {
  const { _Code } = await import("ajv/dist/compile/codegen/code.js");
  const { callRef } = await import("ajv/dist/vocabularies/core/ref.js");
  ajv.addKeyword({
    keyword: "is",
    schemaType: "string",
    code(cxt) {
      callRef(cxt, new _Code(String(cxt.schema)));
    },
  });
}
