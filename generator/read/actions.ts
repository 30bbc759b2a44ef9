/**
 * The actions file: our own small dialect, for those without AsyncAPI. Described by schemas/actions.schema.json.
 */
import type { Envelope, Json, Server, TokenPlace } from "../contract.js";
import type { Node } from "../document.js";
import { docOf, textOf, versionOf } from "./doc.js";
import type { Draft, DraftAction } from "./draft.js";
import type { Ways } from "./security.js";
import { parameterOf } from "./servers.js";

/** Frames are `{action, payload}`, as schemas/frame.schema.json says. */
const ENVELOPE: Envelope = { action: "action", payload: "payload", id: "id", error: "error" };

export function readActions(root: Node): Draft {
  const actions = root.get("actions")?.entries() ?? [];
  const from = (side: string) =>
    actions.filter(([, node]) => node.text("from") === side).map(([name, node]) => actionOf(name, node));
  return {
    node: root,
    title: root.text("title") ?? "Api",
    version: versionOf(root),
    ...textOf(root),
    source: { format: "actions", version: String(root.get("actionwire")?.value) },
    spare: (root.get("schemas")?.named() ?? []).map(([title, node]) => ({ title, node })),
    channels: [
      {
        address: root.text("path") ?? "",
        node: root,
        ...textOf(root),
        servers: (root.get("servers")?.entries() ?? []).map(serverOf),
        parameters: [],
        security: securityOf(root.get("token")),
        envelope: ENVELOPE,
        toServer: from("client"),
        toClient: from("server"),
      },
    ],
  };
}

function actionOf(title: string, node: Node): DraftAction {
  const payload = node.get("payload");
  const reply = node.get("reply");
  // examples are JSON, since the document was
  const examples = (node.raw("examples")?.value ?? []) as readonly Json[];
  return {
    title,
    node,
    ...(payload && { payload }),
    ...(reply && { reply: { schema: reply } }),
    ...docOf([node], examples),
  };
}

function serverOf([key, node]: [string, Node]): Server {
  const doc = node.text("description");
  return {
    key,
    url: typeof node.value === "string" ? node.value : (node.text("url") ?? ""),
    ...(doc !== undefined && { doc }),
    variables: (node.get("variables")?.entries() ?? []).map(([name, variable]) => variableOf(name, variable)),
  };
}

/** Our `values` is AsyncAPI's `enum`. */
function variableOf(name: string, node: Node): Server["variables"][number] {
  const values = node
    .get("values")
    ?.children()
    .map((value) => String(value.value));
  return { ...parameterOf(name, node), ...(values && { values }) };
}

function securityOf(token: Node | undefined): Ways {
  return token ? [[{ key: "token", place: placeOf(token) }]] : [];
}

function placeOf(token: Node): TokenPlace {
  const name = token.text("name");
  if (name === undefined) return { in: "header", name: "Authorization", prefix: "Bearer " };
  return token.text("in") === "query" ? { in: "query", name } : { in: "header", name };
}
