/**
 * The walk: document → contract → files.
 */
import { files } from "../templates/index.js";
import { build } from "./build/build.js";
import { warnOfContradictions } from "./build/contradictions.js";
import { warnOfOverlaps } from "./build/overlaps.js";
import { check } from "./check/check.js";
import { noteImpliedTypes } from "./check/implied-types.js";
import { warnOfSlowPatterns } from "./check/slow-patterns.js";
import type { Contract, Perspective } from "./contract.js";
import { askedIn, plansOf } from "./conversions/plan.js";
import { translate } from "./languages/translate.js";
import { type LoadOptions, load } from "./load/load.js";
import { warnOfUnchecked } from "./normalise/unchecked.js";
import type { ReadOptions } from "./options.js";
import { type Problem, Problems } from "./problem.js";
import { read } from "./read/index.js";
import { typesText } from "./types/types.js";
import { withoutWrongExamples } from "./validators/examples.js";
import { checkRoutesPath, type RoutesReport, routesFile } from "./write/routes-file.js";
import { type Written, writeFolder } from "./write/write.js";

/** What may be said beside the document's path. */
export interface ContractOptions extends ReadOptions, LoadOptions {
  /** Warnings refuse a document as errors do. Default: false. */
  readonly strict?: boolean | undefined;
}

export interface GenerateOptions extends ContractOptions {
  /** The folder for generated files; the tool owns what it writes there. */
  readonly out: string;
  /** A file of yours for the routes: drafted if it is not there, otherwise only compared. */
  readonly routes?: string;
}

/** A contract, and what was noticed on the way to it: warnings, and notes, which refuse nothing. */
export interface ContractRead {
  readonly contract: Contract;
  readonly warnings: readonly Problem[];
}

export interface Generated extends ContractRead, Written {
  readonly routes?: RoutesReport;
}

/** Reads a document. Throws InputError, with every defect found, if it cannot be used. */
export async function readContract(document: string, options: ContractOptions = {}): Promise<ContractRead> {
  const problems = new Problems(options);
  const contract = await contractOf(document, options, problems);
  problems.throwIfRefused();
  return { contract, warnings: problems.all };
}

/** The generated files of a contract, by name. */
export async function emit(contract: Contract): Promise<ReadonlyMap<string, string>> {
  const conversions = plansOf(contract);
  const types = typesText(contract.types, contract, contract.letter);
  const exported = [...new Set([...checked(contract), ...askedIn(conversions)])];
  const { validatorsText } = await import("./validators/validators.js"); // with ajv, which reading alone may not need
  const validators = await validatorsText(contract.types, exported, contract, contract.errors);
  return files(contract, { types, validators, conversions });
}

/** Document in, files out. Throws InputError, with nothing written, if the document cannot be used. */
export async function generate(document: string, options: GenerateOptions): Promise<Generated> {
  const problems = new Problems(options);
  const contract = await contractOf(document, options, problems);
  if (options.routes !== undefined) await checkRoutesPath(options.routes, options.out, problems);
  problems.throwIfRefused();
  const written = await writeFolder(options.out, await emit(contract), problems);
  const hasRoutes = options.routes !== undefined && contract.connections.length > 0;
  const routes = hasRoutes ? { routes: await routesFile(options.routes, options.out, contract, problems) } : {};
  return { contract, warnings: problems.all, ...written, ...routes };
}

async function contractOf(document: string, options: ContractOptions, problems: Problems): Promise<Contract> {
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
  return withoutWrongExamples(contract, root, problems);
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
