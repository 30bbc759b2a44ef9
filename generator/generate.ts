/**
 * The walk: document → contract → files.
 */
import { files, type RoutesStyle } from "../templates/index.js";
import { build } from "./build/build.js";
import { warnOfContradictions } from "./build/contradictions.js";
import { warnOfOverlaps } from "./build/overlaps.js";
import { check } from "./check/check.js";
import { noteImpliedTypes } from "./check/implied-types.js";
import { warnOfSlowPatterns } from "./check/slow-patterns.js";
import type { Contract, Perspective } from "./contract.js";
import { askedIn, plansOf } from "./conversions/plan.js";
import type { Node } from "./document.js";
import { translate } from "./languages/translate.js";
import { type LoadOptions, load } from "./load/load.js";
import { warnOfUnchecked } from "./normalise/unchecked.js";
import type { ReadOptions } from "./options.js";
import { InputError, type Levels, type Problem, Problems } from "./problem.js";
import { read } from "./read/index.js";
import { planRoutes, type RoutesOptions, type RoutesPlan } from "./routes/plan.js";
import { styleIn } from "./routes/style.js";
import { writeRoutes } from "./routes/write.js";
import { typesText } from "./types/types.js";
import { withoutWrongExamples } from "./validators/examples.js";
import { MANIFEST } from "./write/manifest.js";
import { editsOf, type FolderPlan, planFolder } from "./write/plan.js";
import { writeFolders } from "./write/write.js";

/** What may be said beside the document's path. */
export interface ContractOptions extends ReadOptions, LoadOptions {
  /** Warnings refuse a document as errors do. Default: false. */
  readonly strict?: boolean | undefined;
  /** What findings of a rule are, by rule. */
  readonly rules?: Levels | undefined;
}

export interface GenerateOptions extends ContractOptions {
  /** The folder for generated files; the tool owns what it writes there. */
  readonly out: string;
  /** A file of yours for the routes: drafted if it is not there, afterwards only added to. */
  readonly routes?: string;
  /** What routes are: an object, or a class that overrides a generated one. Default: as generated before, else `object`. */
  readonly routesStyle?: RoutesStyle;
  /** Routes to call by a new name: old name → new name. */
  readonly rename?: RoutesOptions["rename"];
  /** Take away stubs that nothing asks for and nobody filled in. Default: false. */
  readonly prune?: boolean;
}

/** A contract, and what was noticed on the way to it: warnings, and notes, which refuse nothing. */
export interface ContractRead {
  readonly contract: Contract;
  readonly warnings: readonly Problem[];
}

/** What would be written. */
export interface Plan extends ContractRead {
  readonly folder: FolderPlan;
  /** What is to be said of changes by hand where the plan is carried out. */
  readonly edits: readonly Problem[];
  readonly routes?: RoutesPlan;
}

export interface Generated extends Plan {
  /** Names of files of code whose text is new. */
  readonly changed: readonly string[];
  readonly unchanged: readonly string[];
  /** Names of files that are gone. */
  readonly deleted: readonly string[];
}

/** Reads a document. Throws InputError, with every defect found, if it cannot be used. */
export async function readContract(document: string, options: ContractOptions = {}): Promise<ContractRead> {
  const problems = new Problems({ strict: options.strict, levels: options.rules });
  const { contract } = await contractOf(document, options, problems);
  problems.throwIfRefused();
  return { contract, warnings: problems.all };
}

/** The generated files of a contract, by name; `style`: what routes are made of. */
export async function emit(contract: Contract, style?: RoutesStyle): Promise<ReadonlyMap<string, string>> {
  const conversions = plansOf(contract);
  const types = typesText(contract.types, contract, contract.letter);
  const exported = [...new Set([...checked(contract), ...askedIn(conversions)])];
  const { validatorsText } = await import("./validators/validators.js"); // with ajv, which reading alone may not need
  const validators = await validatorsText(contract.types, exported, contract, contract.errors);
  return files(contract, { types, validators, conversions }, style);
}

/** Decides what is to be written, and writes nothing. Throws InputError if the document cannot be used. */
export async function plan(document: string, options: GenerateOptions): Promise<Plan> {
  const { out, routes, rename = {}, prune = false } = options;
  const routesStyle = options.routesStyle ?? (await styleIn(out));
  const problems = new Problems({ strict: options.strict, levels: options.rules });
  const { contract } = await contractOf(document, options, problems);
  const style = { style: routesStyle, rename, prune };
  const routesPlan = routes === undefined ? undefined : await planRoutes(routes, out, contract, style, problems);
  problems.throwIfRefused();
  const folder = await planFolder(out, await emit(contract, routesStyle), problems);
  const hasRoutes = routesPlan !== undefined && contract.connections.length > 0;
  const edits = problems.counting(editsOf(folder));
  const planned = { contract, warnings: problems.all, folder, edits };
  if (!hasRoutes) return planned;
  return { ...planned, routes: { ...routesPlan, findings: problems.counting(routesPlan.findings) } };
}

/**
 * Does what is planned, for several contracts all or none. Throws InputError where the file system does not let it, and where
 * changes by hand count as errors.
 */
export async function carryOut(plans: readonly Plan[]): Promise<Generated[]> {
  const refused = plans.flatMap(({ edits }) => edits).filter(({ severity }) => severity === "error");
  if (refused.length > 0) throw new InputError(refused);
  const problems = new Problems();
  await writeFolders(
    plans.map(({ folder }) => folder),
    problems,
    async () => {
      for (const { routes } of plans) if (routes) await writeRoutes(routes, problems);
    },
  );
  return plans.map((one) => {
    const named = (...changes: string[]) =>
      one.folder.files.flatMap(({ name, change }) => (name !== MANIFEST && changes.includes(change) ? name : []));
    return {
      ...one,
      warnings: [...one.warnings, ...one.edits],
      changed: named("create", "update"),
      unchanged: named("keep"),
      deleted: named("delete"),
    };
  });
}

/** Document in, files out. Throws InputError, with nothing written, if the document cannot be used. */
export async function generate(document: string, options: GenerateOptions): Promise<Generated> {
  const [done] = await carryOut([await plan(document, options)]);
  if (!done) throw new Error("one plan has one end");
  return done;
}

/** A document's contract, and its root for who looks further. */
export async function contractOf(
  document: string,
  options: ContractOptions,
  problems: Problems,
): Promise<{ readonly contract: Contract; readonly root: Node }> {
  const perspective: Perspective = options.perspective ?? "server";
  const root = await load(document, options, problems);
  const kind = await check(root, problems);
  problems.throwIfErrors();
  const draft = await translate(read(root, kind, perspective, problems), problems);
  problems.throwIfErrors();
  const contract = build(draft, perspective, options, problems);
  problems.throwIfErrors();
  warnOfUnchecked(contract, root, problems);
  await warnOfSlowPatterns(contract, root, problems);
  noteImpliedTypes(contract, root, problems);
  warnOfContradictions(contract, root, problems);
  warnOfOverlaps(contract, root, problems);
  return { contract: await withoutWrongExamples(contract, root, problems), root };
}

/** Types that something is checked against at run time; all, where no connection says which. */
function checked({ connections, types }: Contract): readonly string[] {
  if (connections.length === 0) return types.map(({ name }) => name);
  const names = connections.flatMap(({ toServer, toClient }) =>
    [toServer, toClient].flatMap(({ actions, unions }) => [
      ...actions.flatMap(({ payload, accepts, reply }) => [
        payload,
        accepts ?? [],
        reply?.by === "id" ? [...reply.types, reply.accepts ?? []] : [],
      ]),
      ...unions.flatMap(({ payload, accepts }) => [payload, accepts ?? []]),
    ]),
  );
  return [...new Set(names.flat(2))];
}
