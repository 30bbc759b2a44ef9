/**
 * AsyncAPI 3.0 and 3.1: https://www.asyncapi.com/docs/reference/specification/v3.0.0
 *
 * `send` and `receive` are what the *described application* does. Here they become absolute directions, once.
 */
import type { Perspective } from "../contract.js";
import { type Node, refOf } from "../document.js";
import type { Problems } from "../problem.js";
import { channelOf, draftOf } from "./asyncapi.js";
import type { Draft, DraftAction, DraftChannel } from "./draft.js";
import { messageOf } from "./message.js";
import { warnOfContradiction } from "./perspective.js";
import { isRequiredBy, listedBy, waysOf } from "./security.js";
import { serversFor, serversOf } from "./servers.js";
import { overTraits } from "./traits.js";

type Way = "toServer" | "toClient";

export function readAsyncapi3(root: Node, perspective: Perspective, problems: Problems): Draft {
  const servers = serversOf(root, problems);
  const operations = (root.get("operations")?.entries() ?? []).map(([key, node]) =>
    operationOf(key, overTraits(node), perspective),
  );
  warnOfContradiction(operations, perspective, problems);
  const all = root.get("channels")?.entries() ?? [];
  const unclaimed = unclaimedOf(
    all.map(([, node]) => node),
    operations,
  );
  warnOfUnclaimed(unclaimed, problems);
  const channels = all.flatMap(([, node]): DraftChannel[] => {
    const used = serversFor(node, servers, (server, name) => server.node.at === name.at, problems);
    if (!used) return [];
    const asked = used.map((server) => listedBy(server.node, problems));
    return [
      {
        address: node.text("address"),
        ...channelOf(node, used, problems),
        security: waysOf(
          asked.flat(),
          operations.flatMap((one) => (one.channel === node.at ? listedBy(one.node, problems) : [])),
        ),
        ...(isRequiredBy(asked) && { requiresCredentials: true as const }),
        ...(unclaimed.includes(node) ? bothWays(node) : actionsOn(node, operations)),
      },
    ];
  });
  return draftOf(root, channels, problems);
}

interface Operation {
  readonly key: string;
  readonly node: Node;
  readonly action: string;
  readonly way: Way;
  readonly channel: string | undefined;
}

/** https://www.asyncapi.com/docs/reference/specification/v3.0.0#operationObject */
function operationOf(key: string, node: Node, perspective: Perspective): Operation {
  const action = node.text("action") ?? "";
  const way: Way = (action === "receive") === (perspective === "server") ? "toServer" : "toClient";
  return { key, node, action, way, channel: node.get("channel")?.at };
}

function actionsOn(channel: Node, operations: readonly Operation[]): Record<Way, DraftAction[]> {
  const said: Record<Way, DraftAction[]> = { toServer: [], toClient: [] };
  for (const operation of operations) {
    if (operation.channel === channel.at) {
      const reply = replyOf(operation.node);
      for (const { key, node } of listed(operation.node, channel)) {
        const action = messageOf(node, key, operation);
        said[operation.way].push(reply && operation.way === "toServer" ? { ...action, reply } : action);
      }
    }
    said[opposite(operation.way)].push(...answersOn(channel, operation));
  }
  return said;
}

/** Channels with messages that no operation and no reply speaks of. */
function unclaimedOf(channels: readonly Node[], operations: readonly Operation[]): Node[] {
  const claimed = new Set(operations.flatMap(({ node, channel }) => [channel, node.get("reply")?.get("channel")?.at]));
  return channels.filter((node) => !claimed.has(node.at) && (node.get("messages")?.entries() ?? []).length > 0);
}

function warnOfUnclaimed(channels: readonly Node[], problems: Problems): void {
  const [first, ...others] = channels;
  if (!first) return;
  problems.warn(
    "no-operations",
    `no operation says who sends on channel ${first.key}${others.length > 0 ? `, nor on ${others.length} more` : ""}; ` +
      "both sides may",
    first,
    "An operation with `action: send` or `receive` says who does.",
  );
}

function bothWays(channel: Node): Record<Way, DraftAction[]> {
  const said = listed(channel, channel).map(({ key, node }) => messageOf(node, key, { key: channel.key }));
  return { toServer: said, toClient: said };
}

/** The messages an operation lists, else all of its channel's, with the key each is listed under. */
function listed(owner: Node, channel: Node): { key: string; node: Node }[] {
  const messages = owner.get("messages");
  if (!messages) {
    return (channel.get("messages")?.entries() ?? []).map(([key, node]) => ({
      key: CONVERTED.test(key) ? node.key : key,
      node: overTraits(node),
    }));
  }
  return messages
    .entries()
    .map(([index, node]) => ({ key: lastKey(messages.raw(Number(index)), node), node: overTraits(node) }));
}

/** Messages that answer an operation, where its reply's channel is this one: said the other way. */
function answersOn(channel: Node, operation: Operation): DraftAction[] {
  const reply = operation.node.get("reply");
  const place = reply?.get("channel") ?? operation.node.get("channel");
  if (!reply || place?.at !== channel.at) return [];
  if (!reply.get("messages") && !reply.get("channel")) return [];
  return listed(reply, channel).map(({ key, node }) => messageOf(node, key, { key: operation.key }));
}

/** https://www.asyncapi.com/docs/reference/specification/v3.0.0#operationReplyObject */
function replyOf(operation: Node): DraftAction["reply"] {
  const reply = operation.get("reply");
  const channel = reply?.get("channel");
  const messages = reply && (reply.get("messages") || channel) ? listed(reply, channel ?? operation) : [];
  return messages.length > 0 ? { messages: messages.map(({ node }) => node) } : undefined;
}

/** Keys that AsyncAPI's converter made of places in a version 2 document: `subscribe.message.3`. They name nothing. */
const CONVERTED = /\.message(\.\d+)?$/;

/** What a list calls a message: the last key of its reference, else of its own place. */
function lastKey(written: Node | undefined, node: Node): string {
  const last = refOf(written?.value)?.split("/").at(-1);
  return last === undefined || CONVERTED.test(last) ? node.key : decode(last);
}

function decode(token: string): string {
  const plain = token.replaceAll("~1", "/").replaceAll("~0", "~");
  try {
    return decodeURIComponent(plain);
  } catch {
    return plain; // a bare % is no escape
  }
}

function opposite(way: Way): Way {
  return way === "toServer" ? "toClient" : "toServer";
}
