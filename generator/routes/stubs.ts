/**
 * Stubs for a file that has names of its own for what they need.
 */
import { doorsOf, RUNTIME, raw, stub, type Words } from "../../templates/index.js";
import type { Change } from "./changes.js";
import type { Imports } from "./imports.js";
import type { Stub } from "./insert.js";
import type { Generated } from "./modules.js";
import { styleOf } from "./snippet.js";

/** For what a holder lacks, in the contract's order; `imports` learns what they need. */
export function stubsFor({ connection, holder, missing }: Change, imports: Imports, generated: Generated): Stub[] {
  const words: Words = {
    notImplemented: () => raw(imports.symbol("notImplemented", RUNTIME, false)),
    server: (name) => raw(imports.symbol(name, generated.server, true)),
    payload: (name) => raw(imports.member(name, generated.types, "types")),
    user: raw(holder.user),
  };
  const doors = doorsOf(connection.toServer).filter(({ id }) => missing.includes(id));
  return doors.map((door) => ({ id: door.id, code: stub(door, connection, styleOf(holder), words).text }));
}
