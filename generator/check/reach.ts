/**
 * Which parts of a document anything generated depends on. Vendors' files hold broken parts that nobody uses: components
 * that no channel leads to, headers, examples, bindings of other protocols. What is wrong there is no reason to refuse.
 */
import { type Node, type Place, pointer } from "../document.js";

/** Keys of AsyncAPI objects that no reader looks at. */
const UNREAD: ReadonlySet<string> = new Set(["tags", "externalDocs", "examples", "example", "default"]);

/** Keywords that lead elsewhere. A dynamic one means in the end what it leads to, or what has led to it. */
const REFERENCES: readonly string[] = ["$ref", "$dynamicRef", "$recursiveRef"];

/** Keywords whose contents are data. */
const DATA: ReadonlySet<string> = new Set(["const", "enum"]);

/** Keys whose members are named by the author: `properties: {headers: …}` is no header. */
const NAMED: ReadonlySet<string> = new Set(
  (
    "properties patternProperties definitions $defs dependencies dependentSchemas " +
    "channels operations messages parameters servers variables actions schemas"
  ).split(" "),
);

/** What a walk stands in: the document, its components, an object with keys of its own, or a map of what the author named. */
type Kind = "root" | "components" | "object" | "names";

/** Components that are found by name, without a reference. https://www.asyncapi.com/docs/reference/specification/v2.6.0#securityRequirementObject */
const BY_NAME: ReadonlySet<string> = new Set(["securitySchemes"]);

/** Where values are told apart from those around them: whether anything depends on what stands below. */
export class Reach {
  readonly #marks = new Map<string, boolean>();
  /** Addresses of files that are asked for and could not be read. */
  readonly #broken = new Set<string>();

  /** `all`: the document says nothing itself and is there for its components. */
  constructor(root: Node, all: boolean) {
    const open = [root];
    this.#marks.set(root.at, true);
    for (const node of open) this.#walk(node, node === root && !all ? "root" : "object", open);
  }

  /** Whether anything that is generated depends on what stands at a place. */
  needs({ file, path }: Place): boolean {
    if (file.value === undefined) return this.#broken.has(file.url ?? "");
    for (let length = path.length; length >= 0; length--) {
      const mark = this.#marks.get(`${file.path}#${pointer(path.slice(0, length))}`);
      if (mark !== undefined) return mark;
    }
    return false;
  }

  /** Marks what a part does without, and adds to `open` what its references lead to. */
  #walk(node: Node, kind: Kind, open: Node[]): void {
    const { value } = node;
    if (typeof value !== "object" || value === null) return;
    for (const keyword of REFERENCES) {
      const ref = Object.hasOwn(value, keyword) ? node.raw(keyword)?.value : undefined;
      if (typeof ref === "string") this.#follow(node, ref, open);
    }
    const isList = Array.isArray(value);
    for (const [key, inner] of Object.entries(value)) {
      const isUnread = isSpare(key, node, kind);
      if (!isUnread && typeof inner !== "object") continue; // as most
      const child = node.raw(isList ? Number(key) : key);
      if (!child) continue;
      if (isUnread) this.#marks.set(child.at, this.#marks.get(child.at) ?? false);
      else this.#walk(child, kindOf(key, kind), open);
    }
  }

  #follow(node: Node, ref: string, open: Node[]): void {
    const target = node.follow(ref);
    if (!target) {
      const [file = ""] = ref.split("#", 1);
      if (URL.canParse(file, node.file.url)) this.#broken.add(new URL(file, node.file.url).href);
      return;
    }
    if (this.#marks.get(target.at) === true) return;
    this.#marks.set(target.at, true);
    open.push(target);
  }
}

function isSpare(key: string, parent: Node, kind: Kind): boolean {
  if (kind === "components") return !BY_NAME.has(key);
  if (kind === "root" && key === "schemas") return true; // of an actions file
  if (kind === "root" && key === "components") return typeof parent.raw(key)?.value !== "object";
  if (kind === "names") return false;
  if (key.startsWith("x-") || UNREAD.has(key) || DATA.has(key)) return true;
  if (parent.key === "bindings") return key !== "ws";
  return key === "headers" && parent.key !== "ws";
}

function kindOf(key: string, parent: Kind): Kind {
  if (parent === "names") return "object";
  if (parent === "root" && key === "components") return "components";
  return NAMED.has(key) ? "names" : "object";
}
