/**
 * From what the document says to the contract: names given, types declared, dispatch decided.
 */
import { IMPORTED } from "../../templates/index.js";
import type { Connection, ConnectionNames, Contract, Perspective, Server } from "../contract.js";
import { deepFreeze } from "../freeze.js";
import { nearest } from "../nearest.js";
import type { ReadOptions } from "../options.js";
import type { Problems } from "../problem.js";
import type { Draft } from "../read/draft.js";
import { distinctWays } from "../read/security.js";
import { ActionBuilder } from "./build-actions.js";
import { addressesOf, connectionsOf, type DraftConnection } from "./connections.js";
import { withDiscriminators } from "./discriminated.js";
import { codecOf } from "./frames.js";
import { hashOf } from "./hash.js";
import { camel, pascal, RESERVED_CONSTANTS, RESERVED_TYPES, Scope } from "./names.js";
import { openingOf } from "./opening.js";
import { warnOfContradiction } from "./perspective.js";
import { Replies } from "./replies.js";
import { Twins } from "./tolerant.js";
import { Types } from "./types-of.js";

export function build(draft: Draft, perspective: Perspective, options: ReadOptions, problems: Problems): Contract {
  const scope = new Scope("type", problems, [...RESERVED_TYPES, ...IMPORTED], "Payload");
  const constants = new Scope("constant", problems, RESERVED_CONSTANTS, "Api");
  const spoken = connectionsOf(draft.channels, options.channels ?? "auto").filter(
    ({ toServer, toClient }) => toServer.length + toClient.length > 0,
  );
  if (draft.source.format === "asyncapi") warnOfContradiction(spoken, perspective, problems);
  const base = basesOf(draft.title, spoken);
  // Connections are named before any payload, so that a message called ChatClient cannot take the client's name.
  const named = spoken.map((connection, index) => ({
    connection,
    names: namesOf(base[index] ?? "Api", connection, scope, constants),
  }));
  const pins = new Map(Object.entries(options.names ?? {}));
  const types = new Types(scope, pins, options);
  const replies = new Replies(options, types, problems);
  const shared: Shared = { types, twins: new Twins(types), pins, replies, problems };
  const connections = named.map(({ connection, names }) => connectionOf(connection, names, shared));
  replies.finish();
  if (connections.length === 0) declareSpare(draft, types, problems);
  const contract = {
    title: draft.title,
    version: draft.version,
    ...(draft.doc !== undefined && { doc: draft.doc }),
    source: draft.source,
    perspective,
    ...(draft.source.format === "asyncapi" &&
      spoken.length > 0 && {
        addresses: addressesOf(
          spoken.flatMap(({ channels }) => channels),
          options.channels ?? "auto",
        ),
      }),
    ...(options.impliedTypes === false && { letter: true as const }),
    ...(options.int64 === "bigint" && { int64: "bigint" as const }),
    ...(options.dates === "Date" && { dates: "Date" as const }),
    ...(options.binary === "Uint8Array" && { binary: "Uint8Array" as const }),
    ...(options.errors === "all" && { errors: "all" as const }),
    connections,
    types: withDiscriminators(types.all),
  };
  return deepFreeze({ ...contract, hash: hashOf(contract) });
}

/** A document that says nothing is there for others to refer to: its schemas are what it has to give. */
function declareSpare({ node, spare }: Draft, types: Types, problems: Problems): void {
  for (const schema of spare) types.add(schema.node, schema.title, schema.format);
  const text = "nothing is said in this document: no channel has a message";
  const rest =
    spare.length > 0 ? "only the types and validators of its components are generated" : "what is generated is empty";
  // A misspelt key, which has been told, is why.
  if (!node.raw("channels") && node.named().some(([key]) => nearest(key, ["channels"]))) return;
  problems.warn("nothing-said", `${text}; ${rest}`, node.raw("channels") ?? node.raw("actions") ?? node);
}

/** What the connections of a contract have in common. */
interface Shared {
  readonly types: Types;
  readonly twins: Twins;
  readonly pins: ReadonlyMap<string, string>;
  readonly replies: Replies;
  readonly problems: Problems;
}

function connectionOf(
  draft: DraftConnection,
  names: ConnectionNames,
  { types, twins, pins, replies, problems }: Shared,
): Connection {
  const [first] = draft.channels;
  const docs = draft.channels.flatMap((channel) => channel.doc ?? []);
  const doc = docs.length === 1 ? docs[0] : undefined; // of several topics none speaks for all
  const { toServer, toClient } = new ActionBuilder(draft, types, twins, pins, replies, problems).build();
  return {
    names,
    ...(doc !== undefined && { doc }),
    path: draft.path,
    servers: uniqueServers(draft.channels.flatMap((channel) => channel.servers)),
    ...openingOf(draft, names, types, problems),
    security: distinctWays(draft.channels.flatMap((channel) => channel.security)),
    ...(draft.channels.every((channel) => channel.requiresCredentials) && { requiresCredentials: true as const }),
    ...(first.envelope && { envelope: first.envelope }),
    ...codecOf([...draft.toServer, ...draft.toClient], problems),
    toServer,
    toClient,
    at: first.node.at,
  };
}

function namesOf(base: string, { channels }: DraftConnection, types: Scope, constants: Scope): ConnectionNames {
  const isSecured = channels.some(({ security }) => security.length > 0);
  return {
    api: constants.give(camel(base)),
    client: types.give(`${base}Client`),
    handlers: types.give(`${base}Handlers`),
    options: types.give(`${base}Options`),
    routes: types.give(`${base}Routes`),
    replies: types.give(`${base}Replies`),
    context: types.give(`${base}Context`),
    sender: types.give(`${base}Sender`),
    serve: constants.give(`serve${base}`),
    ...(isSecured && { credentials: types.give(`${base}Credentials`) }),
  };
}

/** Words in a title that say only what everything here is. */
const NOISE = /^(the|an?|rest|api|web-?sockets?|ws|asyncapi)$/i;

/** What each connection is called: the title's telling words, and the path's where there are several. */
function basesOf(title: string, connections: readonly DraftConnection[]): string[] {
  const words = title.split(/[\s/]+/).filter((word) => !NOISE.test(word));
  const whole = pascal(words.join(" ") || title, "Api");
  if (connections.length === 1) return [whole];
  const base = words.length > 0 ? whole : "";
  return connections.map(({ path }) => base + pascal(path.replaceAll(/\{[^}]*\}/g, " "), "") || whole);
}

function uniqueServers(servers: readonly Server[]): Server[] {
  return [...new Map(servers.map((server) => [server.key, server])).values()];
}
