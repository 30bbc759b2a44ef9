/**
 * Schema resources inside of a file: a schema that has an address of its own, or is said to follow rules of its own where no
 * schema is around it, is a document of its own. `#` in it means itself, and relative addresses in it count from its own.
 * https://json-schema.org/draft/2020-12/json-schema-core#section-9.1.1
 */
import type { Path, Place, SourceFile } from "../document.js";
import { type Draft, draftOf, isReference, namesOf, textOf } from "./identifiers.js";
import { type Found, objectsIn } from "./objects.js";
import { resolved } from "./references.js";

export interface Resource extends Place {
  /** Every address of its own. */
  readonly addresses: readonly string[];
  /** What addresses in it count from. */
  readonly base: string;
  /** Its named places, without those of resources inside of it; the first of several that share a name is meant. */
  readonly anchors: ReadonlyMap<string, readonly Path[]>;
  readonly dynamicAnchors: ReadonlyMap<string, readonly Path[]>;
  /** Whether it is a schema; a file may be something else. */
  readonly isSchema: boolean;
}

/** A resource whose names are still being read. */
interface Growing extends Resource {
  readonly anchors: Map<string, Path[]>;
  readonly dynamicAnchors: Map<string, Path[]>;
}

/** What holds at a place and below it. */
interface Scope {
  readonly resource: Growing;
  readonly draft: Draft;
}

/** Scopes by the keys that lead to them; the file's own is at the root. */
interface Tree<Here> {
  scope: Here;
  readonly below: Map<string, Tree<Scope | undefined>>;
}

interface Resources {
  /** In document order, the file itself first. */
  readonly all: readonly Resource[];
  readonly tree: Tree<Scope>;
}

const known = new WeakMap<SourceFile, Resources>();

/** Every resource of a file, in document order; the first is the file itself. */
export function resourcesIn(file: SourceFile): readonly Resource[] {
  return indexOf(file).all;
}

/** The nearest resource around a place; the file itself where there is none. */
export function resourceAround({ file, path }: Place): Resource {
  return scopeAt(indexOf(file).tree, path).resource;
}

function indexOf(file: SourceFile): Resources {
  const index = known.get(file) ?? made(file);
  known.set(file, index);
  return index;
}

function made(file: SourceFile): Resources {
  const objects = objectsIn(file.value);
  const whole = scopeOfFile(file, objects[0]);
  const tree: Tree<Scope> = { scope: whole, below: new Map() };
  const all = [whole.resource];
  for (const found of objects) {
    if (!found.isSchema) continue;
    const around = scopeAt(tree, found.path);
    const scope = found.path.length === 0 ? around : scopeOf(file, found, around);
    if (scope !== around) enter(tree, found.path, scope);
    if (scope.resource !== around.resource) all.push(scope.resource);
    const { anchors, dynamicAnchor } = namesOf(found.value, scope.draft);
    for (const name of anchors) add(scope.resource.anchors, name, found.path);
    if (dynamicAnchor !== undefined) add(scope.resource.dynamicAnchors, dynamicAnchor, found.path);
  }
  return { all, tree };
}

/** A file has the address it was read from, and one of its own where it is a schema that says so. */
function scopeOfFile(file: SourceFile, first: Found | undefined): Scope {
  const root = first?.path.length === 0 && first.isSchema ? first.value : undefined;
  const url = file.url ?? "";
  const draft = draftOf(textOf(root, "$schema") ?? "");
  const id = root && namesOf(root, draft).id;
  const own = id === undefined ? undefined : resolved(id, url);
  const addresses = [...new Set([url, own].filter((address): address is string => Boolean(address)))];
  return { resource: resourceAt(file, [], addresses, own ?? url, root !== undefined), draft };
}

/** What holds in a schema, which may be what holds around it. */
function scopeOf(file: SourceFile, { path, value, around: parent }: Found, around: Scope): Scope {
  const rules = textOf(value, "$schema");
  const key = path.at(-1);
  const format = key === "schema" || key === "payload" ? textOf(parent, "schemaFormat") : undefined;
  const draft = rules === undefined && format === undefined ? around.draft : draftOf(rules ?? format ?? "");
  const { id, isPart } = namesOf(value, draft);
  const own = id === undefined ? undefined : resolved(id, around.resource.base);
  const hasAddress = id !== undefined && !(isPart && own === around.resource.base);
  // Only where a schema begins; in one, a word about its rules gives no part an address.
  const isForeign = rules !== undefined || (format !== undefined && !format.includes("vnd.aai.asyncapi"));
  const begins = isForeign && !around.resource.isSchema && !isReference(value, draft);
  if (hasAddress || begins) {
    const base = own ?? around.resource.base;
    return { resource: resourceAt(file, path, own === undefined ? [] : [own], base, true), draft };
  }
  return draft === around.draft ? around : { resource: around.resource, draft };
}

function resourceAt(
  file: SourceFile,
  path: Path,
  addresses: readonly string[],
  base: string,
  isSchema: boolean,
): Growing {
  return { file, path, addresses, base, isSchema, anchors: new Map(), dynamicAnchors: new Map() };
}

/** What holds at a place: of the scopes on the way to it, the last. */
function scopeAt(tree: Tree<Scope>, path: Path): Scope {
  let scope = tree.scope;
  let at: Tree<Scope | undefined> | undefined = tree;
  for (const key of path) {
    at = at.below.get(String(key));
    if (!at) break;
    scope = at.scope ?? scope;
  }
  return scope;
}

function enter(tree: Tree<Scope>, path: Path, scope: Scope): void {
  let at: Tree<Scope | undefined> = tree;
  for (const key of path) {
    const below = at.below.get(String(key)) ?? { scope: undefined, below: new Map() };
    at.below.set(String(key), below);
    at = below;
  }
  at.scope = scope;
}

function add(places: Map<string, Path[]>, name: string, path: Path): void {
  const paths = places.get(name);
  if (paths) paths.push(path);
  else places.set(name, [path]);
}
