/**
 * A validator's list of errors as the trees they are: below a union's error, why each of its branches failed.
 *
 * What is relied on, all of it seen of what ajv's code reports: errors stand in the order in which they were found; what
 * came of looking into branches stands right before the error of the keyword that looked (`anyOf`, `oneOf`, `contains`,
 * `propertyNames`), and at its place or below; `if` only repeats what stands before it; a validator that stops at the
 * first error leaves one such tree, and each branch in it one. Where a branch ends:
 * - `params.branches`, where generated code gives it, says how many errors each branch left, in their order.
 * - Without it `schemaPath` tells: that of a branch's errors begins with the union's own and the branch's number. Behind a
 *   reference it begins anew, and such an error counts as a branch of its own: exact where validators stop at the first.
 *   Where they do not, some of a branch's errors may be missing from what is told, or those of another one among them.
 */
import type { ValidateError } from "../api.js";

export interface Tree {
  readonly error: ValidateError;
  /** Of each branch that failed, what failed in it; empty where that explains nothing. */
  readonly branches: readonly Branch[];
  /** How many of the list's errors are in it. */
  readonly size: number;
}

export type Branch = readonly Tree[];

/** Of more errors only the last are looked at: what is told is short. */
const MOST = 2000;
/** The innermost union that a schema's path leads into. */
const IN_UNION = /\/(?:any|one)Of\/\d+\//;

export function trees(errors: readonly ValidateError[]): Tree[] {
  const open: Tree[] = [];
  for (const error of errors.slice(-MOST)) {
    const { keyword, params } = error;
    const looks = /^(?:anyOf|oneOf|contains|propertyNames)$/.test(keyword);
    const branches = looks ? (byCount(params["branches"], open) ?? byPath(error, open)) : [];
    const last = keyword === "if" ? open.pop() : undefined;
    const size = branches.flat().reduce((sum, tree) => sum + tree.size, 1 + (last?.size ?? 0));
    // Branches that fit too many, or items that are not those asked for, are no reasons.
    const why = keyword === "contains" || params["passingSchemas"] ? [] : branches;
    open.push({ error, branches: why, ...last, size });
  }
  return open;
}

/** Takes what is below an error from those that are open. */
function byCount(counts: unknown, open: Tree[]): Branch[] | undefined {
  if (!Array.isArray(counts)) return undefined;
  const branches = [...counts].reverse().map((count) => {
    let [left, start] = [Number(count), open.length];
    while (left > 0 && start > 0) left -= open[--start]?.size ?? 0;
    return open.splice(start);
  });
  return branches.reverse().filter(({ length }) => length > 0);
}

function byPath(union: ValidateError, open: Tree[]): Branch[] {
  const own = `${union.schemaPath}/`;
  let start = open.length;
  while (start > 0 && isBelow(union, own, open[start - 1]?.error, start === open.length)) start--;
  const branches: Tree[][] = [];
  let before: string | undefined;
  for (const tree of open.splice(start)) {
    const [front, rest] = (tree.error.schemaPath ?? "").split(own, 2);
    const number = front === "" ? rest?.split("/", 1)[0] : undefined;
    if (number !== undefined && number === before) branches.at(-1)?.push(tree);
    else branches.push([tree]);
    before = number;
  }
  return branches;
}

function isBelow(union: ValidateError, own: string, error: ValidateError | undefined, last: boolean): boolean {
  if (!error || !`${error.instancePath}/`.startsWith(`${union.instancePath}/`)) return false;
  const { schemaPath = "" } = error;
  if (schemaPath.startsWith(own)) return true;
  if (union.keyword === "propertyNames") return last; // one schema looked, so one error; others at this place are not of it
  if (IN_UNION.test(schemaPath)) return false; // of a union around this one: those inside of it are closed
  const around = own.replace(/[^/]*\/$/, "");
  return around === "#/" || !schemaPath.startsWith(around); // all paths begin with `#/`, also those behind references
}
