/**
 * Servers and their variables.
 * AsyncAPI 2: https://www.asyncapi.com/docs/reference/specification/v2.6.0#serversObject
 * AsyncAPI 3: https://www.asyncapi.com/docs/reference/specification/v3.0.0#serversObject
 */
import type { Parameter, Server } from "../contract.js";
import type { Node } from "../document.js";
import { nearest } from "../nearest.js";
import type { Problems } from "../problem.js";

/** A server, and where it stands. */
export interface UsableServer {
  readonly server: Server;
  readonly node: Node;
}

/**
 * What a WebSocket client can open: WebSocket servers, else those whose HTTP address may be one as well. Where all speak
 * something else, the document is read as what a WebSocket gateway in front of them carries, whose address it cannot know.
 */
export function serversOf(root: Node, problems: Problems): UsableServer[] {
  const declared = root.get("servers")?.named() ?? [];
  const all = declared.flatMap(([key, node]) => (hasAddress(node) ? { key, node, protocol: protocolOf(node) } : []));
  const sockets = all.filter(({ protocol }) => /^wss?$/.test(protocol));
  const usable = sockets.length > 0 ? sockets : all.filter(({ protocol }) => /^https?$/.test(protocol));
  if (usable.length === 0 && all.some(({ node }) => misspellsProtocol(node))) return [];
  if (usable.length === 0 && all.length > 0) {
    const spoken = [...new Set(all.map(({ protocol }) => protocol || "no known protocol"))].join(", ");
    problems.warn(
      "not-websocket",
      `no server speaks WebSocket (but ${spoken}); channels are read as what a WebSocket gateway would carry`,
      root.raw("servers"),
      "Clients are given its address as their `url` option.",
    );
    return [];
  }
  for (const { key, node, protocol } of all) {
    const isTold = /^https?$/.test(protocol) || misspellsProtocol(node);
    if (isTold || usable.some((server) => server.key === key)) continue;
    problems.warn("not-websocket", `server ${key} speaks ${protocol || "no known protocol"}; it is left out`, node);
  }
  return usable.map(({ key, node, protocol }) => ({
    node,
    server: {
      key,
      url: url(node, protocol),
      ...(node.text("description") !== undefined && { doc: node.text("description") ?? "" }),
      variables: variablesIn(url(node, protocol), node.get("variables")),
    },
  }));
}

/** What an address has to be told: declared or not, it cannot be dialled without; what is only declared it never takes. */
function variablesIn(address: string, declared: Node | undefined): Parameter[] {
  const names = [...address.matchAll(/\{([^{}]+)\}/g)].map(([, name = ""]) => name);
  return [...new Set(names)].map((name) => {
    const variable = declared?.get(name);
    return variable ? parameterOf(name, variable) : { name };
  });
}

/**
 * The servers a channel is on: those it names, else all that there are. Undefined, with a warning, where it names only servers that
 * speak something else: then nothing of it is said over a WebSocket.
 */
export function serversFor(
  channel: Node,
  all: readonly UsableServer[],
  isNamed: (server: UsableServer, name: Node) => boolean,
  problems: Problems,
): readonly UsableServer[] | undefined {
  const names = channel.get("servers")?.children() ?? [];
  const named = all.filter((server) => names.some((name) => isNamed(server, name)));
  if (names.length === 0 || all.length === 0) return all;
  if (named.length > 0) return named;
  problems.warn(
    "not-websocket",
    `channel ${channel.key} is on no server that speaks WebSocket; it is left out`,
    channel,
  );
  return undefined;
}

/** A server variable or channel parameter; AsyncAPI 2 keeps a parameter's values inside a `schema`. */
export function parameterOf(name: string, node: Node): Parameter {
  const schema = node.get("schema") ?? node;
  const standard = scalar(schema.get("default")?.value);
  const values = schema
    .get("enum")
    ?.children()
    .flatMap((value) => scalar(value.value) ?? []);
  const doc = node.text("description");
  return {
    name,
    ...(doc !== undefined && { doc }),
    ...(standard !== undefined && { default: standard }),
    ...(values && values.length > 0 && { values }),
  };
}

/** What AsyncAPI 2 calls its url, and 3 its host. */
function hasAddress(node: Node): boolean {
  return (node.text("url") ?? node.text("host") ?? "") !== "";
}

function protocolOf(node: Node): string {
  const written = /^([a-z][a-z0-9+.-]*):\/\//i.exec(node.text("url") ?? node.text("host") ?? "")?.[1];
  return (node.text("protocol") ?? written ?? "").toLowerCase();
}

/** That the key means nothing, and which is meant, was said: what comes of it is the same defect. */
function misspellsProtocol(node: Node): boolean {
  const unknown = node.entries().flatMap(([key]) => (key === "protocol" || key.startsWith("x-") ? [] : key));
  return protocolOf(node) === "" && unknown.some((key) => nearest(key, ["protocol"]) !== undefined);
}

/**
 * AsyncAPI 2 has a url, often without its scheme; AsyncAPI 3 has host and pathname. Where url and protocol disagree, the
 * secure one holds: a token must not travel in clear because of a slip.
 */
function url(node: Node, protocol: string): string {
  const written = (node.text("url") ?? `${node.text("host") ?? ""}${node.text("pathname") ?? ""}`).trim();
  const [scheme = "", address = written] = /^([a-z][a-z0-9+.-]*):\/\/(.*)$/is.exec(written)?.slice(1) ?? [];
  const secure = [scheme.toLowerCase(), protocol].some((word) => word === "wss" || word === "https");
  return `${secure ? "wss" : "ws"}://${address.replace(/\/+$/, "")}`;
}

function scalar(value: unknown): string | undefined {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean"
    ? String(value)
    : undefined;
}
