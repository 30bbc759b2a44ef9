/**
 * The part of `client.ts` that says how a connection is reached: servers, variables, parameters, query, headers.
 */
import type { Carried, Connection, Parameter } from "../generator/contract.js";
import { type Code, code, id, join, key } from "./code.js";
import { doc } from "./doc.js";
import { payload, runtimeType } from "./symbols.js";

export function options(connection: Connection): Code {
  const { names, servers, parameters, query, headers, codec } = connection;
  const variables = unique(servers.flatMap((server) => server.variables));
  return code`
    /** How to reach the server, and what to do with what it says. */
    export interface ${id(names.options)} extends ${runtimeType("ClientOptions")}<${id(names.handlers)}> {
      ${servers.length > 0 ? serverMember(servers.map((server) => server.key)) : urlMember()}
      ${variables.length > 0 ? variablesMember(variables) : undefined}
      ${parameters.length > 0 ? parametersMember(parameters) : undefined}
      ${query ? binding("query", "What the opening request asks for in its query.", query) : undefined}
      ${codec === undefined ? undefined : codecMember(codec)}
      ${headers ? binding("headers", "Headers of the opening request; browsers cannot send them.", headers) : undefined}
    }
  `;
}

/** Whether a client can be made without saying anything. */
export function optionsAreOptional({ parameters, query, servers, codec }: Connection): boolean {
  return allOptional(parameters) && (query?.optional ?? true) && servers.length > 0 && codec === undefined;
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
    server?: ${texts(keys)};
  `;
}

function variablesMember(variables: readonly Parameter[]): Code {
  return code`
    /** Values of the variables in the server's address. */
    variables?: {
      ${variables.map((variable) => member(variable, true))}
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
    ${key(name)}${optional ? code`?` : code``}: ${values ? texts(values) : code`string`};
  `;
}

function binding(name: "query" | "headers", text: string, { type, optional }: Carried): Code {
  return code`
    ${doc({ text })}
    ${id(name)}${optional || name === "headers" ? code`?` : code``}: ${payload(type)};
  `;
}

/** `"a" | "b"` */
function texts(values: readonly string[]): Code {
  return join(
    values.map((value) => code`${value}`),
    " | ",
  );
}

function allOptional(parameters: readonly Parameter[]): boolean {
  return parameters.every((parameter) => parameter.default !== undefined);
}

function unique(parameters: readonly Parameter[]): Parameter[] {
  return [...new Map(parameters.map((parameter) => [parameter.name, parameter])).values()];
}
