/**
 * Which files to read next. References say so, each at most a few: by the address of the schema it stands in, else, as
 * documents mean it, by the file's. What lies here comes first, so that nothing is fetched that a file here has.
 */

import type { SourceFile } from "../document.js";
import type { Reference } from "./references.js";
import { partsOf } from "./references.js";
import { type Resource, resourceAround } from "./resources.js";

/** What is known of files so far. */
export interface Known {
  /** Where a reference in a resource may lead, likeliest first. */
  addresses(from: Resource, ref: string): readonly URL[];
  /** Whether an address has been read, or cannot be. */
  has(address: string): boolean;
  /** Whether what a reference means has been read, by its own name. */
  names(from: Resource, ref: string): boolean;
  /** Whether reading an address takes no network. */
  isNear(address: URL): boolean;
}

/** A reference that may lead where nobody has read. */
interface Open {
  readonly from: Resource;
  readonly ref: string;
}

export class Frontier {
  readonly #known: Known;
  #open: Open[] = [];
  /** What only the network can answer; asked once nothing here is left to read. */
  #waiting: Open[] = [];

  constructor(known: Known) {
    this.#known = known;
  }

  add(file: SourceFile, references: readonly Reference[]): void {
    for (const { path, ref } of references) {
      if (partsOf(ref)[0] !== "") this.#open.push({ from: resourceAround({ file, path }), ref });
    }
  }

  /** Addresses to read, in the order of the references; none once there is nothing more to read. */
  next(): string[] {
    const near = new Set<string>();
    this.#open = this.#open.filter((open) => {
      const untried = this.#untried(open);
      const here = untried.find((address) => this.#known.isNear(address));
      if (here) near.add(here.href);
      else if (untried.length > 0) this.#waiting.push(open);
      return here;
    });
    if (near.size > 0) return [...near];

    const far = new Set<string>();
    this.#open = this.#waiting;
    this.#waiting = [];
    for (const open of this.#open) for (const { href } of this.#untried(open).slice(0, 1)) far.add(href);
    return [...far];
  }

  #untried({ from, ref }: Open): URL[] {
    const untried = this.#known.addresses(from, ref).filter(({ href }) => !this.#known.has(href));
    return untried.length > 0 && this.#known.names(from, ref) ? [] : untried;
  }
}
