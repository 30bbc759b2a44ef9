/** https://github.com/bcherny/json-schema-to-typescript, as its README has it; remote schemas by its own resolver. */
import type { Json } from "../json.js";
import type { Tool } from "../tool.js";
import { load } from "./packages.js";

interface Compiler {
  compile(schema: Json, name: string, options: object): Promise<string>;
}

/** The schema without a parent is the root: it is called Root, whatever its title and `$id` are. */
function customName(schema: Readonly<Record<symbol, unknown>>): string | undefined {
  const parent = Object.getOwnPropertySymbols(schema).find(({ description }) => description === "Parent");
  return parent && schema[parent] === null ? "Root" : undefined;
}

export const tool: Tool = {
  async make(schema, { remote }) {
    const { compile } = await load<Compiler>("json-schema-to-typescript");
    const read = ({ url }: { readonly url: string }): string => {
      const found = remote(url);
      if (found === undefined) throw new Error(`no such remote: ${url}`);
      return JSON.stringify(found);
    };
    const resolve = { external: true, http: false, file: false, served: { order: 1, canRead: /^https?:/i, read } };
    const options = { bannerComment: "", format: false, $refOptions: { resolve }, customName };
    return { types: { code: await compile(schema, "Root", options), root: "Root" } };
  },
};
