/**
 * How frames are told apart where not all of them are JSON: binary ones are bytes, text ones a constant text, else JSON
 * or, where they are none or of a type that no message has, the text that they are.
 */
import type { Connection, Dispatch, JsonType, Schema, Union } from "../contract.js";
import type { Problems } from "../problem.js";
import type { DraftAction } from "../read/draft.js";
import { type Candidate, dispatchOf, type Together } from "./dispatch.js";
import { JSON_TYPES } from "./facts/json-types.js";
import type { Shapes } from "./facts/shapes.js";

/** A message, its payload's schema, and how it travels. */
export interface Framed extends Candidate {
  readonly frame?: DraftAction["frame"];
}

/** The decision tree of one direction. What a codec says are values like JSON's, and told apart with them. */
export function frameDispatch(candidates: readonly Framed[], shapes: Shapes, together: Together): Dispatch {
  const values = candidates.filter(({ frame }) => frame === undefined || frame === "codec");
  const texts = candidates.filter(({ frame }) => frame === "text");
  const bytes = candidates.filter(({ frame }) => frame === "bytes");
  const json = dispatchOf(values, shapes, together);
  if (texts.length + bytes.length === 0) return json;
  const types = new Set(values.flatMap(({ schema }) => [...shapes.jsonTypes(schema)]));
  return {
    by: "frame",
    ...(json !== null && { json: texts.length > 0 ? ofTypes(types, json) : json }),
    ...(texts.length > 0 && { text: textDispatch(texts, shapes, together) }),
    ...(bytes.length > 0 && {
      bytes: oneOf(
        bytes.map(({ id }) => id),
        together,
      ),
    }),
  };
}

/** `12` is a text as well as JSON: only values of the types that messages in JSON have lead on to those. */
function ofTypes(types: ReadonlySet<JsonType>, json: Exclude<Dispatch, null>): Dispatch {
  const others = JSON_TYPES.filter((type) => !types.has(type) && takes(json, type));
  const [only, ...more] = types;
  if (others.length === 0) return json;
  if (only !== undefined && more.length === 0) return { by: "type", cases: [[only, json]] };
  return { by: "type", cases: others.map((type) => [type, null] as const), otherwise: json };
}

/** Whether a value of a type that no message has leads anywhere all the same. */
function takes(dispatch: Dispatch | undefined, type: JsonType): boolean {
  if (typeof dispatch === "string") return true;
  if (dispatch === null || dispatch === undefined || dispatch.by === "frame") return false;
  if (dispatch.by === "type") {
    const found = dispatch.cases.find(([one]) => one === type);
    return takes(found ? found[1] : dispatch.otherwise, type);
  }
  if (dispatch.by === "value" && dispatch.at.length > 0 && dispatch.absent !== undefined) {
    return takes(dispatch.absent, type);
  }
  return takes(dispatch.otherwise, type);
}

/** Texts are told apart by being constants, which are tried before JSON is; all others look alike. */
function textDispatch(texts: readonly Framed[], shapes: Shapes, together: Together): Dispatch {
  const byText = new Map<string, string[]>();
  const free: string[] = [];
  for (const { id, schema } of texts) {
    const values = textsOf(schema, shapes);
    if (values.length === 0) free.push(id);
    for (const value of values) byText.set(value, [...(byText.get(value) ?? []), id]);
  }
  const otherwise = oneOf(free, together);
  if (byText.size === 0) return otherwise;
  const cases = [...byText].map(([value, ids]) => [value, oneOf(ids, together)] as const);
  return { by: "value", at: [], cases, ...(otherwise !== null && { otherwise }) };
}

/** All that a text can be, where that is said. */
export function textsOf(schema: Schema, shapes: Shapes): string[] {
  return (shapes.tags(schema).find(({ at }) => at.length === 0)?.values ?? []).map(String);
}

function oneOf(ids: readonly string[], together: Together): Dispatch {
  const [only, ...others] = ids;
  return others.length > 0 ? together(ids) : (only ?? null);
}

/** How the members of a union travel, where that is the same for all. */
export function frameOfAll(members: readonly Pick<Union, "frame">[]): Pick<Union, "frame"> {
  const [first, ...others] = new Set(members.map(({ frame }) => frame));
  return first && others.length === 0 ? { frame: first } : {};
}

/** The content type that a connection's codec has to speak; one codec can speak only one. */
export function codecOf(actions: readonly DraftAction[], problems: Problems): Pick<Connection, "codec"> {
  const [first, ...others] = actions.filter(({ contentType }) => contentType !== undefined);
  for (const { title, contentType, node } of others) {
    if (contentType === first?.contentType) continue;
    problems.warn(
      "codec",
      `message ${title} is ${contentType}, but ${first?.title} on the same connection is ${first?.contentType}`,
      node.get("contentType") ?? node,
      "A connection has one codec, which has to speak both.",
    );
  }
  return first?.contentType === undefined ? {} : { codec: first.contentType };
}
