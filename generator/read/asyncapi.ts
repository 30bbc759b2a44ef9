/**
 * What AsyncAPI 2 and 3 say alike.
 */
import type { Node } from "../document.js";
import { described } from "../languages/described.js";
import type { Problems } from "../problem.js";
import { textOf, versionOf } from "./doc.js";
import type { Draft, DraftChannel, DraftSchema } from "./draft.js";
import { framed } from "./framing.js";
import { parameterOf, type UsableServer } from "./servers.js";

/** https://www.asyncapi.com/docs/reference/specification/v3.0.0#infoObject */
export function draftOf(root: Node, channels: readonly DraftChannel[], problems: Problems): Draft {
  const info = root.get("info");
  return {
    node: root,
    title: info?.text("title") ?? "Api",
    version: versionOf(info),
    ...textOf(info),
    source: { format: "asyncapi", version: String(root.text("asyncapi")) },
    channels: channels.map((channel) => framed(channel, root.get("defaultContentType"), problems)),
    spare: spareOf(root),
  };
}

/** Components that others may refer to: https://www.asyncapi.com/docs/reference/specification/v3.0.0#componentsObject */
function spareOf(root: Node): DraftSchema[] {
  const components = root.get("components");
  const messages = (components?.get("messages")?.named() ?? []).flatMap(([key, message]) => {
    const payload = message.get("payload");
    const title = message.text("name") ?? key;
    return payload ? [{ title, ...described(payload, message.text("schemaFormat")) }] : [];
  });
  const schemas = (components?.get("schemas")?.named() ?? []).map(([title, node]) => ({ title, ...described(node) }));
  return [...messages, ...schemas];
}

/** What a channel is, whatever is said on it: https://www.asyncapi.com/docs/reference/specification/v3.0.0#channelObject */
export function channelOf(
  node: Node,
  servers: readonly UsableServer[],
  problems: Problems,
): Pick<DraftChannel, "node" | "doc" | "servers" | "parameters" | "binding"> {
  return {
    node,
    ...textOf(node),
    servers: servers.map(({ server }) => server),
    parameters: (node.get("parameters")?.named() ?? []).map(([name, parameter]) => parameterOf(name, parameter)),
    ...bindingOf(node, problems),
  };
}

/** The WebSockets channel binding: https://github.com/asyncapi/bindings/tree/master/websockets#channel */
function bindingOf(channel: Node, problems: Problems): Pick<DraftChannel, "binding"> {
  const binding = channel.get("bindings")?.get("ws");
  if (!binding) return {};
  const method = binding.text("method");
  if (method !== undefined && method.toUpperCase() !== "GET") {
    const text = `nothing but GET opens a WebSocket; the method ${method} is not looked at`;
    problems.warn("ws-method", text, binding.get("method"));
  }
  const [query, headers] = [binding.get("query"), binding.get("headers")];
  return { binding: { ...(isObject(query) && { query }), ...(isObject(headers) && { headers }) } };
}

/** Both are schemas of objects; what is something else is left out, as check has said. */
function isObject(node: Node | undefined): node is Node {
  if (typeof node?.value !== "object" || node.value === null || Array.isArray(node.value)) return false;
  return node.raw("type") === undefined || node.text("type") === "object";
}
