/**
 * Which side a document describes cannot be read from it. Names can contradict what was taken, though: a server that
 * is said to send requests, a client that sends responses.
 */

import type { Perspective } from "../contract.js";
import type { Problems } from "../problem.js";
import type { DraftAction } from "../read/draft.js";
import type { DraftConnection } from "./connections.js";

const ASKS = /(request|command|subscribe|query)s?$/i;
const ANSWERS = /(response|reply|result|event|notification)s?$/i;
/** Neither "pack" nor "PLAYBACK". */
const ACK = /(^|[^A-Za-z])ack$|Ack$|(^|[^A-Za-z])ACK$/;

/** The telling part of a title: numbers and the word "message" after it say nothing. */
function core({ title }: DraftAction): string {
  return title.replace(/([\s._-]*(message|msg|payload|\d+))+$/i, "");
}

function isAnswer(action: DraftAction): boolean {
  return ANSWERS.test(core(action)) || ACK.test(core(action));
}

/** Warns where most telling names say the other side, unless an operation's name has said so already. */
export function warnOfContradiction(
  connections: readonly DraftConnection[],
  perspective: Perspective,
  problems: Problems,
): void {
  if (problems.has("perspective")) return;
  const toServer = connections.flatMap((connection) => connection.toServer);
  const toClient = connections.flatMap((connection) => connection.toClient);
  const odd = [...toServer.filter(isAnswer), ...toClient.filter((action) => ASKS.test(core(action)))];
  const even = [...toServer.filter((action) => ASKS.test(core(action))), ...toClient.filter(isAnswer)];
  const [first] = odd;
  if (!first || odd.length <= even.length) return;
  const other = perspective === "server" ? "client" : "server";
  const sender = toServer.includes(first) ? "client" : "server";
  problems.warn(
    "perspective",
    `message ${first.title} is taken as said by the ${sender}; its name says otherwise` +
      (odd.length > 1 ? `, as do ${odd.length - 1} more` : ""),
    first.node,
    `If the document describes the ${other}, say --perspective ${other}.`,
  );
}
