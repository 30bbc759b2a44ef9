/**
 * Renames that nothing came of: one of the names is unknown, or is no old or new name.
 */
import { doorsOf } from "../../templates/index.js";
import { nearest } from "../nearest.js";
import type { Change } from "./changes.js";
import type { Findings } from "./findings.js";
import { isUntouched } from "./untouched.js";

export function reportUnknownRenames(
  rename: Readonly<Record<string, string>>,
  changes: readonly Change[],
  text: string,
  findings: Findings,
): void {
  const asked = new Set(changes.flatMap(({ connection }) => doorsOf(connection.toServer).map(({ id }) => id)));
  const members = changes.flatMap(({ holder }) => holder.members);
  const ids = new Set(members.flatMap(({ id }) => id ?? []));
  const orphans = changes.flatMap(({ orphaned }) => orphaned.flatMap(({ id }) => id ?? []));
  const used = new Set(changes.flatMap(({ renamed, taken }) => [...renamed, ...taken].map(({ from }) => from)));
  for (const [from, to] of Object.entries(rename)) {
    if (used.has(from)) continue;
    const there = members.find(({ id }) => id === to);
    const isDone = !ids.has(from) && there !== undefined;
    if (!asked.has(to)) findings.unknownRename(from, to, `the contract has no action ${to}`, to, asked);
    else if (asked.has(from)) findings.unknownRename(from, to, `the contract still asks for ${from}`, from, orphans);
    else if (isDone && !(isUntouched(there, text) && nearest(from, orphans) !== undefined))
      continue; // an earlier run did
    else findings.unknownRename(from, to, `the routes file has no route ${from}`, from, ids);
  }
}
