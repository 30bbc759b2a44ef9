/**
 * What is emitted: path → text. One template per file.
 */
import type { Contract } from "../generator/contract.js";
import { client } from "./client.js";
import { type Code, code, raw } from "./code.js";
import type { Plans } from "./conversions.js";
import { HEADER, printFile } from "./print.js";
import type { RoutesStyle } from "./routes.js";
import { server } from "./server.js";
import { wire } from "./wire.js";

export { type Code, code, raw, spaced } from "./code.js";
export type { Inside, Plan, Plans } from "./conversions.js";
export { type Door, doorsOf } from "./doors.js";
export { HEADER, printFile } from "./print.js";
export {
  draftWords,
  type RoutesStyle,
  RUNTIME,
  routes,
  routesDraft,
  type StubStyle,
  stub,
  type Words,
} from "./routes.js";
export { IMPORTED } from "./symbols.js";

/** Text that other printers make of the contract's schemas. */
export interface Schemas {
  readonly types: string;
  readonly validators: string;
  /** What becomes of payloads for an application, by type. */
  readonly conversions?: Plans;
}

/** Every file of the folder the tool owns, by its name. */
export function files(
  contract: Contract,
  schemas: Schemas,
  style: RoutesStyle = "object",
): ReadonlyMap<string, string> {
  return new Map([
    ["types.ts", printFile(orEmpty(raw(schemas.types)))],
    ["validators.ts", schemas.validators === "" ? printFile(EMPTY) : `${HEADER}\n${schemas.validators}`],
    ["wire.ts", printFile(orEmpty(wire(contract, schemas.conversions ?? new Map())))],
    ["client.ts", printFile(orEmpty(client(contract)))],
    ["server.ts", printFile(orEmpty(server(contract, style)))],
    ["index.ts", printFile(INDEX)],
  ]);
}

/** What an application imports; the server has its own door, since it brings Node along. */
const INDEX: Code = code`
  export * from "./client.js";
  export type * from "./types.js";
  export * from "./wire.js";
`;

/** What makes a file a module that exports nothing: there is one of each name whatever a document says. */
const EMPTY: Code = code`export {};`;

function orEmpty(content: Code): Code {
  return content.text.trim() === "" ? EMPTY : content;
}
