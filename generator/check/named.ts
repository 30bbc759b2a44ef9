/**
 * What channels and operations name must be in the document: servers by their keys, channels and messages by reference.
 * https://www.asyncapi.com/docs/reference/specification/v2.6.0#channelItemObject
 * https://www.asyncapi.com/docs/reference/specification/v3.0.0#operationObject
 */
import { type Node, refOf } from "../document.js";
import { didYouMean } from "../nearest.js";
import type { Problems } from "../problem.js";

/** AsyncAPI 2. */
export function checkServerNames(root: Node, problems: Problems): void {
  const declared = (root.get("servers")?.entries() ?? []).map(([key]) => key);
  const names = (root.get("channels")?.children() ?? []).flatMap((channel) => items(channel.get("servers")));
  for (const name of names) {
    const { value } = name;
    if (typeof value !== "string" || declared.includes(value)) continue;
    problems.error("unknown-server", `there is no server ${JSON.stringify(value)}`, name, didYouMean(value, declared));
  }
}

/** AsyncAPI 3. */
export function checkOperations(root: Node, problems: Problems): void {
  const channels = new Map((root.get("channels")?.named() ?? []).map(([, node]) => [node.at, new Channel(node)]));
  for (const [key, operation] of root.get("operations")?.named() ?? []) {
    checkOperation(`operation ${key}`, operation, undefined, channels, problems);
    const reply = operation.get("reply");
    if (reply) checkOperation(`the reply of operation ${key}`, reply, operation.get("channel"), channels, problems);
  }
}

class Channel {
  readonly node: Node;
  #messages: ReadonlySet<string> | undefined;

  constructor(node: Node) {
    this.node = node;
  }

  /** Where its messages stand; a channel may have many, and many operations. */
  get messages(): ReadonlySet<string> {
    this.#messages ??= new Set((this.node.get("messages")?.children() ?? []).map(({ at }) => at));
    return this.#messages;
  }
}

/** `what`: an operation, or a reply, which is on the operation's channel unless it says another. */
function checkOperation(
  what: string,
  owner: Node,
  otherwise: Node | undefined,
  channels: ReadonlyMap<string, Channel>,
  problems: Problems,
): void {
  const written = owner.raw("channel");
  const named = written && led(written);
  const channel = channels.get((written ? named : otherwise)?.at ?? "");
  if (named && !channel) {
    const text = `${what} is on none of the document's channels, so it is never said`;
    problems.error("foreign-channel", text, written.raw("$ref") ?? written, "refer to a channel: #/channels/…");
  }
  if (!channel) return;
  for (const item of items(owner.raw("messages"))) {
    const message = led(item);
    if (!message || channel.messages.has(message.at)) continue;
    const text = `${what} lists a message that channel ${channel.node.key} does not have; it is taken as one of its own`;
    problems.warn("foreign-message", text, item.raw("$ref") ?? item, `add it to the channel's "messages"`);
  }
}

/** Members of a list as written. */
function items(list: Node | undefined): Node[] {
  if (!list || !Array.isArray(list.value)) return [];
  return list.value.flatMap((_, index) => list.raw(index) ?? []);
}

/** Where a map or a reference leads; nothing for what is neither, or leads nowhere, which others have told. */
function led(node: Node): Node | undefined {
  if (typeof node.value !== "object" || node.value === null) return undefined;
  const ref = refOf(node.value);
  return ref === undefined ? node : node.follow(ref);
}
