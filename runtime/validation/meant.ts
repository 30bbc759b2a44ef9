/**
 * Of a union that nothing fits, the branch that was meant, and what is wrong with that one only.
 *
 * A branch is out where the value is of another kind, or where a member that tells branches apart (a constant, a choice)
 * has another value; of the others the one is meant that got deepest into the value, and left the fewest errors.
 */
import { FIT_ONE, isChoice, type Reason, reason, sentence } from "./explain.js";
import { step } from "./found.js";
import type { Branch, Tree } from "./trees.js";

/** Unions in unions are followed so far: it is recursion, and a stranger may choose how deep. */
const DEEPEST = 64;
/** Of what several branches ask for, so much is told. */
const MANY = 4;
/** Evidence below this is against a branch: another kind of value, or another constant in a member. */
const MEANT = 3;

export function reasons({ error, branches }: Tree, depth = 0): Reason[] {
  const { instancePath: path, keyword, params } = error;
  const below = (branch: Branch): Reason[] => branch.flatMap((tree) => reasons(tree, depth + 1));
  if (branches.length === 0 || depth > DEEPEST) return [reason(error)];
  if (keyword === "propertyNames") {
    const member = path + step(String(params["propertyName"]));
    return branches.flatMap(below).map((why) => ({ ...why, path: member, text: `its name ${sentence(why)}` }));
  }
  const ranks = branches.map((branch) => rank(branch, path));
  const best = ranks.reduce((one, other) => Math.max(one, other));
  const tied = branches.filter((_, index) => ranks[index] === best);
  if (tied.length === 1) return tied.flatMap(below);
  // What speaks against them is what is wrong with them; nobody meant the rest.
  const said = tied.map((branch) => below(branch.filter((tree) => best > 2 || evidence(tree, path) === best)));
  return together(path, said, branches.length);
}

/** What speaks for a branch: its worst error, then that there are few. */
function rank(branch: Branch, path: string): number {
  const worst = branch.reduce((least, tree) => Math.min(least, evidence(tree, path)), Number.POSITIVE_INFINITY);
  return worst < MEANT ? worst : worst - branch.length / 1e4;
}

/** How much speaks for a branch that left this error, the less the worse; from {@link MEANT} on by depth. */
function evidence({ error: { instancePath, keyword }, branches }: Tree, path: string): number {
  const steps = instancePath.slice(path.length).split("/").length - 1;
  if (steps > 1) return MEANT + steps;
  if (steps === 1) return keyword === "const" ? 2 : keyword === "enum" ? MEANT : MEANT + 1; // a choice may be a tag
  if (/Of$/.test(keyword) && branches.length > 0) return Math.max(...branches.map((branch) => rank(branch, path)));
  return keyword === "false schema" ? 0 : isChoice(keyword) ? 1 : MEANT;
}

/** What several branches ask for, as one: `must be "card" or "sepa"`; or a list of what would do. */
function together(path: string, said: readonly (readonly Reason[])[], many: number): Reason[] {
  const all = said.flat();
  const [place = path] = all.map((one) => one.path);
  if (said.every(({ length }) => length === 1) && all.every((one) => one.be && one.path === place)) {
    const be = [...new Set(all.flatMap((one) => one.be ?? []))];
    return [{ path: place, be, kind: all.some(({ kind }) => kind) }];
  }
  const texts = [...new Set(said.map((branch) => branch.map((one) => sentenceAt(one, path)).join(" and ")))];
  if (texts.length === 1) return [...(said[0] ?? [])];
  const told = [...texts.slice(0, MANY), ...(texts.length > MANY ? ["…"] : [])].join(", or ");
  return [{ path, must: FIT_ONE, text: `matches none of ${many} alternatives: ${told}` }];
}

function sentenceAt(reason: Reason, path: string): string {
  return `${reason.path.slice(path.length)} ${sentence(reason)}`.trim();
}
