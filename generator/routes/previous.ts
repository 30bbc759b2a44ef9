/**
 * What the generated files asked for before this run: which routes are gone, and which new ones take the same payload.
 */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { doorsOf } from "../../templates/index.js";
import type { Connection, Contract } from "../contract.js";
import { typesText } from "../types/types.js";
import { structureOf } from "./structure.js";
import { ts } from "./typescript.js";

/** The texts that the last run left; empty where there was none. */
export interface Previous {
  readonly server: string;
  readonly types: string;
}

export async function previousIn(out: string): Promise<Previous> {
  const read = (name: string): Promise<string> => readFile(join(out, name), "utf8").catch(() => "");
  return { server: await read("server.ts"), types: await read("types.ts") };
}

/** The routes that an interface asked for. */
export function askedBefore({ server }: Previous, routes: string): ReadonlySet<string> {
  return new Set(routesIn(server, routes).keys());
}

/** Gone routes that have exactly one new one with the same payload, which has no other: old name → new name. */
export function likelyRenames(previous: Previous, contract: Contract, connection: Connection): Map<string, string> {
  const doors = doorsOf(connection.toServer);
  const before = routesIn(previous.server, connection.names.routes);
  const gone = [...before.keys()].filter((id) => !doors.some((door) => door.id === id));
  const added = doors.filter((door) => !before.has(door.id));
  if (gone.length === 0 || added.length === 0) return new Map();
  const labels = new Set(connection.toServer.actions.flatMap((action) => action.labels.map(({ key }) => key)));
  const old = structureOf(previous.types, labels);
  const now = structureOf(typesText(contract.types, contract, contract.letter), labels);
  const pairs = gone.flatMap((from) => {
    const was = old(before.get(from) ?? "");
    return added.flatMap((door) => (was !== undefined && was === now(door.payload) ? [{ from, to: door.id }] : []));
  });
  const isOnly = ({ from, to }: { from: string; to: string }): boolean =>
    pairs.every((pair) => (pair.from === from) === (pair.to === to));
  return new Map(pairs.filter(isOnly).map(({ from, to }) => [from, to]));
}

/** Routes with the names of their payloads' types: `joinRoom(payload: types.JoinRoom, …)`. */
function routesIn(server: string, name: string): ReadonlyMap<string, string> {
  const file = ts.createSourceFile("server.ts", server, ts.ScriptTarget.Latest, true);
  const routes = file.statements.find(
    (statement) =>
      (ts.isClassDeclaration(statement) || ts.isInterfaceDeclaration(statement)) && statement.name?.text === name,
  );
  const found = new Map<string, string>();
  routes?.forEachChild((member) => {
    if (!ts.isMethodDeclaration(member) && !ts.isMethodSignature(member)) return;
    const type = member.parameters[0]?.type;
    if (type) found.set(member.name.getText(), type.getText().replace(/^types\./, ""));
  });
  return found;
}
