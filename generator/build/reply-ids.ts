/**
 * Members of payloads that look like the id of an exchange, where a document says so in prose only.
 */
import { pointer } from "../document.js";

/** Names without case and separators, in the order in which they are believed; an `id` alone may be a thing's own. */
const REQUEST_IDS: readonly string[] = ["reqid", "requestid"];
const OTHER_IDS: readonly string[] = [
  ...["correlationid", "corrid", "messageid", "msgid", "transactionid", "nonce", "seq"],
];

export interface IdPair {
  readonly request: readonly [string];
  readonly reply: readonly [string];
}

/** Members that may carry it, likeliest first: of one name in both, or an `id` that the reply calls the request's. */
export function idPairs(request: readonly string[], reply: readonly string[]): IdPair[] {
  const [asked, answered] = [byWord(request), byWord(reply)];
  const same = (id: string) => (asked.get(id) ?? []).filter((name) => reply.includes(name));
  const telling = [...REQUEST_IDS, ...OTHER_IDS].flatMap(same);
  const echoes = (asked.get("id") ?? []).flatMap((id) =>
    REQUEST_IDS.flatMap((word) => answered.get(word) ?? []).map((name): IdPair => ({ request: [id], reply: [name] })),
  );
  return [...telling.map(inBoth), ...echoes, ...same("id").map(inBoth)];
}

/** What a configuration says to match replies by such a pair. */
export function configurationLine(name: string, { request, reply }: IdPair, actions?: readonly string[]): string {
  const [asked, answered] = [pointer(request), pointer(reply)];
  const by = asked === answered ? asked : { request: asked, reply: answered };
  return `"replies": ${JSON.stringify({ [name]: { ...(actions && { actions }), by } })}`;
}

/** Names by what they are called, however that is spelt. */
function byWord(names: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const name of names) {
    const word = name.toLowerCase().replaceAll(/[-_]/g, "");
    const known = found.get(word);
    if (known) known.push(name);
    else found.set(word, [name]);
  }
  return found;
}

function inBoth(name: string): IdPair {
  return { request: [name], reply: [name] };
}
