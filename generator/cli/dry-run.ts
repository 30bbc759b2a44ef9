/**
 * `generate --dry-run`: what would become of each file, as words that line up.
 */
import type { Plan } from "../generate.js";
import { shownPath } from "../shown-path.js";

export function planText({ folder, routes }: Plan): string {
  const lines = folder.files.map(({ name, change, edited }) =>
    line(change, name, edited ? "changed by hand" : undefined),
  );
  const shown = [`${shownPath(folder.folder)}:`, ...lines];
  if (!routes) return shown.join("\n");
  const edits = [
    ...routes.inserted.flatMap(({ ids }) => ids.map((id) => line("insert", id))),
    ...routes.renamed.map(({ from, to }) => line("rename", `${from} to ${to}`)),
    ...routes.pruned.flatMap(({ ids }) => ids.map((id) => line("prune", id))),
    ...routes.extra.flatMap(({ ids }) => ids.map((id) => line("orphan", id))),
  ];
  const own = routes.action === "edit" ? edits : [line(routes.action, "yours"), ...edits];
  return [...shown, `${shownPath(routes.path)}:`, ...own].join("\n");
}

function line(change: string, name: string, note?: string): string {
  return `  ${change.padEnd(6)}  ${name}${note === undefined ? "" : ` (${note})`}`;
}
