/** https://ajv.js.org, compiled where it runs. */
import type { Tool } from "../tool.js";
import { ajv } from "./ajv-instance.js";

export const tool: Tool = {
  async make(schema, { draft }) {
    return { validate: ajv(draft, {}).compile(schema) };
  },
};
