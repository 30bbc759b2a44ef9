/**
 * What a file lacks that cannot be edited: text to be pasted.
 */
import {
  type Code,
  code,
  doorsOf,
  draftWords,
  printFile,
  type RoutesStyle,
  raw,
  routesDraft,
  spaced,
  stub,
} from "../../templates/index.js";
import type { Connection } from "../contract.js";
import type { Holder } from "./holders.js";
import { ts } from "./typescript.js";

export interface Lacking {
  readonly connection: Connection;
  /** What would take them; absent where nothing is declared to. */
  readonly holder?: Holder;
  readonly missing: readonly string[];
}

/** `generated`: how the file would import the generated folder. Undefined where nothing is lacking. */
export function snippetOf(all: readonly Lacking[], generated: string, style: RoutesStyle): string | undefined {
  const lacking = all.filter(({ missing }) => missing.length > 0);
  if (lacking.length === 0) return undefined;
  const names = lacking.map(({ connection }) => connection.names.routes).join(", ");
  return printFile(spaced(lacking.map((one) => codeOf(one, generated, style))), `// To be pasted, for ${names}:`);
}

function codeOf({ connection, holder, missing }: Lacking, generated: string, style: RoutesStyle): Code {
  if (!holder) return routesDraft(connection, generated, style);
  const words = { ...draftWords(generated), user: raw(holder.user) };
  const doors = doorsOf(connection.toServer).filter(({ id }) => missing.includes(id));
  const kind = styleOf(holder);
  const stubs = doors.map((door) => stub(door, connection, kind, words));
  return spaced(kind === "object" ? stubs.map((one) => code`${one},`) : stubs);
}

/** How a member is written in it. */
export function styleOf({ node, overrides }: Holder): "object" | "class" | "implements" {
  if (ts.isObjectLiteralExpression(node)) return "object";
  return overrides ? "class" : "implements";
}
