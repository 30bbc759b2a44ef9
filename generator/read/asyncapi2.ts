/**
 * AsyncAPI 2.0 to 2.6: https://www.asyncapi.com/docs/reference/specification/v2.6.0
 *
 * `publish` is what others may send to the described application, `subscribe` what it sends to them.
 * Here they become absolute directions, once.
 */
import type { Perspective } from "../contract.js";
import { type Node, refOf } from "../document.js";
import type { Problems } from "../problem.js";
import { channelOf, draftOf } from "./asyncapi.js";
import type { Draft, DraftAction, DraftChannel } from "./draft.js";
import { messageOf } from "./message.js";
import { warnOfContradiction } from "./perspective.js";
import { isRequiredBy, requiredBy, waysOf } from "./security.js";
import { serversFor, serversOf } from "./servers.js";
import { underTraits } from "./traits.js";

export function readAsyncapi2(root: Node, perspective: Perspective, problems: Problems): Draft {
  const servers = serversOf(root, problems);
  const [heard, said] =
    perspective === "server" ? (["publish", "subscribe"] as const) : (["subscribe", "publish"] as const);
  const channels = (root.get("channels")?.entries() ?? []).flatMap(([address, node]): DraftChannel[] => {
    const used = serversFor(node, servers, ({ server }, name) => server.key === String(name.value), problems);
    if (!used) return [];
    const asked = used.map((server) => requiredBy(server.node, root, problems));
    return [
      {
        address,
        ...channelOf(node, used, problems),
        security: waysOf(
          asked.flat(),
          [heard, said]
            .flatMap((way) => node.get(way) ?? [])
            .flatMap((one) => requiredBy(underTraits(one), root, problems)),
        ),
        ...(isRequiredBy(asked) && { requiresCredentials: true as const }),
        toServer: actionsOf(node.get(heard), `${heard} ${address}`),
        toClient: actionsOf(node.get(said), `${said} ${address}`),
      },
    ];
  });
  const taken = (root.get("channels")?.entries() ?? []).flatMap(([address, node]) =>
    [heard, said].flatMap((action) => {
      const operation = node.get(action);
      const way = action === heard ? ("toServer" as const) : ("toClient" as const);
      return operation ? [{ key: operation.text("operationId") ?? address, node: operation, action, way }] : [];
    }),
  );
  warnOfContradiction(taken, perspective, problems);
  return draftOf(root, channels, problems);
}

/** https://www.asyncapi.com/docs/reference/specification/v2.6.0#operationObject: one message, or `oneOf` several. */
function actionsOf(written: Node | undefined, otherwise: string): DraftAction[] {
  const operation = written && underTraits(written);
  const message = operation?.get("message");
  if (!operation || !message) return [];
  const name = operation.text("operationId") ?? otherwise;
  const owner = { key: name, node: operation };
  const several = message.get("oneOf");
  if (!several) {
    return [messageOf(underTraits(message), keyOf(operation.raw("message"), message), owner)];
  }
  return several.entries().map(([index, node]) => {
    const key = keyOf(several.raw(Number(index)), node);
    return messageOf(underTraits(node), key, { ...owner, key: `${name} ${Number(index) + 1}` });
  });
}

/** A message's key where it is listed by reference; inline it has none, and `messageId` (2.4) stands in. */
function keyOf(written: Node | undefined, node: Node): string | undefined {
  if (refOf(written?.value) === undefined) return node.text("messageId");
  return node.path.length > 0 ? node.key : node.file.path.replace(/^.*\/|\.[^.]*$/g, "");
}
