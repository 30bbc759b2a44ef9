/**
 * What generated code may import, and from where.
 */
import { type Code, code, id, join, type as typeSymbol, value } from "./code.js";

/** Everything the templates import from the runtime, and the entry that exports it. Names in a document avoid these. */
const ENTRIES = {
  Api: "@actionwire/runtime",
  Conversion: "@actionwire/runtime",
  Client: "@actionwire/runtime",
  ClientOptions: "@actionwire/runtime",
  FrameCodec: "@actionwire/runtime",
  Login: "@actionwire/runtime",
  RequestOptions: "@actionwire/runtime",
  Unlabelled: "@actionwire/runtime",
  applicationValues: "@actionwire/runtime/conversions",
  bigintJson: "@actionwire/runtime/bigint",
  Awaitable: "@actionwire/runtime/server",
  Context: "@actionwire/runtime/server",
  Sender: "@actionwire/runtime/server",
  notImplemented: "@actionwire/runtime/server",
  HttpServer: "@actionwire/runtime/node",
  mount: "@actionwire/runtime/node",
  Mounted: "@actionwire/runtime/node",
  MountOptions: "@actionwire/runtime/node",
} as const;

type Name = keyof typeof ENTRIES;

/** A document's own is another, `types.Login`, and keeps its name. */
const SHARED: ReadonlySet<string> = new Set(["Login", "Conversion"]);

/** Names that the generated files import. */
export const IMPORTED: readonly string[] = Object.keys(ENTRIES).filter((name) => !SHARED.has(name));

/** A symbol of the runtime that the code needs at run time. */
export function runtime(name: Name): Code {
  return value(name, ENTRIES[name]);
}

/** A symbol of the runtime that only types mention. */
export function runtimeType(name: Name): Code {
  return typeSymbol(name, ENTRIES[name]);
}

/** A payload's type: `types.JoinRoom`. */
export function payload(name: string): Code {
  return code`${typeSymbol("types", "./types.js")}.${id(name)}`;
}

/** `types.History | types.Failure` */
export function anyPayload(names: readonly string[]): Code {
  return join(names.map(payload), " | ");
}

/** A payload without the constants that only label it: what a sender's caller gives. */
export function unlabelled(name: string, labels: readonly { readonly key: string }[]): Code {
  return without(payload(name), labels);
}

/** A type without some of its members. */
export function without(type: Code, members: readonly { readonly key: string }[]): Code {
  if (members.length === 0) return type;
  const keys = join(
    members.map(({ key }) => code`${key}`),
    " | ",
  );
  return code`${runtimeType("Unlabelled")}<${type}, ${keys}>`;
}

/**
 * Members that an answer, or whoever asks, need not give: labels, and an id in the payload where that is a member of its
 * own. One that stands deeper is put in all the same.
 */
export function filled(
  labels: readonly { readonly key: string }[],
  place: readonly string[] = [],
): readonly { readonly key: string }[] {
  const [key, ...deeper] = place;
  return key === undefined || deeper.length > 0 ? labels : [...labels, { key }];
}

/** A validator: `validators.JoinRoom`. */
export function validator(name: string): Code {
  return code`${value("validators", "./validators.js")}.${id(name)}`;
}

/** A symbol of a sibling file. */
export function sibling(name: string, file: string): Code {
  return value(name, `./${file}.js`);
}
