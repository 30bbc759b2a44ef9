/** https://ajv.js.org/standalone.html */
import type { Tool } from "../tool.js";
import { ajv, runStandalone, standalone } from "./ajv-instance.js";

export const tool: Tool = {
  async make(schema, { draft }) {
    const made = ajv(draft, { code: { source: true } });
    return { validate: runStandalone(standalone(made, made.compile(schema))) };
  },
};
