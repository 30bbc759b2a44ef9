/**
 * A routes file that exists: what it lacks is put in by splicing text, and what it has too much is told.
 */
import type { Contract } from "../contract.js";
import { Problems } from "../problem.js";
import { applied, type Edit } from "./edits.js";
import { Findings } from "./findings.js";
import type { RoutesOf, RoutesOptions, RoutesPlan } from "./plan.js";
import { askedBefore, likelyRenames, previousIn } from "./previous.js";
import { snippetOf } from "./snippet.js";
import { parse, type RoutesSource } from "./source.js";
import { splice } from "./splice.js";
import { reportUnknownRenames } from "./unknown-renames.js";
import { isFound, lackingOf, targetOf, type View, viewOf } from "./view.js";

/** `out`: the generated folder; `generated`: how the file would import it. */
export async function editRoutes(
  path: string,
  bytes: Buffer,
  out: string,
  generated: string,
  contract: Contract,
  options: RoutesOptions,
): Promise<RoutesPlan> {
  const text = bytes.toString("utf8");
  const source = parse(path, text);
  const views = contract.connections.map((connection) => viewOf(connection, source, options));
  const problems = new Problems();
  const findings = new Findings(source, problems);
  if (!Buffer.from(text).equals(bytes)) findings.unreadable("this file is not UTF-8");
  else if (source.defect)
    findings.unreadable(`TypeScript cannot parse this: ${source.defect.message}`, source.defect.at);
  else await report(views, contract, out, options, text, findings);
  const edits = problems.hasErrors ? [] : editsOf(source, views, generated);
  const after = applied(text, edits);
  if (edits.length > 0 && !isWhole(path, after, views)) {
    findings.unreadable("this file is laid out in a way that cannot be edited safely");
  }
  const isRefused = problems.hasErrors;
  const style = options.style;
  const snippet = isRefused ? snippetOf(views.flatMap(lackingOf), generated, style) : undefined;
  return {
    ...{ path, before: text, ...(isRefused ? untouched(views) : changed(views)) },
    ...(isRefused || edits.length === 0 ? { action: "keep", edits: [] } : { action: "edit", edits, text: after }),
    ...(snippet !== undefined && { snippet }),
    findings: problems.all,
  };
}

async function report(
  views: readonly View[],
  contract: Contract,
  out: string,
  { rename }: RoutesOptions,
  text: string,
  findings: Findings,
): Promise<void> {
  for (const view of views) {
    const { connection, changes } = view;
    const { routes } = connection.names;
    if (!isFound(view)) findings.notFound(routes);
    else if (changes.some(({ missing }) => missing.length > 0) && !targetOf(view)) ambiguous(view, findings);
    for (const one of changes.flatMap(({ taken }) => taken)) findings.taken(routes, one);
    const orphaned = changes.flatMap((change) => change.orphaned);
    if (orphaned.length === 0) continue;
    const previous = await previousIn(out);
    const before = askedBefore(previous, routes);
    const renames = likelyRenames(previous, contract, connection);
    for (const member of orphaned)
      findings.orphan(routes, member, before.has(member.id ?? ""), renames.get(member.id ?? ""));
  }
  const changes = views.flatMap((view) => view.changes);
  if (Object.keys(rename).length > 0) reportUnknownRenames(rename, changes, text, findings);
}

/** Of several that are written out in full, each should have every route; of those that are not nobody knows. */
function ambiguous({ connection, changes }: View, findings: Findings): void {
  const closed = changes.filter(({ holder }) => !holder.isOpen);
  if (closed.some(({ missing }) => missing.length > 0)) findings.ambiguous(connection.names.routes, closed);
}

function editsOf(source: RoutesSource, views: readonly View[], generated: string): Edit[] {
  const targets = views.flatMap((view) => targetOf(view) ?? []);
  const changes = views.flatMap((view) => view.changes);
  return splice(source, changes, targets, { server: `${generated}/server.js`, types: `${generated}/types.js` });
}

/** The new text still parses, and has what was to be put in. */
function isWhole(path: string, text: string, views: readonly View[]): boolean {
  const source = parse(path, text);
  if (source.defect) return false;
  return views.every(({ connection, ...before }) => {
    const target = targetOf({ connection, ...before });
    const now = viewOf(connection, source, { rename: {}, prune: false });
    return !target || targetOf(now)?.missing.length === 0;
  });
}

function changed(views: readonly View[]): Omit<RoutesPlan, "path" | "action" | "edits" | "findings"> {
  const named = (view: View): string => view.connection.names.routes;
  return {
    inserted: idsOf(views, (view) => targetOf(view)?.missing ?? []),
    renamed: views.flatMap((view) =>
      view.changes.flatMap(({ renamed }) => renamed.map(({ from, to }) => ({ routes: named(view), from, to }))),
    ),
    pruned: idsOf(views, ({ changes }) => changes.flatMap(({ gone }) => gone.flatMap(({ id }) => id ?? []))),
    missing: [],
    extra: idsOf(views, extraIn),
  };
}

function untouched(views: readonly View[]): Omit<RoutesPlan, "path" | "action" | "edits" | "findings"> {
  const missing = idsOf(views, (view) => lackingOf(view).flatMap((lacking) => lacking.missing));
  return { inserted: [], renamed: [], pruned: [], missing, extra: idsOf(views, extraIn) };
}

function extraIn({ changes }: View): string[] {
  return changes.flatMap(({ orphaned }) => orphaned.flatMap(({ id }) => id ?? []));
}

/** Interfaces with none are left out. */
function idsOf(views: readonly View[], ids: (view: View) => readonly string[]): RoutesOf[] {
  return views
    .map((view) => ({ routes: view.connection.names.routes, ids: [...new Set(ids(view))] }))
    .filter((one) => one.ids.length > 0);
}
