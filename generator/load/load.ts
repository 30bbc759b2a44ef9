/**
 * A path to a document: every file it refers to is read, every reference is known to lead somewhere.
 */
import { dirname, relative, resolve, sep } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { Node, type SourceFile } from "../document.js";
import type { Problems } from "../problem.js";
import { limits } from "./limits.js";
import { type LoadOptions, leadsOutside, outside, rootsFor } from "./locate.js";
import { parseSource } from "./parse-source.js";
import { readSource, Unreadable } from "./read-source.js";
import { reportReferences } from "./report-references.js";
import { Sources } from "./sources.js";

/** What the crawler says of a file; its own type is not exported. */
interface FileInfo {
  readonly url: string;
  readonly data: unknown;
}

export type { LoadOptions } from "./locate.js";

/**
 * Reads the document at a path or file address. Throws InputError where it cannot be read at all; a reference that leads
 * nowhere is among the problems, so that whatever else is wrong can be found in the same run.
 */
export async function load(path: string, options: LoadOptions, problems: Problems): Promise<Node> {
  const url = /^file:\/\//i.test(path) ? new URL(path) : pathToFileURL(resolve(path));
  const folder = dirname(fileURLToPath(url));
  const sources = new Sources(rootsFor(folder, options), options);
  const root = await loadRoot(url, path, problems);
  problems.throwIfErrors();
  if (!root) throw new Error("a file without a value has an error"); // parseSource's promise

  sources.add(url.href, root);
  await crawl(root, sources, folder, problems);
  reportReferences(sources, problems);
  return Node.at({ file: root, path: [] }, sources.follow);
}

async function loadRoot(url: URL, path: string, problems: Problems): Promise<SourceFile | undefined> {
  try {
    const text = await readSource(url, path);
    return parseSource(nameOf(url, dirname(fileURLToPath(url))), url.href, text, problems);
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    problems.error(error.rule, error.message, undefined, error.hint);
    return undefined;
  }
}

/** Reads the files that the root refers to, and those that they do. Failures are kept for the references to report. */
async function crawl(root: SourceFile, sources: Sources, folder: string, problems: Problems): Promise<void> {
  const first = links(sources, root);
  let asked = 1;
  if (first.length === 0) return; // most documents are one file, and then the crawler need not be loaded
  const { $RefParser } = await import("@apidevtools/json-schema-ref-parser");
  await $RefParser.resolve(
    { links: first },
    {
      // Reading and parsing are ours, and never throw: what fails is a fact about the reference.
      resolve: {
        file: false,
        http: false,
        source: { order: 1, canRead: true, read: ({ url }: FileInfo) => read(url) },
      },
      parse: {
        json: false,
        yaml: false,
        text: false,
        binary: false,
        // What the crawler sees of a file is its links, not its value: it would take every `$ref` in an example for one.
        source: {
          order: 1,
          canParse: true,
          allowEmpty: true,
          parse: ({ url, data }: FileInfo) => ({ links: parse(url, data) }),
        },
      },
    },
  );

  /** The text; empty where there is none, which `sources` then knows. */
  async function read(address: string): Promise<string> {
    if (sources.has(address)) return "";
    const url = new URL(address);
    const shown = nameOf(url, folder);
    if (++asked > limits.files) {
      sources.fail(address, tooManyFiles);
      return "";
    }
    if (await leadsOutside(url, sources.roots)) {
      sources.fail(address, outside(JSON.stringify(shown)));
      return "";
    }
    try {
      return await readSource(url, shown);
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      sources.fail(address, { rule: error.rule, message: error.message, hint: error.hint });
      return "";
    }
  }

  function parse(address: string, data: unknown): object[] {
    if (sources.has(address)) return [];
    const file = parseSource(nameOf(new URL(address), folder), address, String(data), problems);
    if (file) {
      sources.add(address, file);
      return links(sources, file);
    }
    sources.fail(address, { rule: "broken-file", message: "the file is broken", echo: true });
    return [];
  }
}

const tooManyFiles = { rule: "too-many-files", message: `the document has more than ${limits.files} files` };

/** A file as the crawler sees it: absolute addresses, so that no `$id` and no base can change their meaning. */
function links(sources: Sources, file: SourceFile): object[] {
  return [...sources.neighbours(file)].map((address) => ({ $ref: address }));
}

/** A file's name in diagnostics: relative to the root document's folder, with forward slashes; an address where it is remote. */
function nameOf(url: URL, folder: string): string {
  return url.protocol === "file:" ? relative(folder, fileURLToPath(url)).split(sep).join("/") : url.href;
}
