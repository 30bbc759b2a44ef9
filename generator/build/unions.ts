/**
 * The doors of messages that look alike: each a union of their payloads, named after the first of them.
 */
import type { Action, Union } from "../contract.js";
import type { Place } from "../document.js";
import type { Problems } from "../problem.js";
import type { Shapes } from "./facts/shapes.js";
import { tellingExample } from "./facts/telling-example.js";
import { frameOfAll } from "./frames.js";
import { camel, pascal, type Scope, upperFirst } from "./names.js";
import type { Twins } from "./tolerant.js";
import type { Types } from "./types-of.js";

/** What is made on the way to a union. */
export interface UnionContext {
  readonly types: Types;
  /** Only where a client hears it. */
  readonly twins: Twins | undefined;
  readonly scope: Scope;
  readonly shapes: Shapes;
}

/** So many members are named in a doc comment. */
const NAMED = 5;

export class Unions {
  readonly all: Union[] = [];
  readonly #actions: readonly Action[];
  readonly #context: UnionContext;

  constructor(actions: readonly Action[], context: UnionContext) {
    this.#actions = actions;
    this.#context = context;
  }

  /** The id of the union of these actions; made if it is new. */
  of(ids: readonly string[]): string {
    const known = this.all.find((union) => union.members.join() === ids.join());
    if (known) return known.id;
    const { types, twins, scope } = this.#context;
    const members = this.#members(ids);
    const payloads = [...new Set(members.map((member) => member.payload))];
    const wanted = this.#oneMessage(members) ?? togetherName(members.map((member) => member.title));
    const id = scope.give(camel(wanted));
    const at = members[0]?.at ?? "";
    const frame = frameOfAll(members);
    const type =
      frame.frame === "bytes"
        ? { schema: true, at, bytes: true as const }
        : { schema: { anyOf: payloads.map((name) => ({ $ref: `#/$defs/${name}` })) }, at };
    const payload = types.oneOf(payloads, pascal(wanted), type);
    const accepts = twins?.of(payload);
    this.all.push({
      id,
      names: { on: `on${upperFirst(id)}` },
      payload,
      ...(accepts !== undefined && { accepts }),
      ...frame,
      members: ids,
      doc: { text: `One of ${named(members.map((member) => member.title))}, where nothing in a message says which.` },
      at,
    });
    return id;
  }

  /** Says what looks alike, and where. `told`: all that dispatch leads to. */
  warn(told: ReadonlySet<string>, placeOf: (action: Action) => Place | undefined, problems: Problems): void {
    for (const union of this.all) {
      const members = this.#members(union.members);
      if (this.#oneMessage(members) !== undefined) continue; // nothing is lost where there is nothing to tell
      const own = members.filter(({ id }) => told.has(id));
      const verb = own.length === 0 ? "cannot" : "cannot always";
      const doors =
        own.length === 0 ? "" : `; where a message has what only one of them names, it goes to its own door`;
      problems.warn(
        "look-alike",
        `${members.map(({ id, at }) => `${id} (${at})`).join(", ")} ${verb} be told apart on arrival; they reach the application together, as ${union.id}${doors}`,
        members[0] && placeOf(members[0]),
        union.frame === "bytes"
          ? "Bytes say nothing of themselves: a message before them could."
          : (tellingExample(members, this.#context.shapes) ??
              "A required constant in each (`type: {const: …}`), or a required key that only one has, would tell them apart."),
      );
    }
  }

  /** What the document calls a message that several channels list, each under a key of its own. */
  #oneMessage([first, ...others]: readonly Action[]): string | undefined {
    const key = /\/messages\/([^/]+)$/.exec(first?.at ?? "")?.[1];
    return key !== undefined && others.every(({ at }) => at === first?.at) ? key : undefined;
  }

  #members(ids: readonly string[]): readonly Action[] {
    return this.#actions.filter(({ id }) => ids.includes(id));
  }
}

function named(all: readonly string[]): string {
  const more = all.length > NAMED ? [`and ${all.length - NAMED} more`] : [];
  return [...all.slice(0, NAMED), ...more].join(", ").replace(", and ", " and ");
}

/** Words that a name may have and that say nothing by themselves. */
const COMMON = /^(message|msg|event|data|payload|publish|subscribe|send|receive|to|\P{L}*)\d*$/iu;

/**
 * `LeftOrRight`; where that would be too long to say, `AnyErrorMessage` by the words both share, else `LeftOrOthers`. After
 * the first two only, so that a document may get a third that looks alike and no door is renamed.
 */
function togetherName(titles: readonly string[]): string {
  const names = titles.slice(0, 2).map((title) => pascal(title));
  const both = names.join("Or");
  if (both.length <= 40) return both;
  const [first = [], ...others] = names.map(wordsOf);
  const shared = first.filter((word) => others.every((words) => words.includes(word)));
  return shared.some((word) => !COMMON.test(word)) ? `Any${shared.join("")}` : `${names[0] ?? ""}OrOthers`;
}

function wordsOf(name: string): string[] {
  return name.match(/\p{Lu}+(?!\p{Ll})[^\p{L}]*|\p{Lu}?[^\p{Lu}]+/gu) ?? [];
}
