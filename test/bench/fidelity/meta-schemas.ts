/** The schemas of schemas, which schemas refer to as to any others; the oracle's package has them. */
import { DRAFTS } from "./drafts.js";
import { isMembers, type Json } from "./json.js";
import { load } from "./packages.js";

const VOCABULARIES: Readonly<Record<string, readonly string[]>> = {
  "draft2019-09": ["applicator", "content", "core", "format", "meta-data", "validation"],
  "draft2020-12": ["applicator", "content", "core", "format-annotation", "meta-data", "unevaluated", "validation"],
};

let known: ReadonlyMap<string, Json> | undefined;

/** By address, without the empty fragment that older ones end in. */
export async function metaSchemas(): Promise<ReadonlyMap<string, Json>> {
  const paths = DRAFTS.flatMap((draft) => {
    const folder = draft.replace(/^draft(\d)$/, "draft-0$1").replace("draft20", "draft-20");
    const parts = (VOCABULARIES[draft] ?? []).map((name) => `${folder}/meta/${name}.js`);
    return [`${folder}/schema.js`, ...parts];
  });
  known ??= new Map(await Promise.all(paths.map(metaSchema)));
  return known;
}

async function metaSchema(path: string): Promise<[string, Json]> {
  const url = new URL(`node_modules/@hyperjump/json-schema/${path}`, import.meta.url);
  const { default: schema } = await load<{ readonly default: Json }>(url.href);
  if (!isMembers(schema)) throw new Error(`${path} is no schema`);
  return [String(schema["$id"] ?? schema["id"]).replace(/#$/, ""), schema];
}
