/**
 * The actions of one connection: ids, labels, replies, and how each side tells what it hears apart.
 */

import type { Action, Direction, Dispatch, Reply, Schema } from "../contract.js";
import type { Problems } from "../problem.js";
import type { DraftAction } from "../read/draft.js";
import type { DraftConnection } from "./connections.js";
import { frameDispatch } from "./frames.js";
import { camel, pascal, RESERVED_MEMBERS, Scope, upperFirst } from "./names.js";
import { type Scalar, Shapes } from "./tags.js";
import type { Twins } from "./tolerant.js";
import type { Types } from "./types-of.js";
import { Unions } from "./unions.js";

type Way = "toServer" | "toClient";

/** An action whose name and payload are settled; its reply can be found only when all are. */
interface Named {
  readonly draft: DraftAction;
  readonly id: string;
  readonly payload: string;
}

/** Where a message of the other direction arrives: under its own id, or as one of a union. */
interface Answer {
  readonly places: readonly string[];
  readonly id: string;
  readonly payload: string;
}

export class ActionBuilder {
  readonly #draft: DraftConnection;
  readonly #types: Types;
  readonly #pins: ReadonlyMap<string, string>;
  readonly #problems: Problems;
  readonly #shapes: Shapes;
  readonly #twins: Twins;
  readonly #scopes: Readonly<Record<Way, Scope>>;

  constructor(
    draft: DraftConnection,
    types: Types,
    twins: Twins,
    pins: ReadonlyMap<string, string>,
    problems: Problems,
  ) {
    this.#draft = draft;
    this.#types = types;
    this.#pins = pins;
    this.#problems = problems;
    this.#shapes = new Shapes((name) => types.get(name));
    this.#twins = twins;
    const scope = () => new Scope("action", problems, RESERVED_MEMBERS, "Action");
    this.#scopes = { toServer: scope(), toClient: scope() };
  }

  build(): Record<Way, Direction> {
    const toServer = this.#draft.toServer.map((action) => this.#name("toServer", action));
    const toClient = this.#draft.toClient.map((action) => this.#name("toClient", action));
    // What answers a request is known only once it is known what can be told apart on arrival.
    const heard = this.#direction("toClient", toClient, []);
    return { toServer: this.#direction("toServer", toServer, answersIn(toClient, heard)), toClient: heard };
  }

  #name(way: Way, draft: DraftAction): Named {
    const pinned = this.#pins.get(draft.node.at) ?? this.#pins.get(draft.title);
    const id = this.#scopes[way].give(pinned ?? camel(draft.title), draft.node);
    return { draft, id, payload: this.#payload(draft) };
  }

  #payload({ payload, frame, format, title, node }: DraftAction): string {
    if (payload)
      return frame === "bytes" ? this.#types.addBytes(payload, title) : this.#types.add(payload, title, format);
    const schema = frame === "text" ? { type: "string" } : true;
    return this.#types.addFor(node, pascal(title), { schema, ...(frame === "bytes" && { bytes: true }) });
  }

  #direction(way: Way, named: readonly Named[], answers: readonly Answer[]): Direction {
    const actions = named.map((one) => this.#action(way, one, answers));
    if (this.#draft.channels[0].envelope) return { actions, dispatch: this.#byAction(actions), unions: [] };
    const unions = new Unions(actions, {
      types: this.#types,
      twins: way === "toClient" ? this.#twins : undefined,
      scope: this.#scopes[way],
      shapes: this.#shapes,
    });
    const candidates = actions.map(({ id, payload, frame }) => ({ id, schema: this.#schema(payload), frame }));
    const dispatch = frameDispatch(candidates, this.#shapes, (ids) => unions.of(ids));
    const told = leavesOf(dispatch);
    unions.warn(told, ({ id }) => named.find((one) => one.id === id)?.draft.node, this.#problems);
    return {
      actions: actions.map((action) => (told.has(action.id) ? action : { ...action, grouped: true as const })),
      dispatch,
      unions: unions.all,
    };
  }

  #action(way: Way, { draft, id, payload }: Named, answers: readonly Answer[]): Action {
    const schema = this.#schema(payload);
    const labels = this.#draft.channels[0].envelope ? [] : this.#labels(schema);
    const accepts = way === "toClient" ? this.#twins.of(payload) : undefined;
    const constant = draft.frame === "text" ? this.#constant(schema) : undefined;
    const reply = way === "toServer" ? this.#reply(draft, answers) : undefined;
    return {
      id,
      names: {
        send: `send${upperFirst(id)}`,
        ...(reply && { request: `request${upperFirst(id)}` }),
        on: `on${upperFirst(id)}`,
      },
      title: draft.title,
      payload,
      ...(accepts !== undefined && { accepts }),
      labels,
      ...(draft.frame && { frame: draft.frame }),
      ...(constant !== undefined && { bare: true as const, constant }),
      ...((this.#isEmpty(draft) || this.#saysNothingBut(schema, labels)) && { bare: true as const }),
      ...(reply && { reply }),
      ...(draft.doc && { doc: draft.doc }),
      at: draft.node.at,
    };
  }

  #reply({ reply, title, node }: DraftAction, answers: readonly Answer[]): Reply | undefined {
    if (!reply) return undefined;
    if ("schema" in reply) {
      const type = this.#types.add(reply.schema, `${title} reply`);
      const accepts = this.#twins.of(type);
      return { by: "id", types: [type], ...(accepts !== undefined && { accepts }) };
    }
    const wanted = new Set(reply.messages.map((message) => message.at));
    const found = answers.filter(({ places }) => places.some((at) => wanted.has(at)));
    if (found.length === 0) {
      this.#problems.warn(
        "reply-elsewhere",
        `the reply to ${title} comes on another connection; it is no request`,
        node,
      );
      return undefined;
    }
    const unique = (names: readonly string[]) => [...new Set(names)];
    return {
      by: "order",
      actions: unique(found.map(({ id }) => id)),
      types: unique(found.map(({ payload }) => payload)),
    };
  }

  /** Constants at the top that every message of the kind has: nobody need be asked for them. */
  #labels(schema: Schema): { key: string; value: Scalar }[] {
    return this.#shapes.tags(schema).flatMap(({ at, values, required }) => {
      const [key, ...deeper] = at;
      const [value, ...others] = values;
      if (typeof key !== "string" || deeper.length > 0 || value === undefined || others.length > 0) return [];
      return required ? [{ key, value }] : [];
    });
  }

  /** The only value of a schema. */
  #constant(schema: Schema): Scalar | undefined {
    const [value, ...others] = this.#shapes.tags(schema).find(({ at }) => at.length === 0)?.values ?? [];
    return others.length === 0 ? value : undefined;
  }

  /** An envelope without a payload says something; a frame without one does not exist, so there any value goes. */
  #isEmpty(draft: DraftAction): boolean {
    return !draft.payload && this.#draft.channels[0].envelope !== undefined;
  }

  #saysNothingBut(schema: Schema, labels: readonly { key: string }[]): boolean {
    const { declared } = this.#shapes.keys(schema);
    return labels.length > 0 && !this.#shapes.isOpenMap(schema) && labels.length === declared.size;
  }

  /** With an envelope the frame names its action. */
  #byAction(actions: readonly Action[]): Dispatch {
    const at = [this.#draft.channels[0].envelope?.action ?? "action"];
    if (actions.length === 0) return null;
    return { by: "value", at, cases: actions.map(({ title, id }) => [title, id] as const) };
  }

  /** By reference: its name is the value of a discriminator. */
  #schema(name: string): Schema {
    return { $ref: `#/$defs/${name}` };
  }
}

function answersIn(named: readonly Named[], { actions, unions }: Direction): Answer[] {
  return named.flatMap(({ draft, id, payload }) => {
    const isGrouped = actions.some((action) => action.id === id && action.grouped);
    const own = isGrouped ? [] : [{ id, payload }];
    const doors = [...own, ...unions.filter(({ members }) => members.includes(id))];
    return doors.map((door) => ({ places: draft.same ?? [], id: door.id, payload: door.payload }));
  });
}

/** Everything a dispatch can lead to. */
function leavesOf(dispatch: Dispatch | undefined): Set<string> {
  if (dispatch === null || dispatch === undefined) return new Set();
  if (typeof dispatch === "string") return new Set([dispatch]);
  if (dispatch.by === "frame") {
    return new Set([dispatch.json, dispatch.text, dispatch.bytes].flatMap((branch) => [...leavesOf(branch)]));
  }
  const absent = dispatch.by === "value" ? dispatch.absent : undefined;
  const branches = [...dispatch.cases.map(([, then]) => then), absent, dispatch.otherwise];
  return new Set(branches.flatMap((branch) => [...leavesOf(branch)]));
}
