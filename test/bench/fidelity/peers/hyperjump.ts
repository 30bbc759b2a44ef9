/** https://github.com/hyperjump-io/json-schema, which is the oracle, too. */

import type { Draft } from "../drafts.js";
import { Oracle } from "../oracle.js";
import type { Tool } from "../tool.js";

let open: { readonly draft: Draft; readonly oracle: Oracle } | undefined;

export const tool: Tool = {
  async make(schema, { draft }) {
    if (open?.draft !== draft) {
      open?.oracle.close();
      open = { draft, oracle: await Oracle.open(draft) };
    }
    return { validate: await open.oracle.compile(schema) };
  },
};
