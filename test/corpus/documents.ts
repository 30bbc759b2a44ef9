/**
 * The documents of a corpus folder, and the group each is counted in. `INDEX.tsv` says what is known of them: where a
 * document is from, whether it is about a WebSocket, and what AsyncAPI's own parser says of it.
 */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Documents that are counted together, in the table's order; the last three are counted apart. */
export const GROUPS = [
  "real-world WebSocket",
  "other real-world",
  "specification examples",
  "tool fixtures",
  "conformance",
  "invalid to the reference parser",
  "with remote references",
  "AsyncAPI 1.x",
] as const;
export type Group = (typeof GROUPS)[number];

export interface Document {
  readonly id: string;
  readonly path: string;
  /** References may lead anywhere in the corpus, and nowhere else. */
  readonly root: string;
  readonly group: Group;
  /** What AsyncAPI's reference parser says. */
  readonly valid: boolean;
}

/** The folder that ACTIONWIRE_CORPUS names; undefined where there is no corpus in it. */
export function corpusFolder(): string | undefined {
  const folder = process.env["ACTIONWIRE_CORPUS"];
  return folder !== undefined && existsSync(join(folder, "INDEX.tsv")) ? folder : undefined;
}

/** Every AsyncAPI document; JSON Schemas by themselves are none. */
export function documentsIn(folder: string): Document[] {
  const [head = "", ...lines] = readFileSync(join(folder, "INDEX.tsv"), "utf8").trimEnd().split("\n");
  const names = head.split("\t");
  return lines
    .map((line) => new Map(line.split("\t").map((cell, index) => [names[index] ?? "", cell])))
    .filter((row) => row.get("group") !== "jsonschema")
    .map((row) => ({
      id: row.get("id") ?? "",
      path: join(folder, row.get("path") ?? ""),
      root: folder,
      group: groupOf(row),
      valid: row.get("reference_parser") === "valid",
    }));
}

const ORIGINS: Readonly<Record<string, Group>> = {
  "real-world": "other real-world",
  "spec-example": "specification examples",
  "tool-fixture": "tool fixtures",
  conformance: "conformance",
};

function groupOf(row: ReadonlyMap<string, string>): Group {
  const origin = row.get("group") ?? "";
  if (row.get("asyncapi_version")?.startsWith("1.")) return "AsyncAPI 1.x";
  // What vendors publish must work, whatever a parser thinks of it.
  if (origin === "real-world" && row.get("ws") !== "no") return "real-world WebSocket";
  if (row.get("external_refs")?.startsWith("remote")) return "with remote references";
  if (row.get("reference_parser") !== "valid") return "invalid to the reference parser";
  const group = ORIGINS[origin];
  if (group === undefined) throw new Error(`INDEX.tsv: ${row.get("id")} is of an unknown group, ${origin}`);
  return group;
}
