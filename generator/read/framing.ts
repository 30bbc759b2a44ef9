/**
 * How a message becomes a frame: as JSON, as the text or the bytes that its payload is, or in some other encoding. Said
 * by its content type, and where there is none by its payload. A message that says neither holds nothing, and so does
 * its frame.
 * https://www.asyncapi.com/docs/reference/specification/v3.0.0#messageObject
 */
import type { Node } from "../document.js";
import type { Problems } from "../problem.js";
import type { DraftAction, DraftChannel } from "./draft.js";

/** RFC 6838, 4.2. */
const MEDIA_TYPE = /^[a-z\d][\w!#$&^.+-]*\/[a-z\d][\w!#$&^.+-]*$/;

/** What AsyncAPI documents call a string that is no text. */
const OCTETS = /^(binary|bytes|bytestring)$/;

/** Keywords by which a schema says more of a string than that it is one. */
const OF_TEXTS = ["minLength", "maxLength", "pattern", "const", "enum"];

/** A channel whose messages say how they become frames; `standard` is the document's `defaultContentType`. */
export function framed(channel: DraftChannel, standard: Node | undefined, problems: Problems): DraftChannel {
  const frame = (action: DraftAction): DraftAction => framedAction(action, standard, problems);
  return { ...channel, toServer: channel.toServer.map(frame), toClient: channel.toClient.map(frame) };
}

function framedAction(action: DraftAction, standard: Node | undefined, problems: Problems): DraftAction {
  const { payload, node, title } = action;
  // What the document says of all contents says nothing of a message that has none.
  if (!payload && !node.get("contentType")) return { ...action, frame: "text", empty: true };
  const contentType = mediaTypeOf(node.get("contentType") ?? standard, problems);
  const frame = frameOf(contentType, payload);
  if (frame === "bytes") {
    const ignored = OF_TEXTS.filter((keyword) => payload?.get(keyword) !== undefined);
    const text = `message ${title} travels as bytes; ${ignored.join(", ")} cannot be checked of them`;
    if (ignored.length > 0) problems.warn("bytes-schema", text, payload);
  }
  if (frame === "text" && kindOf(payload) === "any") {
    const { payload: _any, ...rest } = action; // text all the same, and nothing more is known of it
    return { ...rest, frame };
  }
  const spoken = frame === "codec" && contentType !== undefined ? { contentType } : {};
  return { ...action, ...(frame && { frame }), ...spoken };
}

/** The essence of what a document gives as a content type; undefined where it is none. */
function mediaTypeOf(node: Node | undefined, problems: Problems): string | undefined {
  if (!node) return undefined;
  const essence = String(node.value).replace(/;.*$/s, "").trim().toLowerCase();
  if (MEDIA_TYPE.test(essence)) return essence;
  problems.warn(
    "content-type",
    `${JSON.stringify(node.value)} is no content type; the message is taken for JSON`,
    node,
    "A content type is a media type, such as application/json.",
  );
  return "application/json";
}

function frameOf(contentType: string | undefined, payload: Node | undefined): DraftAction["frame"] {
  const kind = kindOf(payload);
  if (kind === "octets") return "bytes"; // JSON has none, whatever the document's default is
  if (contentType === undefined) return kind === "text" ? "text" : undefined;
  if (/[/+]json$/.test(contentType)) return undefined;
  if (kind === "value") return "codec";
  if (contentType.startsWith("text/")) return "text";
  return /^(audio|image|video)\/|^application\/octet-stream$/.test(contentType) ? "bytes" : "codec";
}

/** `text`: every value is a string; `encoded`: one that stands for bytes; `octets`: no text at all. */
type Kind = "text" | "encoded" | "octets" | "value" | "any";

/** Each schema once: those that refer to each other in circles have many ways through them, and say nothing on most. */
function kindOf(schema: Node | undefined, known: Map<string, Kind> = new Map()): Kind {
  if (typeof schema?.value !== "object" || schema.value === null) return "any";
  if (schema.beside.some(mayBeNull)) return "value";
  const before = known.get(schema.at);
  if (before !== undefined) return before;
  known.set(schema.at, "any");
  const kind = kindBy(schema, known);
  known.set(schema.at, kind);
  return kind;
}

function kindBy(schema: Node, known: Map<string, Kind>): Kind {
  const types = [schema.raw("type")?.value].flat();
  if (types[0] !== undefined) {
    if (types.length > 1 || types[0] !== "string" || mayBeNull(schema)) return "value";
    if (OCTETS.test(schema.text("format") ?? "")) return "octets";
    return schema.text("format") === "byte" || schema.get("contentEncoding") ? "encoded" : "text";
  }
  const only = schema.get("const");
  const constants = only ? [only] : schema.get("enum")?.children();
  if (constants) return constants.every(({ value }) => typeof value === "string") ? "text" : "value";
  const all = partsOf(schema, "allOf", known).find((kind) => kind !== "any");
  if (all) return all;
  const [first, ...others] = [...partsOf(schema, "oneOf", known), ...partsOf(schema, "anyOf", known)];
  if (first) return others.every((kind) => kind === first) ? first : "value";
  return ["properties", "required", "items", "prefixItems", "additionalProperties"].some((key) => schema.raw(key))
    ? "value"
    : "any";
}

function mayBeNull(schema: Node): boolean {
  return (schema.raw("nullable") ?? schema.raw("x-nullable"))?.value === true;
}

function partsOf(schema: Node, keyword: string, known: Map<string, Kind>): Kind[] {
  return (schema.get(keyword)?.children() ?? []).map((part) => kindOf(part, known));
}
