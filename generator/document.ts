/**
 * A document that may span several files, and a cursor into it that follows references and always knows where it stands.
 */

/** One loaded file. */
export interface SourceFile {
  /** As diagnostics show it: relative to the root document's folder, with forward slashes. */
  readonly path: string;
  /** Its absolute address, for those who show it relative to somewhere else; absent for text from memory. */
  readonly url?: string;
  readonly text: string;
  readonly value: unknown;
  /** Where the node under these keys begins; the nearest ancestor that exists where it does not. Both count from 1. */
  position(path: Path): Position;
}

export interface Position {
  readonly line: number;
  readonly column: number;
}

/** Keys from a file's root to a node. */
export type Path = readonly (string | number)[];

/** Where a node stands, wherever references led. */
export interface Place {
  readonly file: SourceFile;
  readonly path: Path;
}

/** What is known of references between the files of a document. */
export interface Follow {
  /** What a `$ref` at a place points to; undefined where it dangles (load has reported it by then). */
  follow(from: Place, ref: string): Place | undefined;
  /** The root of the schema resource that a place stands in: what `#` means there. */
  resource(place: Place): Place;
  /** The place with that `$dynamicAnchor` in the resource that a place stands in. */
  dynamicAnchor(place: Place, name: string): Place | undefined;
}

/** Nodes whose children win over a node's own, and nodes whose children stand in for those it lacks. */
export interface Overlay {
  readonly over?: readonly Node[];
  readonly under?: readonly Node[];
}

/** How a node was come to: straight, or from the one that it stands in. */
type Way = Pick<Place, "path"> | { readonly parent: Node; readonly key: string | number };

const NONE: readonly Node[] = [];

/** A value in the document and its place. Reading a child follows its `$ref`, so readers never see one. */
export class Node implements Place {
  readonly value: unknown;
  readonly file: SourceFile;
  readonly #way: Way;
  readonly #follow: Follow;
  /** What is asked for again and again is made when it is first asked for. */
  #path: Path | undefined;
  #at: string | undefined;
  /** Other nodes in which children are looked up, too. */
  #overlay: Overlay | undefined;
  #passed: readonly Node[] = NONE;

  private constructor(file: SourceFile, way: Way, value: unknown, follow: Follow) {
    this.value = value;
    this.file = file;
    this.#way = way;
    this.#follow = follow;
  }

  /** The root of a document, or any place in it. */
  static at(place: Place, follow: Follow): Node {
    return new Node(place.file, place, valueAt(place), follow).#resolved();
  }

  get path(): Path {
    this.#path ??= "path" in this.#way ? this.#way.path : [...this.#way.parent.path, this.#way.key];
    return this.#path;
  }

  /** `chat.yaml#/channels/lobby`: the same for two nodes exactly when they are the same node. */
  get at(): string {
    const way = this.#way;
    this.#at ??= "path" in way ? `${this.file.path}#${pointer(way.path)}` : `${way.parent.at}/${token(way.key)}`;
    return this.#at;
  }

  /** References that led here and say more than where to, as written; each leads to the next, the last one here. */
  get beside(): readonly Node[] {
    return this.#passed.filter(({ value }) => saysMore(value));
  }

  /** All references that led here, as written. */
  get passed(): readonly Node[] {
    return this.#passed;
  }

  /** The last key of the path: what the document calls this node. */
  get key(): string {
    return String(("path" in this.#way ? this.#way.path.at(-1) : this.#way.key) ?? "");
  }

  /** The child under a key, behind its reference; undefined where there is none. */
  get(key: string | number): Node | undefined {
    const child = this.raw(key);
    if (!child) return undefined;
    return child.#resolved();
  }

  /** The child as written: a `$ref` is not followed. */
  raw(key: string | number): Node | undefined {
    const value = member(this.value, key);
    if (!this.#overlay) return value === undefined ? undefined : this.#child(key, value);
    const { over = [], under = [] } = this.#overlay;
    const elsewhere = (nodes: readonly Node[]) => nodes.map((node) => node.raw(key)).find((child) => child);
    return elsewhere(over) ?? (value === undefined ? elsewhere(under) : this.#child(key, value));
  }

  /** The same node, whose children are looked up in others as well. */
  overlaid(overlay: Overlay): Node {
    const node = new Node(this.file, this.#way, this.value, this.#follow);
    node.#overlay = overlay;
    return node;
  }

  /** Children of an object with their keys, or of an array with their positions; none for anything else. */
  entries(): [string, Node][] {
    if (typeof this.value !== "object" || this.value === null) return [];
    const isArray = Array.isArray(this.value);
    return Object.keys(this.value).flatMap((key): [string, Node][] => {
      const node = this.get(isArray ? Number(key) : key);
      return node ? [[key, node]] : [];
    });
  }

  /** Children of a map; none where a list stands in its place. */
  named(): [string, Node][] {
    return Array.isArray(this.value) ? [] : this.entries();
  }

  children(): Node[] {
    return this.entries().map(([, node]) => node);
  }

  /** The text under a key; undefined where it is not a string. */
  text(key: string): string | undefined {
    const value = this.get(key)?.value;
    return typeof value === "string" ? value : undefined;
  }

  /** What this node, if it is a reference as written, points to. */
  follow(ref: string): Node | undefined {
    const place = this.#follow.follow(this, ref);
    return place && Node.at(place, this.#follow);
  }

  /** The root of the schema resource that this node stands in, as written: the file's where no schema has an address. */
  get resource(): Node {
    return this.#written(this.#follow.resource(this));
  }

  /** The place, as written, that has this `$dynamicAnchor` in this node's resource; not in resources inside of that. */
  dynamicAnchor(name: string): Node | undefined {
    const place = this.#follow.dynamicAnchor(this, name);
    return place && this.#written(place);
  }

  #written(place: Place): Node {
    return new Node(place.file, place, valueAt(place), this.#follow);
  }

  #child(key: string | number, value: unknown): Node {
    return new Node(this.file, { parent: this, key }, value, this.#follow);
  }

  #resolved(): Node {
    if (refOf(this.value) === undefined) return this;
    let node: Node = this;
    const seen = new Set<string>();
    const passed: Node[] = [];
    for (let ref = refOf(node.value); ref !== undefined; ref = refOf(node.value)) {
      if (seen.has(node.at)) return node; // a circle of bare references; load has reported it
      seen.add(node.at);
      const place = this.#follow.follow(node, ref);
      if (!place) return node;
      passed.push(node);
      node = this.#written(place);
      node.#passed = [...passed];
    }
    return node;
  }
}

/** The target of a reference object; undefined for anything else. */
export function refOf(value: unknown): string | undefined {
  const ref = member(value, "$ref");
  return typeof ref === "string" ? ref : undefined;
}

function saysMore(reference: unknown): boolean {
  return typeof reference === "object" && reference !== null && Object.keys(reference).length > 1;
}

/** `/channels/a~1b`: JSON Pointer, RFC 6901. */
export function pointer(path: Path): string {
  let text = "";
  for (const key of path) text += `/${token(key)}`;
  return text;
}

function token(key: string | number): string | number {
  if (typeof key === "number" || !(key.includes("/") || key.includes("~"))) return key;
  return key.replaceAll("~", "~0").replaceAll("/", "~1");
}

/** The keys in a JSON Pointer: `/a~1b/c` → `a/b`, `c`. */
export function keysOf(pointer: string): string[] {
  const tokens = pointer.split("/").slice(1);
  return tokens.map((token) => token.replaceAll("~1", "/").replaceAll("~0", "~"));
}

/** What stands at a place; undefined where nothing does. */
export function valueAt({ file, path }: Place): unknown {
  return path.reduce<unknown>((value, key) => member(value, key), file.value);
}

/** An own member of an object or array; prototypes are never looked at. */
export function member(value: unknown, key: string | number): unknown {
  return typeof value === "object" && value !== null && Object.hasOwn(value, key)
    ? (value as Record<string | number, unknown>)[key] // own, as just checked
    : undefined;
}
