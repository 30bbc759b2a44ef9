/**
 * Which side a document describes cannot be read from it. What it says of its operations can contradict what was taken,
 * though: a `send` that is called `onX`, a `publish` that is "messages from server to client".
 */
import type { Perspective } from "../contract.js";
import type { Node } from "../document.js";
import type { Problems } from "../problem.js";

/** An operation as it was taken. */
export interface Taken {
  readonly key: string;
  readonly node: Node;
  /** The document's word: `send`, `publish`, … */
  readonly action: string;
  readonly way: "toServer" | "toClient";
}

const BY_SERVER = /\bserver (messages|events)\b|\bserver (to|→|->|=>) (the )?client/i;
const BY_CLIENT = /\bclient (messages|events)\b|\bclient (to|→|->|=>) (the )?server/i;

/** Warns once, at the first that says the other side. */
export function warnOfContradiction(operations: readonly Taken[], perspective: Perspective, problems: Problems): void {
  const odd = operations.filter((one) => saysOther(one) || (perspective === "server" && isNamedOther(one)));
  const [first] = odd;
  if (!first) return;
  const other = perspective === "server" ? "client" : "server";
  problems.warn(
    "perspective",
    `operation ${first.key} is a \`${first.action}\`, taken as what the ${first.way === "toServer" ? "client" : "server"} ` +
      `says; its words say otherwise${odd.length > 1 ? `, as do those of ${odd.length - 1} more` : ""}`,
    first.node,
    `If the document describes the ${other}, say --perspective ${other}.`,
  );
}

function saysOther({ node, way }: Taken): boolean {
  const words = [node.text("summary"), node.text("description")].join("\n");
  const [here, there] = way === "toServer" ? [BY_CLIENT, BY_SERVER] : [BY_SERVER, BY_CLIENT];
  return there.test(words) && !here.test(words);
}

/** AsyncAPI 3: what the described application does to a message, in its own operation's name. */
function isNamedOther({ key, action }: Taken): boolean {
  if (action === "send") return /^(on|receive|recv|handle)(?![a-z])/.test(key);
  return action === "receive" && /^(send|publish|emit)(?![a-z])/.test(key);
}
