/** https://github.com/glideapps/quicktype, with the options that say most. */
import type { Json } from "../json.js";
import type { Remote } from "../remotes.js";
import type { Tool } from "../tool.js";
import { load } from "./packages.js";

interface Quicktype {
  readonly JSONSchemaStore: new () => object;
  readonly JSONSchemaInput: new (store: object) => { addSource(source: object): Promise<void> };
  readonly InputData: new () => { addInput(input: object): void };
  quicktype(options: object): Promise<{ readonly lines: readonly string[] }>;
}

const RENDERER = {
  "just-types": "false", // else it prints nothing for a root that is an array or a map
  "runtime-typecheck": "false",
  "prefer-unions": "true",
  "prefer-const-values": "true",
  "prefer-unknown": "true",
};

function storeOf({ JSONSchemaStore }: Quicktype, remote: Remote): object {
  return new (class extends JSONSchemaStore {
    async fetch(address: string): Promise<Json | undefined> {
      return remote(address);
    }
  })();
}

export const tool: Tool = {
  async make(schema, { remote }) {
    const packaged = await load<Quicktype>("quicktype-core");
    const input = new packaged.JSONSchemaInput(storeOf(packaged, remote));
    await input.addSource({ name: "Root", schema: JSON.stringify(schema) });
    const inputData = new packaged.InputData();
    inputData.addInput(input);
    const { lines } = await packaged.quicktype({ inputData, lang: "typescript", rendererOptions: RENDERER });
    const code = lines.join("\n");
    // Its converter has the root's type in every case.
    const convert = /public static (to\w+)\(/.exec(code)?.[1];
    if (convert === undefined) throw new Error("no root type");
    const root = `export type RootOfAll = ReturnType<typeof Convert.${convert}>;\n`;
    return { types: { code: `${code}\n${root}`, root: "RootOfAll" } };
  },
};
