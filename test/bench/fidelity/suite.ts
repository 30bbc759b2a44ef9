/** The JSON-Schema-Test-Suite as cases. */
import { readdirSync, readFileSync } from "node:fs";
import type { Asked, Subject } from "./case.js";
import type { Draft } from "./drafts.js";
import { type Json, read } from "./json.js";

export const SUITE: URL = new URL("../../suite/", import.meta.url);

/**
 * Optional files about structure: references, identifiers, unknown keywords. What says something of values only (formats,
 * large numbers, dialects of regular expressions) says nothing of types.
 */
const STRUCTURE = new Set([
  "anchor.json",
  "cross-draft.json",
  "dependencies-compatibility.json",
  "dynamicRef.json",
  "id.json",
  "no-schema.json",
  "refOfUnknownKeyword.json",
  "unknownKeyword.json",
]);

interface Group {
  readonly schema: Json;
  readonly description: string;
  readonly tests: readonly { readonly description: string; readonly data: Json; readonly valid: boolean }[];
}

export function suiteCases(draft: Draft, optional: boolean): Subject<Asked>[] {
  const folder = new URL(`tests/${draft}/`, SUITE);
  const more = optional ? filesIn(new URL("optional/", folder)).filter((name) => STRUCTURE.has(name)) : [];
  return [
    ...filesIn(folder).flatMap((name) => casesOf(draft, new URL(name, folder), name, false)),
    ...more.flatMap((name) => casesOf(draft, new URL(`optional/${name}`, folder), name, true)),
  ];
}

/** What a validator that checks formats says of them. */
export function formatCases(draft: Draft): Subject<Asked>[] {
  const folder = new URL(`tests/${draft}/optional/format/`, SUITE);
  return filesIn(folder).flatMap((name) => casesOf(draft, new URL(name, folder), name, true));
}

function casesOf(draft: Draft, url: URL, name: string, optional: boolean): Subject<Asked>[] {
  const file = name.replace(".json", "");
  const groups = JSON.parse(readFileSync(url, "utf8")) as Group[];
  return groups.map(({ schema, description, tests }, index) => ({
    id: `${draft}/${optional ? "optional/" : ""}${file}#${index}`,
    draft,
    file,
    optional,
    schema,
    instances: tests.map((test) => ({
      set: "suite",
      description: `${description}: ${test.description}`,
      data: test.data,
      valid: test.valid,
    })),
  }));
}

function filesIn(folder: URL): string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith(".json"))
    .sort();
}

const remotes = new Map<string, Json>();

/** What the suite serves, by address. */
export function suiteRemotes(): ReadonlyMap<string, Json> {
  if (remotes.size > 0) return remotes;
  const folder = new URL("remotes/", SUITE);
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" }).map((name) => name.replaceAll("\\", "/"));
  for (const name of names.filter((name) => name.endsWith(".json")).sort()) {
    remotes.set(`http://localhost:1234/${name}`, read(readFileSync(new URL(name, folder), "utf8")));
  }
  return remotes;
}
