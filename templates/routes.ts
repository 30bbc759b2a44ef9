/**
 * The first draft of the user's own routes file: written once, never touched again.
 */
import type { Connection, Contract } from "../generator/contract.js";
import { type Code, code, id, spaced, type } from "./code.js";
import { doorsOf } from "./doors.js";
import { runtime } from "./symbols.js";

/** `generated`: how the routes file imports the generated server, `./generated/server.js`. */
export function routes(contract: Contract, generated: string): Code {
  return spaced(contract.connections.map((connection) => draft(connection, generated)));
}

function draft({ names, toServer }: Connection, generated: string): Code {
  const stubs = doorsOf(toServer).map(
    (route) => code`
      async ${id(route.id)}(_payload, _context) {
        return ${runtime("notImplemented")}(${route.id});
      },
    `,
  );
  return code`
    export const ${id(`${names.api}Routes`)}: ${type(names.routes, generated)} = {
      ${stubs.length > 0 ? spaced(stubs) : undefined}
    };
  `;
}
