/**
 * The keyword `uniqueItems` for ajv, which compares every item with every other one: ours asks the runtime's helper,
 * whose time does not grow with their square.
 */
import type { Ajv } from "ajv";
import { _, Name } from "ajv/dist/compile/codegen/index.js";

/** What the printed code calls it, as runtime/validators exports it; its use must be noted where such are collected. */
export const HELPER = "unique";

/** For validators that are printed, not called: ajv itself gets nothing that could be. */
export function addUnique(ajv: Ajv): void {
  ajv.removeKeyword("uniqueItems");
  ajv.addKeyword({
    keyword: "uniqueItems",
    type: "array",
    schemaType: "boolean",
    error: { message: "must NOT have duplicate items", params: _`{}` },
    code(cxt) {
      const { data, gen, schema } = cxt;
      if (schema !== true) return;
      // ajv knows by the reference that it is always the same value, and prints it once.
      const helper = gen.scopeValue("func", { ref: printedOnly, code: _`${new Name(HELPER)}` });
      cxt.pass(_`${helper}(${data})`);
    },
  });
}

function printedOnly(): never {
  throw new Error("this validator can only be printed");
}
