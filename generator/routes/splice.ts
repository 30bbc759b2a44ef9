/**
 * Decisions about a routes file as edits of its text.
 */
import { doorsOf } from "../../templates/index.js";
import type { Change } from "./changes.js";
import type { Edit } from "./edits.js";
import { Imports } from "./imports.js";
import { insertStubs } from "./insert.js";
import { layoutOf } from "./layout.js";
import { type Generated, Modules } from "./modules.js";
import { renameMember } from "./rename.js";
import type { RoutesSource } from "./source.js";
import { stubsFor } from "./stubs.js";
import { takeAway } from "./take-away.js";

/** `targets`: the changes whose missing routes are put in. */
export function splice(
  { file, text }: RoutesSource,
  changes: readonly Change[],
  targets: readonly Change[],
  generated: Generated,
): Edit[] {
  const layout = layoutOf(file);
  const routes = changes.map(({ connection }) => connection.names.routes);
  const imports = new Imports(file, new Modules(file, generated, routes));
  const edits = changes.flatMap((change): Edit[] => {
    const { connection, holder, renamed, gone } = change;
    const asked = doorsOf(connection.toServer).map(({ id }) => id);
    const newName = new Map(renamed.map(({ member, to }) => [member, to]));
    const kept = holder.members
      .filter((member) => !gone.includes(member))
      .map((member) => ({ member, id: newName.get(member) ?? member.id }));
    const stubs = targets.includes(change) ? stubsFor(change, imports, generated) : [];
    return [
      ...renamed.flatMap(({ member, to }) => renameMember(member, to)),
      ...takeAway(
        gone.map(({ node }) => node),
        text,
      ),
      ...insertStubs(stubs, asked, kept, holder, text, layout),
    ];
  });
  return [...edits, ...imports.edits(layout)];
}
