/**
 * The opening request of a connection. Channels at one address, and topics on one socket, share it, so it carries what
 * each of them asks for: whoever opens it may say and hear all that is said on any of them.
 */
import type { Carried, Connection, ConnectionNames, Parameter, Schema } from "../contract.js";
import type { Node } from "../document.js";
import { didYouMean } from "../nearest.js";
import type { Problems } from "../problem.js";
import type { DraftChannel } from "../read/draft.js";
import type { DraftConnection } from "./connections.js";
import { acyclic } from "./facts/acyclic.js";
import { Exclusion } from "./facts/exclusion.js";
import { Members } from "./facts/members.js";
import { Shapes } from "./facts/shapes.js";
import { pascal } from "./names.js";
import type { Types } from "./types-of.js";

type Part = "query" | "headers";

/** What travels, and the placeholders of the path. */
export function openingOf(
  draft: DraftConnection,
  names: ConnectionNames,
  types: Types,
  problems: Problems,
): Pick<Connection, "parameters" | "query" | "headers"> {
  warnOfUnfilled(draft, problems);
  const query = carried("query", draft.channels, names, types, problems);
  const headers = carried("headers", draft.channels, names, types, problems);
  return {
    parameters: namesIn(draft.path).map((name) => parameterOf(name, draft.channels)),
    ...(query && { query }),
    ...(headers && { headers }),
  };
}

/** The parameter of all channels that declare one of this name: what one of them takes may be given. */
function parameterOf(name: string, channels: readonly DraftChannel[]): Parameter {
  const declared = channels.flatMap(({ parameters }) => parameters.find((one) => one.name === name) ?? []);
  const doc = declared.find((one) => one.doc !== undefined)?.doc;
  const standard = declared.find((one) => one.default !== undefined)?.default;
  const isClosed = declared.length > 0 && declared.every(({ values }) => values !== undefined);
  const values = [...new Set(declared.flatMap((one) => one.values ?? []))];
  return {
    name,
    ...(doc !== undefined && { doc }),
    ...(standard !== undefined && { default: standard }),
    ...(isClosed && { values }),
  };
}

function carried(
  part: Part,
  channels: readonly DraftChannel[],
  names: ConnectionNames,
  types: Types,
  problems: Problems,
): Carried | undefined {
  const asked = distinct(part, channels);
  const [first, ...others] = asked;
  if (!first) return undefined;
  const wanted = `${names.api} ${part}`;
  for (const { schema } of part === "query" ? asked : []) warnOfObjects(schema, problems);
  const type = others.length === 0 ? types.add(first.schema, wanted) : combined(part, asked, names, types, problems);
  const { required } = new Shapes(acyclic(types)).keys({ $ref: `#/$defs/${type}` });
  return { type, optional: required.size === 0 };
}

/** Whoever gives one is refused at run time, so it had better be said before. */
function warnOfObjects(query: Node, problems: Problems): void {
  for (const [name, member] of query.get("properties")?.named() ?? []) {
    if (member.text("type") !== "object" && !(member.raw("type") === undefined && member.get("properties"))) continue;
    const text = `nothing says how an object travels in a query; ${name} cannot be given`;
    problems.warn("query-object", text, member, "Texts, numbers, booleans and lists of them can.");
  }
}

interface Asked {
  readonly channel: DraftChannel;
  readonly schema: Node;
}

/** What several channels say in the same words is said once. */
function distinct(part: Part, channels: readonly DraftChannel[]): Asked[] {
  const all = channels.flatMap((channel): Asked[] => {
    const schema = channel.binding?.[part];
    return schema ? [{ channel, schema }] : [];
  });
  const words = ({ schema }: Asked) =>
    `${schema.file.path} ${JSON.stringify([schema, ...schema.beside].map(({ value }) => value))}`;
  return [...new Map([...all].reverse().map((asked) => [words(asked), asked])).values()].reverse();
}

/** The type that is all of them at once, or, where no request could be, any one of them. */
function combined(
  part: Part,
  asked: readonly Asked[],
  { api }: ConnectionNames,
  types: Types,
  problems: Problems,
): string {
  const at = asked[0]?.schema.at ?? "";
  const type = types.declare(pascal(`${api} ${part}`), { schema: true, at }); // before its parts, which may want its name
  const all = asked.map(({ channel, schema }) => ({
    channel,
    schema: { $ref: `#/$defs/${types.add(schema, `${api} ${channel.node.key} ${part}`)}` },
  }));
  const odd = all.find(({ schema }, index) =>
    all.slice(0, index).some((before) => contradict(before.schema, schema, types)),
  );
  if (odd) {
    const text = `the ${part} of channel ${odd.channel.node.key} contradicts that of another on the same connection`;
    const place = odd.channel.binding?.[part];
    problems.warn("opening", `${text}; it is opened with what one of them asks for`, place);
  }
  types.redeclare(type, { [odd ? "anyOf" : "allOf"]: all.map(({ schema }) => schema) });
  return type;
}

/** Whether nothing fits both, or nothing fits a member that both name. */
function contradict(one: Schema, other: Schema, types: Types): boolean {
  const members = new Members((name) => types.get(name));
  const shared = members.names([one]).filter((name) => members.names([other]).includes(name));
  const pairs = [[one, other], ...shared.map((name) => [one, other].map((schema) => inside(schema, name, members)))];
  return pairs.some(([a = true, b = true]) => {
    const [left, right] = [
      { id: "one", schema: a },
      { id: "other", schema: b },
    ];
    return new Exclusion([left, right], (name) => types.get(name)).between(left, right);
  });
}

function inside(schema: Schema, name: string, members: Members): Schema {
  const [only = true, ...others] = members.at(schema, [name]);
  return others.length === 0 ? only : true; // declared by several branches: which of them holds is not known
}

/** Parameters that no address has, and those of topics: each is said once, where it stands. */
function warnOfUnfilled({ path, channels }: DraftConnection, problems: Problems): void {
  const filled = namesIn(path);
  const unused = channels.flatMap((channel) =>
    channel.parameters.flatMap(({ name }) => {
      const isNamed = filled.includes(name) || namesIn(channel.address ?? "").includes(name);
      return isNamed ? [] : [{ channel, name }];
    }),
  );
  for (const { channel, name } of unused) {
    const text = `the address of channel ${channel.node.key} has no {${name}}; the parameter is not used`;
    const hint = didYouMean(name, namesIn(channel.address ?? ""));
    problems.warn("unused-parameter", text, channel.node.get("parameters")?.raw(name), hint);
  }
  const topics = channels.filter(({ address }) => namesIn(address ?? "").some((name) => !filled.includes(name)));
  const [first, ...others] = topics;
  if (!first) return;
  const more = others.length > 0 ? ` (and ${others.length} more)` : "";
  problems.warn(
    "topic-parameters",
    `${JSON.stringify(first.address)} is the address of a topic${more}; nobody fills its parameters in, as frames name no topic`,
    first.node,
    "If it is a URL path, say --channels paths.",
  );
}

/** Names of the placeholders in an address, each once. */
function namesIn(address: string): string[] {
  return [...new Set([...address.matchAll(/\{([^{}]+)\}/g)].map(([, name = ""]) => name))];
}
