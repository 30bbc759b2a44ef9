/**
 * The manifest in the output folder: what was written there, each file with the hash of its text, so that a later run knows
 * its own files, and which of them somebody changed.
 */
import { createHash } from "node:crypto";

export const MANIFEST = ".actionwire.json";

/** Hashes by the names of files. */
export type Manifest = ReadonlyMap<string, string>;

const ABOUT = "What actionwire wrote into this folder. Do not edit: it tells by this which files are its own.";

/** Line ends and a byte order mark are a checkout's, not a text's. */
export function plain(text: string): string {
  return text.replace(/^\ufeff/, "").replaceAll("\r\n", "\n");
}

export function hashOf(text: string): string {
  return `sha256:${createHash("sha256").update(plain(text)).digest("hex")}`;
}

export function manifestText(files: Manifest): string {
  const sorted = [...files].sort(([a], [b]) => (a < b ? -1 : 1));
  return `${JSON.stringify({ about: ABOUT, manifest: 1, files: Object.fromEntries(sorted) }, undefined, 2)}\n`;
}

/** Whether a text that stands in the manifest's place may be written over, also where two versions were merged into one. */
export function isManifest(text: string): boolean {
  return text.includes('"manifest": 1') && text.includes(ABOUT);
}

/**
 * What a manifest says; nothing where it cannot be read, which a merge may have left. Names that lead elsewhere are not
 * taken: what it lists may be deleted.
 */
export function readManifest(text: string | undefined): Manifest {
  const files = text === undefined ? undefined : filesIn(text);
  if (typeof files !== "object" || files === null) return new Map();
  return new Map(
    Object.entries(files).filter(
      (entry): entry is [string, string] => /^[\w-]+(?:\.[\w-]+)+$/.test(entry[0]) && typeof entry[1] === "string",
    ),
  );
}

function filesIn(text: string): unknown {
  try {
    const value: unknown = JSON.parse(plain(text));
    return typeof value === "object" && value !== null && "files" in value ? value.files : undefined;
  } catch {
    return undefined;
  }
}
