/**
 * Which resources have been entered on the way to a schema: what a `$dynamicRef` or `$recursiveRef` means depends on it.
 * A schema that is reached in two ways is two types, so that in each of them such a reference has one meaning.
 * https://json-schema.org/draft/2020-12/json-schema-core#section-8.2.3.2
 * https://json-schema.org/draft/2019-09/json-schema-core#section-8.2.4.2
 */
import type { Node } from "../document.js";
import { once } from "../memo.js";

export class DynamicScope {
  static readonly empty: DynamicScope = new DynamicScope([]);

  /** Outermost first; only those that a dynamic reference could mean. */
  readonly #resources: readonly Node[];

  private constructor(resources: readonly Node[]) {
    this.#resources = resources;
  }

  /** The same text for scopes in which everything means the same. */
  get key(): string {
    return this.#resources.map(({ at }) => at).join(" ");
  }

  /** What the document calls the resource that was entered first. */
  get outermost(): Node | undefined {
    return this.#resources[0];
  }

  /** The scope at a node that is reached in this one. */
  enter(node: Node): DynamicScope {
    const { resource } = node;
    // What names only what is named already changes nothing, so it makes no other type.
    const { value } = resource;
    const anchors = typeof value === "object" && value !== null ? anchorsIn(value) : [];
    const isNew = anchors.some((name) => has(resource, name) && !this.#names(name));
    return isNew ? new DynamicScope([...this.#resources, resource]) : this;
  }

  #names(anchor: string): boolean {
    return this.#resources.some((resource) => has(resource, anchor));
  }

  /** What a dynamic reference at a node leads to; undefined where it leads nowhere. */
  follow(node: Node, keyword: "$dynamicRef" | "$recursiveRef", ref: string): Node | undefined {
    const first = node.follow(ref);
    if (!first) return undefined;
    const written = first.beside[0] ?? first;
    if (keyword === "$recursiveRef") {
      if (!isRecursive(written)) return first;
      return this.#found(this.#resources.find(isRecursive), "#") ?? first;
    }
    const name = ref.slice(ref.indexOf("#") + 1);
    // Without the anchor of its own name where it leads first, it is a plain reference.
    if (written.raw("$dynamicAnchor")?.value !== name) return first;
    const anchored = this.#resources.map((resource) => resource.dynamicAnchor(name)).find((place) => place);
    return this.#found(anchored, `#${name}`) ?? first;
  }

  /** Behind the reference that an anchor may stand beside. */
  #found(place: Node | undefined, ref: string): Node | undefined {
    return place?.resource.follow(ref);
  }
}

function isRecursive(node: Node): boolean {
  return node.raw("$recursiveAnchor")?.value === true;
}

/** Whether a resource has a dynamic anchor of its own; `#` is the one that `$recursiveAnchor` is. */
function has(resource: Node, anchor: string): boolean {
  return anchor === "#" ? isRecursive(resource) : resource.dynamicAnchor(anchor) !== undefined;
}

/** Names of dynamic anchors in a resource, those of resources inside of it among them. */
const anchorsIn = once((resource: object): readonly string[] => {
  const found = new Set<string>();
  const seen = new Set<object>(); // YAML's aliases may make circles
  const visit = (value: object): void => {
    if (seen.has(value)) return;
    seen.add(value);
    for (const inner of Object.values(value)) if (typeof inner === "object" && inner !== null) visit(inner);
    if ("$dynamicAnchor" in value) found.add(String(value.$dynamicAnchor));
    if ("$recursiveAnchor" in value) found.add("#");
  };
  visit(resource);
  return [...found];
});
