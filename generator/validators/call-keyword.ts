/**
 * The keyword `is`: a value is of a declared type. ajv would compile what a `$ref` leads to into the same text, numbered
 * as it comes; here each type's validator is printed by itself and calls the others by name, so that one more type
 * changes the text of none.
 */
import type { Ajv } from "ajv";
import { _, _Code, Name, strConcat } from "ajv/dist/compile/codegen/code.js";
import { callRef } from "ajv/dist/vocabularies/core/ref.js";

/** The runtime's helper by which errors of a called validator get their place in the whole value. */
export const HELPER = "placed";

/**
 * `plainly`: validators are called with the value alone, and where that stands is said of what is wrong only. One that puts
 * another value in its place must be told where that is.
 */
export function addCalls(ajv: Ajv, plainly: boolean): void {
  ajv.addKeyword({
    keyword: "is",
    schemaType: "string",
    code(cxt) {
      const { gen, data, it } = cxt;
      const called = new _Code(String(cxt.schema));
      if (it.opts.unevaluated || !plainly) return callRef(cxt, called);
      const [vErrors, errors, instancePath] = [new Name("vErrors"), new Name("errors"), new Name("instancePath")];
      cxt.result(_`${called}(${data})`, undefined, () => {
        const placed = gen.scopeValue("func", { ref: HELPER, key: HELPER, code: new _Code(HELPER) });
        gen.assign(vErrors, _`${placed}(${called}.errors, ${strConcat(instancePath, it.errorPath)}, ${vErrors})`);
        gen.assign(errors, _`${vErrors}.length`);
      });
    },
  });
}
