/** https://github.com/asyncapi/modelina. It knows no draft after draft-07, and reads AsyncAPI's schemas as that. */
import { isMembers, type Json } from "../json.js";
import type { Tool } from "../tool.js";
import { load } from "./packages.js";

interface Modelina {
  readonly TypeScriptGenerator: new (
    options: object,
  ) => {
    generate(schema: Json): Promise<readonly { readonly modelName: string; readonly result: string }[]>;
  };
}

const OPTIONS = {
  modelType: "interface",
  enumType: "union",
  mapType: "indexedObject",
  rawPropertyNames: true,
  useJavascriptReservedKeywords: false,
};

export const tool: Tool = {
  async make(schema, { draft, dialect }) {
    const { TypeScriptGenerator } = await load<Modelina>("@asyncapi/modelina");
    const known = draft === "draft4" || draft === "draft6" ? dialect : "http://json-schema.org/draft-07/schema#";
    const models = await new TypeScriptGenerator(OPTIONS).generate(
      isMembers(schema) ? { ...schema, $schema: known } : schema,
    );
    const root = models.find(({ modelName }) => modelName === "Root") ?? models[0];
    if (!root) throw new Error("no model");
    return { types: { code: models.map(({ result }) => `export ${result}`).join("\n"), root: root.modelName } };
  },
};
