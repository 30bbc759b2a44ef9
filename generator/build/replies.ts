/**
 * What answers what, and how the answer finds its request: as the configuration says, else as the document does.
 */
import type { Direction, Reply, Schema } from "../contract.js";
import { keysOf, type Node, pointer } from "../document.js";
import { once } from "../memo.js";
import { didYouMean } from "../nearest.js";
import type { ReadOptions, ReplyOption } from "../options.js";
import type { Problems } from "../problem.js";
import type { DraftAction, DraftLocation } from "../read/draft.js";
import { Members } from "./facts/members.js";
import { MadeIds } from "./made-ids.js";
import { idPairs } from "./reply-ids.js";
import { InOrder } from "./reply-order.js";
import type { Types } from "./types-of.js";

/** An action whose name and payload are settled; its reply can be found only when all are. */
export interface Named {
  readonly draft: DraftAction;
  readonly id: string;
  readonly payload: string;
}

/** A message of the other direction, and a door it arrives at: its own, or that of a union. */
export interface Answer {
  readonly message: Named;
  readonly id: string;
  readonly payload: string;
}

/** A reply that is one of the messages of the other direction. */
type Said = Exclude<Reply, { by: "id" }>;

/** Where the id stands in a request and in its reply. */
interface Places {
  readonly request: readonly string[];
  readonly reply: readonly string[];
}

export class Replies {
  readonly #configured: ReadonlyMap<string, ReplyOption>;
  /** Where every other request and its replies carry their id, as configured. */
  readonly #every: Every | undefined;
  readonly #written: Node | undefined;
  readonly #problems: Problems;
  readonly #members: Members;
  readonly #ids: MadeIds;
  /** Names that there are, each way. */
  readonly #asking = new Set<string>();
  readonly #answering = new Set<string>();
  /** Names in the configuration that an answer was found for. */
  readonly #answered = new Set<string>();
  readonly #inOrder: InOrder;
  readonly #membersOf = once((one: Named): readonly string[] => this.#members.names([typeOf(one)]));

  constructor({ replies = {}, written }: ReadOptions, types: Types, problems: Problems) {
    const { [EVERY]: every, ...others } = replies;
    this.#configured = new Map(Object.entries(others));
    this.#every = every?.by === undefined ? undefined : { places: placesOf(every.by), isMet: false };
    this.#written = written?.get("replies");
    this.#problems = problems;
    this.#inOrder = new InOrder(this.#every === undefined, problems);
    this.#members = new Members((name) => types.get(name));
    this.#ids = new MadeIds((name) => types.get(name));
  }

  /** Takes notice of what is said on a connection; then its requests can be asked for their replies. */
  met(toServer: readonly Named[], toClient: readonly Named[]): void {
    this.#inOrder.begin();
    for (const { id, draft } of toServer) this.#asking.add(id).add(draft.title);
    for (const { id, draft } of toClient) this.#answering.add(id).add(draft.title);
  }

  /** The reply to an action, one of `asking`; undefined where it is no request. */
  of(asked: Named, asking: readonly Named[], answers: readonly Answer[]): Said | undefined {
    const configured = [...this.#configured].find(([name]) => meant(name, asking).includes(asked));
    if (configured) return this.#byConfiguration(asked, configured, answers);
    const { reply } = asked.draft;
    if (!reply || "schema" in reply) return undefined;
    const wanted = new Set(reply.messages.map((message) => message.at));
    const found = answers.filter(({ message }) => message.draft.same?.some((at) => wanted.has(at)));
    if (found.length > 0) {
      const field = this.#everywhere(asked, found) ?? this.#correlated(asked, found);
      if (!field) this.#noteOrder(asked, found);
      return this.#said(found, field);
    }
    const text = `no reply to ${asked.draft.title} is said on its connection; it is no request`;
    this.#problems.warn("reply-elsewhere", text, asked.draft.node);
    return undefined;
  }

  /** Reports what the configuration names and no connection has, and replies that could be matched better. */
  finish(): void {
    this.#inOrder.finish();
    this.#finishEvery();
    for (const [name, { actions = [] }] of this.#configured) {
      const place = this.#written?.get(name);
      if (actions.length === 0) this.#wrong(`no actions that answer ${name} are named`, place);
      const isAsked = this.#asking.has(name);
      if (!isAsked) this.#wrong(`nothing to the server is called ${quoted(name)}`, place, name, this.#asking);
      for (const [index, answer] of actions.entries()) {
        if (this.#answering.has(answer)) continue;
        const text = `nothing to the client is called ${quoted(answer)}, so it cannot answer ${name}`;
        this.#wrong(text, place?.get("actions")?.get(index), answer, this.#answering);
      }
      if (this.#answered.has(name) || !isAsked || !actions.some((answer) => this.#answering.has(answer))) continue;
      this.#wrong(`what answers ${name} is not said on its connection`, place?.get("actions"));
    }
  }

  #byConfiguration(asked: Named, [name, option]: [string, ReplyOption], answers: readonly Answer[]): Said | undefined {
    const messages = [...new Set(answers.map(({ message }) => message))];
    const { actions = [], by } = option;
    const wanted = new Set(actions.flatMap((action) => meant(action, messages)));
    const found = answers.filter(({ message }) => wanted.has(message));
    if (found.length === 0) return undefined; // perhaps it is said on another connection of the same name
    this.#answered.add(name);
    if (by === undefined) return this.#said(found);
    const field = this.#field(asked, found, placesOf(by));
    if (!("wrong" in field)) return this.#said(found, field);
    this.#wrong(field.wrong, this.#written?.get(name)?.get("by"), field.key, field.near);
    return undefined;
  }

  /** By what the configuration says of all; undefined where these payloads have no such members. */
  #everywhere(asked: Named, answers: readonly Answer[]): Field | undefined {
    if (!this.#every) return undefined;
    const field = this.#field(asked, answers, this.#every.places);
    if (!("wrong" in field)) {
      this.#every.isMet = true;
      return field;
    }
    this.#every.wrong ??= field;
    if (field.near) return undefined; // it is not declared, which is as it may be
    const text = `${field.wrong}; replies to ${asked.draft.title} are matched in the order of asking`;
    this.#problems.warn("replies", text, this.#written?.get(EVERY)?.get("by"));
    return undefined;
  }

  #finishEvery(): void {
    if (!this.#every || this.#every.isMet) return;
    const { wrong = { wrong: "the document says no reply of any that has no entry of its own" } } = this.#every;
    const text = `nothing is matched by what is said of all requests: ${wrong.wrong}`;
    this.#wrong(text, this.#written?.get(EVERY)?.get("by"), wrong.key, wrong.near);
  }

  /** Takes notice of ids that payloads seem to carry, where replies are matched in order. */
  #noteOrder(asked: Named, answers: readonly Answer[]): void {
    const messages = answers.map(({ message }) => message);
    const [first = [], ...others] = messages.map((one) => this.#membersOf(one));
    const common = first.filter((name) => others.every((names) => names.includes(name)));
    const places = idPairs(this.#membersOf(asked), common).find(
      (pair) => !("wrong" in this.#field(asked, answers, pair)),
    );
    if (places) this.#inOrder.note({ ...asked, actions: unique(messages, "id"), places });
  }

  /** By the correlation ids of both, or of one where the other has the same member; undefined, with a warning, where that fails. */
  #correlated(asked: Named, answers: readonly Answer[]): Field | undefined {
    const said = answers.flatMap(({ message }) => message.draft.correlation ?? []);
    const own = asked.draft.correlation;
    const [first = own] = said;
    if (!first) return undefined;
    const lost = [own, ...said].find((location) => location?.in === "nowhere");
    if (lost) {
      const text = `${JSON.stringify(lost.node.value)} is no place in a message; replies are matched in the order of asking`;
      this.#problems.warn("correlation-id", text, lost.node, "A place is written like $message.payload#/id.");
      return undefined;
    }
    const places = { request: (own ?? first).at, reply: first.at };
    const isOne = said.every(({ at }) => pointer(at) === pointer(first.at));
    const field = isOne
      ? this.#field(asked, answers, places)
      : { wrong: `the replies to ${asked.draft.title} carry their ids in different places` };
    if (!("wrong" in field)) return field;
    this.#problems.warn(
      "correlation-id",
      `${reason([own, first], field.wrong)}; replies are matched in the order of asking`,
      first.node,
    );
    return undefined;
  }

  /** The id in both payloads, or what is wrong with the places. */
  #field(asked: Named, answers: readonly Answer[], { request, reply }: Places): Field | Wrong {
    const all = [{ one: asked, at: request }, ...answers.map(({ message }) => ({ one: message, at: reply }))];
    const kinds = new Set<"string" | "integer">(["string", "integer"]);
    let uuid = false;
    for (const { one, at } of all) {
      const declared = this.#members.at(typeOf(one), at);
      if (declared.length === 0) return this.#undeclared(one, at);
      const here = this.#members.ids(declared);
      for (const kind of [...kinds]) if (!here.kinds.has(kind)) kinds.delete(kind);
      uuid ||= here.uuid;
      if (kinds.size > 0) continue;
      const what =
        here.kinds.size > 0
          ? "has another type than in the request"
          : "can be no id: it is neither any text nor any number";
      return { wrong: `${pointer(at)} in the payload of ${one.draft.title} ${what}` };
    }
    const places = all.map(({ one, at }) => ({ schema: typeOf(one), at }));
    const made = this.#ids.choose(places, kinds, uuid);
    if ("id" in made) return { request, reply, id: made.id };
    const { one, at } = all[made.refusing] ?? { one: asked, at: request };
    const wrong = `${pointer(at)} in the payload of ${one.draft.title} takes no id that a client makes, like ${made.like}`;
    return { wrong };
  }

  #undeclared(one: Named, at: readonly string[]): Wrong {
    const schema = typeOf(one);
    const missing = at.findIndex((_, index) => this.#members.at(schema, at.slice(0, index + 1)).length === 0);
    const near = this.#members.names(this.#members.at(schema, at.slice(0, missing)));
    return { wrong: `the payload of ${one.draft.title} declares no ${pointer(at)}`, key: at[missing] ?? "", near };
  }

  #said(answers: readonly Answer[], field?: Field): Said {
    if (!field) return { by: "order", actions: unique(answers, "id"), types: unique(answers, "payload") };
    const messages = answers.map(({ message }) => message);
    const doors = answers.filter(({ message, id }) => message.id !== id);
    return {
      by: "field",
      ...field,
      actions: unique(messages, "id"),
      ...(doors.length > 0 && { doors: unique(doors, "id") }),
      types: unique(messages, "payload"),
    };
  }

  #wrong(text: string, place: Node | undefined, word = "", near: Iterable<string> = []): void {
    this.#problems.error("replies", text, place, didYouMean(word, near));
  }
}

/** The name in the configuration that is for all requests without an entry of their own. */
const EVERY = "*";

interface Every {
  readonly places: Places;
  /** Whether any request is matched by it; else why the first is not. */
  isMet: boolean;
  wrong?: Wrong;
}

type Field = Places & Pick<Extract<Reply, { by: "field" }>, "id">;

interface Wrong {
  readonly wrong: string;
  /** The key that is not declared, and those that are. */
  readonly key?: string;
  readonly near?: readonly string[];
}

/** Every door of every message. */
export function answersIn(named: readonly Named[], { actions, unions }: Direction): Answer[] {
  const grouped = new Set(actions.flatMap(({ id, grouped }) => (grouped ? id : [])));
  return named.flatMap((message) => {
    const own = grouped.has(message.id) ? [] : [message];
    const doors = [...own, ...unions.filter(({ members }) => members.includes(message.id))];
    return doors.map(({ id, payload }) => ({ message, id, payload }));
  });
}

/** Those that a name means: the one with this id, else all that the document calls so. */
function meant(name: string, all: readonly Named[]): readonly Named[] {
  const byId = all.filter(({ id }) => id === name);
  return byId.length > 0 ? byId : all.filter(({ draft }) => draft.title === name);
}

const typeOf = once(({ payload }: Named): Schema => ({ $ref: `#/$defs/${payload}` }));

function unique<K extends "id" | "payload">(all: readonly Readonly<Record<K, string>>[], key: K): string[] {
  return [...new Set(all.map((one) => one[key]))];
}

function placesOf(by: NonNullable<ReplyOption["by"]>): Places {
  const { request, reply } = typeof by === "string" ? { request: by, reply: by } : by;
  return { request: keys(request), reply: keys(reply) };
}

/** A member's name, or a pointer. */
function keys(place: string): string[] {
  return place.startsWith("/") ? keysOf(place) : [place];
}

function reason(locations: readonly (DraftLocation | undefined)[], wrong: string): string {
  const isHeader = locations.some((location) => location?.in === "header");
  return isHeader ? `frames of a WebSocket have no headers, and ${wrong}` : wrong;
}

function quoted(name: string): string {
  return JSON.stringify(name);
}
