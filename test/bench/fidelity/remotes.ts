/** Every schema that a case may refer to by its address. */
import type { Json } from "./json.js";
import { metaSchemas } from "./meta-schemas.js";
import { suiteRemotes } from "./suite.js";

export type Remote = (address: string) => Json | undefined;

export async function remote(): Promise<Remote> {
  const metas = await metaSchemas();
  const remotes = suiteRemotes();
  return (address) => {
    const [url = ""] = address.split("#", 1);
    return remotes.get(url) ?? metas.get(url);
  };
}

/** Lets fetch lead to these schemas and nowhere else: nothing here asks a network. */
export function serve(answer: Remote): void {
  globalThis.fetch = async (asked) => {
    const schema = answer(asked instanceof Request ? asked.url : String(asked));
    if (schema === undefined) return new Response("not found", { status: 404 });
    return new Response(JSON.stringify(schema), { headers: { "content-type": "application/json" } });
  };
}
