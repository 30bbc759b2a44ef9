/**
 * Which file a reference means, and whether it may be read at all.
 */
import { realpath } from "node:fs/promises";
import { isAbsolute, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import type { RuleId } from "../rules/rules.js";
import { hasCopy } from "./meta-schemas.js";

export interface LoadOptions {
  /** Follow references to http and https addresses. Default: false. */
  readonly allowRemote?: boolean | undefined;
  /** A folder that references may lead into, besides the default one. Default: none. */
  readonly root?: string | undefined;
  /** Told of each local file that is read or looked for, by its absolute path. */
  readonly reading?: ((path: string) => void) | undefined;
}

/** Why a reference leads nowhere. One defect is one object, however many references have it. */
export interface Failure {
  readonly rule: RuleId;
  readonly message: string;
  readonly hint?: string | undefined;
  /** Its cause is reported where it stands, so this is not. */
  readonly echo?: true;
}

/** The folders whose files a document may refer to. */
export type Roots = readonly string[];

/** The working directory or the document's folder, whichever contains the other (else the document's), and the `root` option. */
export function rootsFor(folder: string, options: LoadOptions): Roots {
  const cwd = process.cwd();
  const roots = [contains(cwd, folder) ? cwd : folder];
  return options.root === undefined ? roots : [...roots, resolve(options.root)];
}

/** The address a reference in the file `from` means, without its fragment. Decides by names alone; reads nothing. */
export function locate(from: string, ref: string, roots: Roots, options: LoadOptions): URL | Failure {
  const [file = ""] = ref.split("#", 1);
  const shown = JSON.stringify(ref);
  if (!URL.canParse(file, from)) return { rule: "bad-ref", message: `${shown} is no reference` };
  const url = new URL(file, from);
  url.hash = "";
  if (url.protocol === "http:" || url.protocol === "https:") {
    const hint = "pass --allow-remote to fetch it, or keep a copy beside the document";
    return options.allowRemote || hasCopy(url.href)
      ? url
      : { rule: "remote-ref", message: `${shown} is a remote reference`, hint };
  }
  if (url.protocol !== "file:") {
    const isDrive = /^[a-z]:$/i.test(url.protocol);
    const hint = isDrive ? 'write a path from this file, with "/"' : "refer to a file, or to an http address";
    return { rule: "bad-ref", message: `${shown} cannot be loaded`, hint };
  }
  const path = toPath(url);
  if (path === undefined) {
    const hint = 'write "/" itself between folders, and no host';
    return { rule: "bad-ref", message: `${shown} is no path to a file here`, hint };
  }
  // What a server sends must not choose what is read here.
  const inside = from.startsWith("file:") && roots.some((root) => contains(root, path));
  return inside ? url : outside(shown);
}

/** As `locate`, for what the file system makes of the name: a link inside may lead outside. */
export async function leadsOutside(url: URL, roots: Roots): Promise<boolean> {
  if (url.protocol !== "file:") return false;
  const path = toPath(url);
  const real = path === undefined ? undefined : await realpath(path).catch(() => undefined);
  if (real === undefined) return false; // reading it will say why
  const realRoots = await Promise.all(roots.map((root) => realpath(root).catch(() => root)));
  return !realRoots.some((root) => contains(root, real));
}

export function outside(shown: string): Failure {
  const hint = "pass --root with a folder that contains it, if it is meant to be read";
  return { rule: "outside-root", message: `${shown} lies outside of the document's root folder`, hint };
}

function contains(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way === "" || (!isAbsolute(way) && way !== ".." && !/^\.\.[/\\]/.test(way));
}

/** The path that a file address means; none where it has an escaped slash or a foreign host. */
function toPath(url: URL): string | undefined {
  try {
    return fileURLToPath(url);
  } catch {
    return undefined;
  }
}
