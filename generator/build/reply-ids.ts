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
  const same = (id: string) => called(id, request).filter((name) => reply.includes(name));
  const telling = [...REQUEST_IDS, ...OTHER_IDS].flatMap(same);
  const echoes = called("id", request).flatMap((id) =>
    REQUEST_IDS.flatMap((word) => called(word, reply)).map((name): IdPair => ({ request: [id], reply: [name] })),
  );
  return [...telling.map(inBoth), ...echoes, ...same("id").map(inBoth)];
}

/** What a configuration says to match replies by such a pair. */
export function configurationLine(name: string, { request, reply }: IdPair, actions?: readonly string[]): string {
  const [asked, answered] = [pointer(request), pointer(reply)];
  const by = asked === answered ? asked : { request: asked, reply: answered };
  return `"replies": ${JSON.stringify({ [name]: { ...(actions && { actions }), by } })}`;
}

function called(word: string, names: readonly string[]): string[] {
  return names.filter((name) => name.toLowerCase().replaceAll(/[-_]/g, "") === word);
}

function inBoth(name: string): IdPair {
  return { request: [name], reply: [name] };
}
