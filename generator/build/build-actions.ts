/**
 * The actions of one connection: ids, labels, replies, and how each side tells what it hears apart.
 */

import type { Action, Direction, Dispatch, Reply, Schema } from "../contract.js";
import type { Problems } from "../problem.js";
import type { DraftAction } from "../read/draft.js";
import type { DraftConnection } from "./connections.js";
import { acyclic } from "./facts/acyclic.js";
import { type Scalar, Shapes } from "./facts/shapes.js";
import { frameDispatch } from "./frames.js";
import { Labels } from "./labels.js";
import { camel, pascal, RESERVED_MEMBERS, Scope, upperFirst } from "./names.js";
import { type Answer, answersIn, type Named, type Replies } from "./replies.js";
import { warnOfTexts } from "./text-or-json.js";
import type { Twins } from "./tolerant.js";
import type { Types } from "./types-of.js";
import { Unions } from "./unions.js";

type Way = "toServer" | "toClient";

export class ActionBuilder {
  readonly #draft: DraftConnection;
  readonly #types: Types;
  readonly #pins: ReadonlyMap<string, string>;
  readonly #replies: Replies;
  readonly #problems: Problems;
  readonly #shapes: Shapes;
  readonly #twins: Twins;
  readonly #scopes: Readonly<Record<Way, Scope>>;

  constructor(
    draft: DraftConnection,
    types: Types,
    twins: Twins,
    pins: ReadonlyMap<string, string>,
    replies: Replies,
    problems: Problems,
  ) {
    this.#draft = draft;
    this.#types = types;
    this.#pins = pins;
    this.#replies = replies;
    this.#problems = problems;
    this.#shapes = new Shapes(acyclic(types));
    this.#twins = twins;
    const scope = () => new Scope("action", problems, RESERVED_MEMBERS, "Action");
    this.#scopes = { toServer: scope(), toClient: scope() };
  }

  build(): Record<Way, Direction> {
    const toServer = this.#draft.toServer.map((action) => this.#name("toServer", action));
    const toClient = this.#draft.toClient.map((action) => this.#name("toClient", action));
    this.#replies.met(toServer, toClient);
    // What answers a request is known only once it is known what can be told apart on arrival.
    const heard = this.#direction("toClient", toClient, []);
    return { toServer: this.#direction("toServer", toServer, answersIn(toClient, heard)), toClient: heard };
  }

  #name(way: Way, draft: DraftAction): Named {
    const pinned = this.#pins.get(draft.node.at) ?? this.#pins.get(draft.title);
    const id = this.#scopes[way].give(pinned ?? camel(draft.title), draft.node);
    return { draft, id, payload: this.#payload(draft) };
  }

  #payload({ payload, frame, empty, format, title, node }: DraftAction): string {
    if (payload)
      return frame === "bytes" ? this.#types.addBytes(payload, title) : this.#types.add(payload, title, format);
    const schema = frame === "text" ? { type: "string", ...(empty && { const: "" }) } : true;
    return this.#types.addFor(node, pascal(title), { schema, ...(frame === "bytes" && { bytes: true }) });
  }

  #direction(way: Way, named: readonly Named[], answers: readonly Answer[]): Direction {
    const payloads = named.map(({ payload }) => this.#schema(payload));
    const labels = new Labels(this.#draft.channels[0].envelope ? [] : payloads, this.#shapes);
    const actions = named.map((one) => this.#action(way, one, named, answers, labels));
    if (this.#draft.channels[0].envelope) return { actions, dispatch: this.#byAction(actions), unions: [] };
    const unions = new Unions(actions, {
      types: this.#types,
      twins: way === "toClient" ? this.#twins : undefined,
      scope: this.#scopes[way],
      shapes: this.#shapes,
    });
    const candidates = actions.map(({ id, payload, frame, at }) => ({ id, schema: this.#schema(payload), frame, at }));
    const dispatch = frameDispatch(candidates, this.#shapes, (ids) => unions.of(ids));
    const told = leavesOf(dispatch);
    const placeOf = ({ id }: { readonly id: string }) => named.find((one) => one.id === id)?.draft.node;
    unions.warn(told, placeOf, this.#problems);
    warnOfTexts(candidates, this.#shapes, placeOf, this.#problems);
    return {
      actions: actions.map((action) => (told.has(action.id) ? action : { ...action, grouped: true as const })),
      dispatch,
      unions: unions.all,
    };
  }

  #action(way: Way, one: Named, named: readonly Named[], answers: readonly Answer[], known: Labels): Action {
    const { draft, id, payload } = one;
    const schema = this.#schema(payload);
    const labels = this.#draft.channels[0].envelope ? [] : known.of(schema);
    const accepts = way === "toClient" ? this.#twins.of(payload) : undefined;
    const constant = draft.frame === "text" ? this.#constant(schema) : undefined;
    const reply = way === "toServer" ? this.#reply(one, named, answers, labels) : undefined;
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

  #reply(
    one: Named,
    named: readonly Named[],
    answers: readonly Answer[],
    labels: readonly { key: string }[],
  ): Reply | undefined {
    const said = this.#replies.of(one, named, answers);
    if (said?.by === "field") {
      const [key, ...deeper] = said.request;
      const filled = key === undefined || deeper.length > 0 ? labels : [...labels, { key }];
      return { ...said, ...(this.#saysNothingBut(this.#schema(one.payload), filled) && { bare: true as const }) };
    }
    const { reply, title } = one.draft;
    if (said || !reply || !("schema" in reply)) return said;
    const type = this.#types.add(reply.schema, `${title} reply`);
    const accepts = this.#twins.of(type);
    return { by: "id", types: [type], ...(accepts !== undefined && { accepts }) };
  }

  /** The only value of a schema. */
  #constant(schema: Schema): Scalar | undefined {
    const [value, ...others] = this.#shapes.tags(schema).find(({ at }) => at.length === 0)?.values ?? [];
    return others.length === 0 ? value : undefined;
  }

  /** In an envelope nothing has to stand in the payload's place. */
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
