/**
 * The user's own routes: the first draft of their file, and one stub of it for an action that is new.
 */
import type { Connection, Contract } from "../generator/contract.js";
import { type Code, code, id, join, raw, spaced, type, value } from "./code.js";
import { type Door, doorsOf, isAnswered } from "./doors.js";
import { signature } from "./signature.js";

/** An object of the generated interface, or a class that overrides a generated one: then whatever is wrong is said in its method. */
export type RoutesStyle = "object" | "class";

/** What a class declares that only implements the interface has nothing to override. */
export type StubStyle = RoutesStyle | "implements";

/** How a routes file calls what stubs need: a draft by its own names, a file of the user's by what is imported there. */
export interface Words {
  readonly notImplemented: () => Code;
  /** `ChatReplies`, `ChatContext`, `ChatRoutes` */
  readonly server: (name: string) => Code;
  /** `types.JoinRoom` */
  readonly payload: (name: string) => Code;
  /** Who is talking, as the class is told: `<User>`; empty where it is not. */
  readonly user: Code;
}

/** `generated`: how the routes file imports the folder of generated files, `./generated`. */
export function routes({ connections }: Contract, generated: string, style: RoutesStyle): Code {
  return spaced(connections.map((connection) => routesDraft(connection, generated, style)));
}

export function routesDraft(connection: Connection, generated: string, style: RoutesStyle): Code {
  const { names, toServer } = connection;
  const words = draftWords(generated);
  const doors = doorsOf(toServer);
  if (style === "class" && doors.length > 0) {
    return code`
      export class ${id(serviceOf(names.api))} extends ${value(names.routes, `${generated}/server.js`)} {
        ${spaced(doors.map((door) => stub(door, connection, "class", words)))}
      }
    `;
  }
  const stubs = doors.map((door) => code`${stub(door, connection, "object", words)},`);
  return code`
    export const ${id(`${names.api}Routes`)}: ${words.server(names.routes)} = {
      ${stubs.length > 0 ? spaced(stubs) : undefined}
    };
  `;
}

/** One route that answers "not implemented" until somebody writes it; without what follows it in an object. */
export function stub(door: Door, { names }: Connection, style: StubStyle, words: Words): Code {
  const result = isAnswered(door) ? code`${words.server(names.replies)}[${door.id}]` : raw("void");
  const parameters =
    style !== "object"
      ? [code`_payload: ${words.payload(door.payload)}`, code`_context: ${words.server(names.context)}${words.user}`]
      : [raw("_payload"), raw("_context")];
  const name = code`${raw(style === "class" ? "override async " : "async ")}${id(door.id)}`;
  return code`
    ${signature(name, parameters, code`Promise<${result}>`, " {")} {
      return ${words.notImplemented()}(${door.id});
    }
  `;
}

export function draftWords(generated: string): Words {
  return {
    notImplemented: () => value("notImplemented", RUNTIME),
    server: (name) => type(name, `${generated}/server.js`),
    payload: (name) => join([type("types", `${generated}/types.js`), id(name)], "."),
    user: raw(""),
  };
}

/** Where stubs find what they answer with. */
export const RUNTIME = "@actionwire/runtime/server";

/** `chat` → `ChatService` */
function serviceOf(api: string): string {
  const [first = ""] = api;
  return `${first.toUpperCase()}${api.slice(first.length)}Service`;
}
