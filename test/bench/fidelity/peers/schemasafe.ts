/** https://github.com/ExodusOSS/schemasafe */

import type { Json } from "../json.js";
import { metaSchemas } from "../meta-schemas.js";
import type { Tool } from "../tool.js";
import { remotesOf } from "./ajv-instance.js";
import { load } from "./packages.js";

interface Schemasafe {
  validator(schema: Json, options: object): (value: Json) => boolean;
}

export const tool: Tool = {
  async make(schema, { draft, dialect }) {
    const { validator } = await load<Schemasafe>("@exodus/schemasafe");
    const schemas = new Map(
      [...remotesOf(draft), ...(await metaSchemas())].map(([url, one]) => [url, structuredClone(one)]),
    );
    const validate = validator(schema, {
      ...{ schemas, mode: "default", $schemaDefault: dialect, extraFormats: true, allowUnusedKeywords: true },
      ...{ formatAssertion: false, contentValidation: false, unmodifiedPrototypes: false },
    });
    return { validate };
  },
};
