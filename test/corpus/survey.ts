/**
 * A whole corpus: every document is generated, and what was generated is compiled in one run of the compiler.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { compile } from "../support/compile.js";
import { ROOT } from "../support/examples.js";
import { type Attempt, attempt } from "./attempt.js";
import type { Document } from "./documents.js";

export interface Survey {
  readonly attempts: readonly Attempt[];
  /** What the compiler says of generated code, by the document's id; nothing of those that compile. */
  readonly complaints: ReadonlyMap<string, readonly string[]>;
  readonly milliseconds: number;
}

export async function survey(documents: readonly Document[]): Promise<Survey> {
  const start = performance.now();
  const work = mkdtempSync(join(ROOT, "test/.compile-corpus-")); // below the root, so that packages are found
  try {
    const attempts: Attempt[] = [];
    for (const document of documents) attempts.push(await attempt(document, join(work, document.id)));
    const complaints = byDocument(await compiled(attempts.flatMap(({ outcome }) => outcome)));
    return { attempts, complaints, milliseconds: performance.now() - start };
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** TypeScript 7, which takes seconds for thousands of files; the examples show that the others agree with it. */
function compiled(outcomes: readonly Attempt["outcome"][]): Promise<string> {
  const files = outcomes.flatMap((outcome) => (outcome.kind === "generated" ? outcome.files : []));
  return compile("7", files, { module: "nodenext", moduleResolution: "nodenext" });
}

/** `…/A0001/types.ts(3,14): error TS2304: …`, and indented lines that go on with it. */
function byDocument(said: string): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const line of said.split("\n").filter((text) => /\berror TS\d+:/.test(text))) {
    const id = /\/\.compile-corpus-[^/]+\/([^/]+)\//.exec(line)?.[1] ?? "?"; // a complaint of nobody's is one all the same
    found.set(id, [...(found.get(id) ?? []), line.replace(/^.*\/\.compile-corpus-[^/]+\/[^/]+\//, "")]);
  }
  return found;
}
