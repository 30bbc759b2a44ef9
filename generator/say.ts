/**
 * What a run says when it is done: what was read, from which side, and what was written.
 */
import type { Connection, Contract } from "./contract.js";
import type { Generated } from "./generate.js";
import type { RoutesOf, RoutesPlan } from "./routes/plan.js";
import { shownPath } from "./shown-path.js";

export function describe(document: string, done: Generated, out: string): string {
  const { title, version, source, perspective, addresses, connections } = done.contract;
  const dialect = source.format === "asyncapi" ? `AsyncAPI ${source.version}` : "actions file";
  const side =
    source.format === "actions"
      ? "directions are absolute"
      : `read as the ${perspective} describes itself (--perspective ${perspective})`;
  return [
    `${document}: ${title} ${version}, ${dialect}, ${side}`,
    ...(addresses ? [`  ${ADDRESSES[addresses]}`] : []),
    ...(connections.length > 0 ? connections.map(connectionLine) : [nothingLine(done.contract)]),
    filesLine(done, out),
    ...(done.routes ? routesLines(done.routes) : []),
  ].join("\n");
}

/** What was decided about channels, and the word that decides it. */
const ADDRESSES: Readonly<Record<NonNullable<Contract["addresses"]>, string>> = {
  paths: "addresses of channels are URL paths, a connection each (--channels paths)",
  topics: "addresses of channels are topics on one connection (--channels topics)",
  mixed: "addresses that begin with / are URL paths, a connection each; the others topics on one (--channels auto)",
};

function connectionLine({ names, path, toServer, toClient, servers }: Connection): string {
  const where = path === "" ? (servers[0]?.url ?? "the server's own path") : path;
  return `  ${names.client} at ${where}: ${toServer.actions.length} to the server, ${toClient.actions.length} to the client`;
}

function nothingLine({ types }: Contract): string {
  return `  no connection: nothing is said; ${types.length} ${types.length === 1 ? "type" : "types"} for others to use`;
}

function filesLine({ changed, unchanged, deleted }: Generated, out: string): string {
  const parts = [
    ...(changed.length > 0 ? [`${changed.length} written (${changed.join(", ")})`] : []),
    ...(deleted.length > 0 ? [`${deleted.length} deleted (${deleted.join(", ")})`] : []),
  ];
  const all = changed.length + unchanged.length;
  return `  ${out}: ${all} files, ${parts.length > 0 ? parts.join(", ") : "nothing to change"}`;
}

function routesLines({ path, action, inserted, renamed, pruned, missing, extra }: RoutesPlan): string[] {
  const shown = shownPath(path);
  if (action === "create") return [`  ${shown}: first draft of your routes written; it is yours now`];
  const lines = (all: readonly RoutesOf[], what: (ids: string, routes: string) => string): string[] =>
    all.map(({ routes, ids }) => `  ${shown}: ${what(ids.join(", "), routes)}`);
  const all = [
    ...renamed.map(({ from, to }) => `  ${shown}: ${from} is called ${to} now`),
    ...lines(inserted, (ids) => `stubs added for ${ids}`),
    ...lines(pruned, (ids) => `stubs of ours taken away: ${ids}`),
    ...lines(missing, (ids, routes) => `left as it is; ${routes} also asks for ${ids}`),
    ...lines(extra, (ids, routes) => `${routes} does not ask for ${ids}; the code is kept`),
  ];
  return all.length > 0 ? all : [`  ${shown}: left as it is; it has every route`];
}
