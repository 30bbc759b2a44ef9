/**
 * `generate --check`: what of the repository is not as generated, and how it would change.
 */
import type { Plan } from "../generate.js";
import type { Problem } from "../problem.js";
import type { RoutesPlan } from "../routes/plan.js";
import { unifiedDiff } from "../write/diff.js";
import { driftOf } from "../write/drift.js";
import { MANIFEST } from "../write/manifest.js";
import { placeOfFile } from "../write/place-of-file.js";

export interface Checked {
  readonly findings: readonly Problem[];
  readonly diffs: readonly string[];
}

/** Lines of a file's diff that are shown. */
const SHOWN = 100;

export function check(plans: readonly Plan[], verbose: boolean): Checked {
  const most = verbose ? Number.POSITIVE_INFINITY : SHOWN;
  return {
    findings: plans.flatMap(({ folder, routes }) => [...driftOf(folder), ...(routes ? routesDrift(routes) : [])]),
    diffs: plans.flatMap(({ folder, routes }) => [
      ...folder.files
        .filter(({ name, change }) => change !== "keep" && name !== MANIFEST)
        .map(({ name, ...file }) => unifiedDiff(`${folder.folder}/${name}`, file, most)),
      ...(routes?.action === "edit"
        ? [unifiedDiff(routes.path, { before: routes.before, after: routes.text }, most)]
        : []),
    ]),
  };
}

/** Stubs that are missing, and those that nothing asks for, are drift; what stands in them is not. */
function routesDrift({ path, action, findings, inserted }: RoutesPlan): Problem[] {
  const hint = "Run actionwire generate and commit what it writes.";
  const problem = (rule: "missing-output" | "missing-route", message: string): Problem => ({
    rule,
    severity: "error",
    message,
    hint,
    place: placeOfFile(path, ""),
  });
  const orphaned = findings.map(
    (finding): Problem => (finding.rule === "stub-orphaned" ? { ...finding, severity: "error" } : finding),
  );
  if (action === "create") return [problem("missing-output", `${path} is missing`), ...orphaned];
  const missing = inserted.flatMap(({ routes, ids }) =>
    ids.map((id) => problem("missing-route", `${routes} asks for ${id}, which is missing`)),
  );
  return [...missing, ...orphaned];
}
