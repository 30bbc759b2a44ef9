/** https://github.com/cfworker/cfworker/tree/main/packages/json-schema; it has no draft-06. */
import type { Draft } from "../drafts.js";
import type { Json } from "../json.js";
import { metaSchemas } from "../meta-schemas.js";
import type { Tool } from "../tool.js";
import { remotesOf } from "./ajv-instance.js";
import { load } from "./packages.js";

interface Cfworker {
  readonly Validator: new (
    schema: Json,
    draft: string,
    shortCircuit: boolean,
  ) => {
    addSchema(schema: Json, address: string): void;
    validate(value: Json): { readonly valid: boolean };
  };
}

const NAMES: Readonly<Record<Draft, string>> = {
  draft4: "4",
  draft6: "7",
  draft7: "7",
  "draft2019-09": "2019-09",
  "draft2020-12": "2020-12",
};

export const tool: Tool = {
  async make(schema, { draft }) {
    const { Validator } = await load<Cfworker>("@cfworker/json-schema");
    const validator = new Validator(schema, NAMES[draft], true);
    for (const [address, one] of [...remotesOf(draft), ...(await metaSchemas())]) {
      try {
        validator.addSchema(structuredClone(one), address);
      } catch {} // what it does not take, cases will miss
    }
    return { validate: (value) => validator.validate(value).valid };
  },
};
