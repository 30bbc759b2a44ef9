/**
 * The files of one document, and what the references between them mean: first what JSON Schema says
 * (https://json-schema.org/draft/2020-12/json-schema-core#section-8.2.3), else what documents mean.
 */
import { type Follow, type Place, pointer, type SourceFile } from "../document.js";
import { placeCalled, wholeAround } from "./as-written.js";
import { Frontier, type Known } from "./frontier.js";
import { limits } from "./limits.js";
import { type Failure, type LoadOptions, locate, type Roots } from "./locate.js";
import { hasCopy } from "./meta-schemas.js";
import { partsOf, type Reference, referencesIn, resolved } from "./references.js";
import { type Ambiguous, Registry } from "./registry.js";
import { fragmentOf, missing, resolvePointer, type Stop, type Target, targetAt, unnamed } from "./resolve-pointer.js";
import { type Resource, resourceAround, resourcesIn } from "./resources.js";

export class Sources implements Follow, Known {
  readonly roots: Roots;
  readonly #options: LoadOptions;
  /** By address, as are the reasons why there is no file. */
  readonly #files = new Map<string, SourceFile>();
  readonly #failures = new Map<string, Failure>();
  readonly #registry = new Registry();
  readonly #frontier: Frontier = new Frontier(this);
  readonly #references = new Map<SourceFile, readonly Reference[]>();
  /** By where they count from and what they say. */
  readonly #answers = new Map<string, Map<string, Target | Failure>>();
  /** How often something was looked for that may be meant instead. */
  #guesses = 0;
  /** References being resolved: one that needs itself is a circle. */
  readonly #open = new Set<string>();

  constructor(roots: Roots, options: LoadOptions) {
    this.roots = roots;
    this.#options = options;
  }

  add(address: string, file: SourceFile): void {
    const references = referencesIn(file);
    this.#files.set(address, file);
    this.#references.set(file, references);
    this.#registry.add(file);
    this.#frontier.add(file, references);
    this.#answers.clear(); // what led nowhere may lead here
  }

  fail(address: string, failure: Failure): void {
    this.#failures.set(address, failure);
    this.#answers.clear();
  }

  has(address: string): boolean {
    return this.#files.has(address) || this.#failures.has(address);
  }

  isNear(address: URL): boolean {
    return address.protocol === "file:" || hasCopy(address.href);
  }

  /** Addresses of files to read next; none once everything is there that references lead to. */
  next(): string[] {
    return this.#frontier.next();
  }

  /** Every file with the references it holds, in order of loading. */
  get references(): ReadonlyMap<SourceFile, readonly Reference[]> {
    return this.#references;
  }

  /** Names that something refers to and several schemas have. */
  get ambiguous(): Ambiguous[] {
    return this.#registry.ambiguous();
  }

  follow(from: Place, ref: string): Place | undefined {
    const target = this.resolve(from, ref);
    return "rule" in target ? undefined : target.place;
  }

  resource(place: Place): Place {
    return resourceAround(place);
  }

  dynamicAnchor(place: Place, name: string): Place | undefined {
    const { file, dynamicAnchors } = resourceAround(place);
    const [path] = dynamicAnchors.get(name) ?? [];
    return path && { file, path };
  }

  /** What a reference at a place points to, or why it does not. The same reference gets the same answer. */
  resolve(from: Place, ref: string): Target | Failure {
    const resource = resourceAround(from);
    const answer = this.#once(resource, ref, () => this.#resolve(resource, ref));
    const whole = "rule" in answer && ref.startsWith("#") ? wholeAround(from) : undefined;
    if (!whole || pointer(whole) === pointer(resource.path)) return answer;
    const start = { file: from.file, path: whole };
    const inside = this.#once(start, ref, () => {
      const found = this.#within(start, ref);
      return found && !("stop" in found) ? found : answer;
    });
    return "rule" in inside ? answer : inside;
  }

  names(from: Resource, ref: string): boolean {
    const [address] = partsOf(ref);
    const absolute = resolved(address, from.base);
    const start = absolute === undefined ? undefined : this.#registry.find(absolute);
    const found = start && this.#within(start, ref);
    return (found && "value" in found) || placeCalled(from.file, address) !== undefined;
  }

  addresses(from: Resource, ref: string): URL[] {
    return this.#locate(from, ref).filter((address): address is URL => address instanceof URL);
  }

  #once(from: Place, ref: string, resolve: () => Target | Failure): Target | Failure {
    const start = `${from.file.path}#${pointer(from.path)}`;
    const answers = this.#answers.get(start) ?? new Map<string, Target | Failure>();
    const known = answers.get(ref);
    if (known) return known;
    const key = `${start} ${ref}`;
    if (this.#open.has(key) || this.#open.size > limits.depth) {
      return { rule: "circular-ref", message: `${JSON.stringify(ref)} leads back to itself` };
    }
    this.#open.add(key);
    try {
      const answer = resolve();
      this.#answers.set(start, answers.set(ref, answer));
      return answer;
    } finally {
      this.#open.delete(key);
    }
  }

  #resolve(from: Resource, ref: string): Target | Failure {
    const starts: Place[] = [];
    const unread: Failure[] = [];
    let furthest: Stop | undefined;
    let broken: Failure | undefined;
    for (const start of this.#starts(from, ref)) {
      if ("rule" in start) {
        unread.push(start);
        continue;
      }
      starts.push(start);
      const found = this.#within(start, ref);
      if (found === undefined) continue;
      if ("value" in found) return found;
      if ("rule" in found) broken ??= found;
      else if (!furthest || found.index >= furthest.index) furthest = found;
    }
    for (const { file } of isNameIn(ref) ? starts : []) {
      const path = placeCalled(file, `#${fragmentOf(ref)}`);
      if (path) return targetAt({ file, path });
    }
    if (broken) return broken;
    if (furthest) return missing(ref, furthest, this.#guesses++ < limits.guesses);
    return starts.length > 0 ? unnamed(ref) : worst(unread, ref);
  }

  /** Where a reference's fragment may count from, likeliest first; or why it may not. */
  *#starts(from: Resource, ref: string): Generator<Place | Failure> {
    const [address] = partsOf(ref);
    const [root] = resourcesIn(from.file);
    if (address === "") {
      yield from;
      // As AsyncAPI has it, from the document, whatever the schema calls itself.
      if (root && root !== from) yield root;
      return;
    }
    const absolute = resolved(address, from.base);
    const registered = absolute === undefined ? undefined : this.#registry.find(absolute);
    if (registered && absolute !== undefined) {
      this.#registry.use(absolute);
      yield registered;
    }
    const path = placeCalled(from.file, address);
    if (path) yield { file: from.file, path };
    for (const url of this.#locate(from, ref)) {
      const file = url instanceof URL ? this.#files.get(url.href) : undefined;
      if (file) yield { file, path: [] };
      else if (url instanceof URL) yield this.#failures.get(url.href) ?? notLoaded(ref);
      else yield url;
    }
  }

  /** What a reference's fragment means, counted from a place. */
  #within(start: Place, ref: string): Target | Failure | Stop | undefined {
    if (isNameIn(ref)) {
      const resource = resourceAround(start);
      const [path] = resource.anchors.get(fragmentOf(ref)) ?? [];
      if (!path) return undefined;
      this.#registry.useAnchor(resource, fragmentOf(ref));
      return targetAt({ file: start.file, path });
    }
    return resolvePointer(start, ref, (inner, innerRef) => {
      const target = this.resolve(inner, innerRef);
      // A circle is one defect wherever it is entered; anything else is reported at the inner reference.
      return "rule" in target && target.rule !== "circular-ref" ? { ...target, echo: true } : target;
    });
  }

  /** The addresses that a reference may mean: by its schema's, and by its file's. */
  #locate(from: Resource, ref: string): (URL | Failure)[] {
    const [address] = partsOf(ref);
    const url = from.file.url ?? "";
    const absolute = resolved(address, from.base);
    const written = locate(url, ref, this.roots, this.#options);
    if (absolute === undefined || absolute === resolved(address, url)) return [written];
    return [locate(url, absolute, this.roots, this.#options), written];
  }
}

function isNameIn(ref: string): boolean {
  const fragment = fragmentOf(ref);
  return fragment !== "" && !fragment.startsWith("/");
}

function notLoaded(ref: string): Failure {
  return { rule: "missing-file", message: `${JSON.stringify(ref)} has not been loaded` };
}

/** Of the reasons why no file was read, the one to mend. */
function worst(failures: readonly Failure[], ref: string): Failure {
  const [first, second] = failures;
  if (!first || !second) return first ?? notLoaded(ref);
  if (first.rule === "remote-failed") return first;
  return first.rule === "remote-ref" ? { ...second, hint: second.hint ?? first.hint } : second;
}
