/**
 * The files of one document, and what the references between them mean.
 */
import { type Follow, type Place, pointer, refOf, type SourceFile } from "../document.js";
import { identified } from "./identifiers.js";
import { limits } from "./limits.js";
import { type Failure, type LoadOptions, locate, type Roots } from "./locate.js";
import { type Reference, referencesIn } from "./references.js";
import { resolvePointer, type Target } from "./resolve-pointer.js";
import { resourceAround } from "./resources.js";

export class Sources {
  readonly roots: Roots;
  readonly #options: LoadOptions;
  /** By address, as are the reasons why there is no file. */
  readonly #files = new Map<string, SourceFile>();
  readonly #failures = new Map<string, Failure>();
  readonly #references = new Map<SourceFile, Reference[]>();
  readonly #resolved = new Map<SourceFile, Map<string, Target | Failure>>();
  /** References being resolved: one that needs itself is a circle. */
  readonly #open = new Set<string>();

  constructor(roots: Roots, options: LoadOptions) {
    this.roots = roots;
    this.#options = options;
  }

  add(address: string, file: SourceFile): void {
    this.#files.set(address, file);
    this.#references.set(file, referencesIn(file.value));
  }

  fail(address: string, failure: Failure): void {
    this.#failures.set(address, failure);
  }

  has(address: string): boolean {
    return this.#files.has(address) || this.#failures.has(address);
  }

  /** Every file with the references it holds, in order of loading. */
  get references(): ReadonlyMap<SourceFile, readonly Reference[]> {
    return this.#references;
  }

  /** Addresses of other files that a file refers to, as far as it may. */
  neighbours(file: SourceFile): Set<string> {
    const found = new Set<string>();
    for (const { ref } of this.#references.get(file) ?? []) {
      const url = isWithin(file, ref) ? undefined : this.#locate(file, ref);
      if (url instanceof URL) found.add(url.href);
    }
    return found;
  }

  readonly follow: Follow = (from, ref): Place | undefined => {
    const target = this.resolve(from, ref);
    return "rule" in target ? undefined : target.place;
  };

  /**
   * What a reference at a place points to, or why it does not: counted from the schema resource that it stands in, else,
   * as AsyncAPI has it, from the file's root. The same reference gets the same answer.
   */
  resolve(from: Place, ref: string): Target | Failure {
    const base = /^#(?:\/|$)/.test(ref) ? resourceAround(from) : [];
    if (base.length > 0) {
      // In a fragment a % of a key's own is escaped.
      const inside = this.#known(from.file, `#${pointer(base).replaceAll("%", "%25")}${ref.slice(1)}`);
      if (!("rule" in inside)) return inside;
    }
    return this.#known(from.file, ref);
  }

  #known(from: SourceFile, ref: string): Target | Failure {
    const known = this.#resolved.get(from) ?? new Map<string, Target | Failure>();
    this.#resolved.set(from, known);
    const answer = known.get(ref) ?? this.#guarded(from, ref);
    known.set(ref, answer);
    return answer;
  }

  #guarded(from: SourceFile, ref: string): Target | Failure {
    const key = `${from.path} ${ref}`;
    if (this.#open.has(key) || this.#open.size > limits.depth) {
      return { rule: "circular-ref", message: `${JSON.stringify(ref)} leads back to itself` };
    }
    this.#open.add(key);
    try {
      return this.#resolve(from, ref);
    } finally {
      this.#open.delete(key);
    }
  }

  #resolve(from: SourceFile, ref: string): Target | Failure {
    const own = isWithin(from, ref);
    const url = own ? from.url : this.#locate(from, ref);
    if (typeof url === "object" && "rule" in url) return url;
    const address = typeof url === "object" ? url.href : url;
    const failure = address === undefined ? undefined : this.#failures.get(address);
    if (failure) return failure;
    const file = own ? from : this.#files.get(address ?? "");
    if (!file) return { rule: "missing-file", message: `${JSON.stringify(ref)} has not been loaded` };
    return resolvePointer(file, ref, (inner, innerRef) => {
      const target = this.resolve(inner, innerRef);
      // A circle is one defect wherever it is entered; anything else is reported at the inner reference.
      return "rule" in target && target.rule !== "circular-ref" ? { ...target, echo: true } : target;
    });
  }

  #locate(from: SourceFile, ref: string): URL | Failure {
    return locate(from.url ?? "", ref, this.roots, this.#options);
  }

  /** The references that lead through nothing but references back to themselves; each circle once, at the member first met. */
  *circles(): Generator<{ file: SourceFile; reference: Reference }> {
    const settled = new Set<string>();
    for (const [file, references] of this.#references) {
      for (const reference of references) {
        const way = new Set<string>();
        let place: Place | undefined = { file, path: reference.path };
        let ref: string | undefined = reference.ref;
        while (place && ref !== undefined) {
          const at = `${place.file.path}#${pointer(place.path)}`;
          if (settled.has(at)) break;
          if (way.has(at)) {
            yield { file: place.file, reference: { path: place.path, ref } };
            break;
          }
          way.add(at);
          const target: Target | Failure = this.resolve(place, ref);
          place = "rule" in target ? undefined : target.place;
          ref = "rule" in target ? undefined : refOf(target.value);
        }
        for (const at of way) settled.add(at);
      }
    }
  }
}

/** Whether a reference stays in its file: a fragment, or the address by which a schema there is called. */
function isWithin(file: SourceFile, ref: string): boolean {
  const [address = ""] = ref.split("#", 1);
  return address === "" || identified(file, address) !== undefined;
}
