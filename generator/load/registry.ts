/**
 * Schema resources of all files by their addresses. Of several that have the same one, the first is meant.
 */
import { isDeepStrictEqual } from "node:util";
import { type Place, pointer, type SourceFile, valueAt } from "../document.js";
import { type Resource, resourcesIn } from "./resources.js";

/** A name that several places have, and something refers to. */
export interface Ambiguous {
  readonly name: string;
  readonly places: readonly Place[];
}

export class Registry {
  readonly #resources = new Map<string, Resource[]>();
  /** Names that something refers to, and who has them. */
  readonly #used = new Map<string, readonly Place[]>();

  add(file: SourceFile): void {
    for (const resource of resourcesIn(file)) {
      for (const address of resource.addresses) {
        const all = this.#resources.get(address);
        if (all) all.push(resource);
        else this.#resources.set(address, [resource]);
      }
    }
  }

  find(address: string): Resource | undefined {
    return this.#resources.get(address)?.[0];
  }

  /** Something refers to this address. */
  use(address: string): void {
    const all = this.#resources.get(address) ?? [];
    if (all.length > 1) this.#used.set(address, all);
  }

  /** Something refers to this name in a resource. */
  useAnchor({ file, path, base, anchors }: Resource, name: string): void {
    const paths = anchors.get(name) ?? [];
    if (paths.length < 2) return;
    const places = paths.map((path) => ({ file, path }));
    this.#used.set(`${base}#${name} ${pointer(path)}`, places);
  }

  /** Copies of one schema, which bundlers leave, are no two meanings. */
  ambiguous(): Ambiguous[] {
    return [...this.#used].flatMap(([key, [first, ...others]]) => {
      const other = first && others.find((place) => !isDeepStrictEqual(valueAt(place), valueAt(first)));
      return first && other ? [{ name: key.replace(/ .*$/s, ""), places: [first, other] }] : [];
    });
  }
}
