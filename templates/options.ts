/**
 * The part of `client.ts` that says how a connection is reached: servers, variables, parameters, query, headers.
 */
import type { Carried, Connection, Parameter, Server } from "../generator/contract.js";
import { alternatives } from "./alternatives.js";
import { type Code, code, id, key } from "./code.js";
import { credentialsMember } from "./credentials.js";
import { doc } from "./doc.js";
import { payload, runtimeType } from "./symbols.js";

export function options(connection: Connection): Code {
  const { names, servers } = connection;
  const text = "How to reach the server, and what to do with what it says.";
  const base = code`${runtimeType("ClientOptions")}<${id(names.handlers)}>`;
  if (!servers.some(needsValues)) {
    return code`
      ${doc({ text })}
      export interface ${id(names.options)} extends ${base} {
        ${servers.length > 0 ? serverMember(servers.map((server) => server.key)) : urlMember()}
        ${variablesMember(servers)}
        ${members(connection)}
      }
    `;
  }
  const also = "Either an address of your own, or one of the document's servers with what its address needs.";
  const own = members(connection);
  return code`
    ${doc({ text }, also)}
    export type ${id(names.options)} = ${base} & (
      | { url: string | (() => string | Promise<string>) }
      ${reaches(servers)}
    )${own.length > 0 ? code` & {` : code`;`}
      ${own}
    ${own.length > 0 ? code`};` : undefined}
  `;
}

/** What is asked for wherever the server is. */
function members(connection: Connection): Code[] {
  const { parameters, query, headers, codec } = connection;
  return [
    parameters.length > 0 ? parametersMember(parameters) : [],
    credentialsMember(connection) ?? [],
    query ? binding("query", "What the opening request asks for in its query.", query) : [],
    codec === undefined ? [] : codecMember(codec),
    headers ? binding("headers", "Headers of the opening request; browsers cannot send them.", headers) : [],
  ].flat();
}

/** Whether a client can be made without saying anything. */
export function optionsAreOptional({ parameters, query, servers, codec }: Connection): boolean {
  const [first] = servers;
  const isReached = first !== undefined && !needsValues(first);
  return allOptional(parameters) && (query?.optional ?? true) && isReached && codec === undefined;
}

/** Whether a server's address has a part that only the application knows. */
function needsValues({ variables }: Server): boolean {
  return !allOptional(variables);
}

/** Those that are reached as they are, and each that needs something with what that is; the first need not be named. */
function reaches(servers: readonly Server[]): Code[] {
  const free = servers.filter((server) => !needsValues(server));
  return [...(free.length > 0 ? [free] : []), ...servers.filter(needsValues).map((server) => [server])].map(
    (alike) => code`
      | {
        ${id("server")}${alike.some(({ key: name }) => name === servers[0]?.key) ? code`?` : code``}:${texts(alike.map((server) => server.key))};
        ${variablesMember(alike)}
      }
    `,
  );
}

function urlMember(): Code {
  return code`
    /** Where the server is: the document names none. A function is asked before every attempt. */
    url: string | (() => string | Promise<string>);
  `;
}

function codecMember(contentType: string): Code {
  return code`
    ${doc({}, `Turns payloads into frames of ${contentType} and back.`)}
    codec: ${runtimeType("FrameCodec")};
  `;
}

function serverMember(keys: readonly string[]): Code {
  return code`
    /** Which of the document's servers to talk to, unless \`url\` says it; the first by default. */
    server?:${texts(keys)};
  `;
}

function variablesMember(servers: readonly Server[]): Code | undefined {
  const variables = unique(servers.flatMap((server) => server.variables));
  if (variables.length === 0) return undefined;
  return code`
    /** Values of the variables in the server's address. */
    variables${allOptional(variables) ? code`?` : code``}: {
      ${variables.map((variable) => member(variable, variable.default !== undefined))}
    };
  `;
}

function parametersMember(parameters: readonly Parameter[]): Code {
  return code`
    /** What stands for the parameters in the connection's path. */
    parameters${allOptional(parameters) ? code`?` : code``}: {
      ${parameters.map((parameter) => member(parameter, parameter.default !== undefined))}
    };
  `;
}

function member({ name, doc: text, values }: Parameter, optional: boolean): Code {
  return code`
    ${doc(text === undefined ? undefined : { text })}
    ${key(name)}${optional ? code`?` : code``}:${values ? texts(values) : code` string`};
  `;
}

function binding(name: "query" | "headers", text: string, { type, optional }: Carried): Code {
  return code`
    ${doc({ text })}
    ${id(name)}${optional || name === "headers" ? code`?` : code``}: ${payload(type)};
  `;
}

/** ` "a" | "b"` */
function texts(values: readonly string[]): Code {
  return alternatives(values.map((value) => code`${value}`));
}

function allOptional(parameters: readonly Parameter[]): boolean {
  return parameters.every((parameter) => parameter.default !== undefined);
}

function unique(parameters: readonly Parameter[]): Parameter[] {
  return [...new Map(parameters.map((parameter) => [parameter.name, parameter])).values()];
}
