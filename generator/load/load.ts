/**
 * A path to a document: every file it refers to is read, every reference is known to lead somewhere.
 */
import { dirname, relative, resolve, sep } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { Node, type SourceFile } from "../document.js";
import type { Problems } from "../problem.js";
import { limits } from "./limits.js";
import { type Failure, type LoadOptions, leadsOutside, outside, rootsFor } from "./locate.js";
import { readCopy } from "./meta-schemas.js";
import { parseSource, placeInSpoilt } from "./parse-source.js";
import { readInput, readSource } from "./read-source.js";
import { reportReferences } from "./report-references.js";
import { Sources } from "./sources.js";
import { type Spoilt, Unreadable } from "./unreadable.js";

/** What the crawler says of a file; its own type is not exported. */
interface FileInfo {
  readonly url: string;
}

/** Why a file is not there, or is no text throughout. */
type Failed = Failure & { readonly spoilt?: Spoilt | undefined };

export type { LoadOptions } from "./locate.js";

/**
 * Reads the document at a path or file address, or from standard input for `-`. Throws InputError where it cannot be read at all; a reference that leads
 * nowhere is among the problems, so that whatever else is wrong can be found in the same run.
 */
export async function load(path: string, options: LoadOptions, problems: Problems): Promise<Node> {
  const url = /^file:\/\//i.test(path) ? new URL(path) : pathToFileURL(resolve(path));
  if (path !== "-") options.reading?.(fileURLToPath(url));
  const folder = dirname(fileURLToPath(url));
  const sources = new Sources(rootsFor(folder, options), options);
  const root = await loadRoot(url, path, problems);
  problems.throwIfErrors();
  if (!root) throw new Error("a file without a value has an error"); // parseSource's promise

  sources.add(url.href, root);
  await crawl(sources, folder, options, problems);
  reportReferences(sources, problems);
  return Node.at({ file: root, path: [] }, sources);
}

async function loadRoot(url: URL, path: string, problems: Problems): Promise<SourceFile | undefined> {
  const name = nameOf(url, dirname(fileURLToPath(url)));
  try {
    const text = path === "-" ? await readInput() : await readSource(url, path);
    return parseSource(name, url.href, text, problems);
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    const { rule, message, hint, spoilt } = error;
    problems.error(rule, message, spoilt && placeInSpoilt(name, url.href, spoilt), hint);
    return undefined;
  }
}

/**
 * Reads the files that the root refers to, and those that they do, round by round in the order of the references, so that
 * the same document is always read the same way. Failures are kept for the references to report.
 */
async function crawl(sources: Sources, folder: string, options: LoadOptions, problems: Problems): Promise<void> {
  let left = limits.files - 1;
  for (let next = sources.next(); next.length > 0; next = sources.next()) {
    const round = next.slice(0, left);
    left -= round.length;
    for (const address of next.slice(round.length)) sources.fail(address, tooManyFiles);
    const texts = await readAll(round, (address) => read(address, sources, folder, options));
    for (const address of round) {
      const text = texts.get(address) ?? neverRead;
      const name = nameOf(new URL(address), folder);
      const file = typeof text === "string" ? parseSource(name, address, text, problems) : text;
      if (file === undefined) sources.fail(address, broken);
      else if (!("rule" in file)) sources.add(address, file);
      else if (file.spoilt) {
        problems.error(file.rule, file.message, placeInSpoilt(name, address, file.spoilt), file.hint);
        sources.fail(address, broken);
      } else sources.fail(address, file);
    }
  }
}

/** The texts behind addresses, or why there are none, by address. */
async function readAll(
  addresses: readonly string[],
  read: (address: string) => Promise<string | Failed>,
): Promise<ReadonlyMap<string, string | Failed>> {
  const texts = new Map<string, string | Failed>();
  if (addresses.length === 0) return texts;
  const { $RefParser } = await import("@apidevtools/json-schema-ref-parser"); // most documents are one file and need none
  // What the crawler sees are links to follow, not values: which keys are references, and from where they count, is ours to say.
  await $RefParser.resolve(
    { links: addresses.map((address) => ({ $ref: address })) },
    {
      resolve: { file: false, http: false, source: { order: 1, canRead: true, read: readOne } },
      parse: {
        json: false,
        yaml: false,
        text: false,
        binary: false,
        source: { order: 1, canParse: true, allowEmpty: true, parse: () => ({}) },
      },
    },
  );
  return texts;

  /** Never throws: what fails is a fact about the reference. */
  async function readOne({ url }: FileInfo): Promise<string> {
    texts.set(url, await read(url));
    return "";
  }
}

async function read(
  address: string,
  sources: Sources,
  folder: string,
  { reading }: LoadOptions,
): Promise<string | Failed> {
  const url = new URL(address);
  const shown = nameOf(url, folder);
  const copy = await readCopy(address);
  if (copy !== undefined) return copy;
  if (await leadsOutside(url, sources.roots)) return outside(JSON.stringify(shown));
  if (url.protocol === "file:") reading?.(fileURLToPath(url));
  try {
    return await readSource(url, shown);
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    const { rule, message, hint, spoilt } = error;
    return { rule, message, hint, spoilt };
  }
}

const broken: Failure = { rule: "syntax", message: "the file is broken", echo: true };
const neverRead: Failed = { rule: "missing-file", message: "it has not been read" };
const tooManyFiles: Failure = { rule: "too-many-files", message: `the document has more than ${limits.files} files` };

/** A file's name in diagnostics: relative to the root document's folder, with forward slashes; an address where it is remote. */
function nameOf(url: URL, folder: string): string {
  return url.protocol === "file:" ? relative(folder, fileURLToPath(url)).split(sep).join("/") : url.href;
}
