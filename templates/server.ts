/**
 * Emits `server.ts`: per connection the routes, what they answer with, what a route can say, and the mount.
 * Golden: examples/chat/generated/server.ts.
 */
import type { Action, Connection, ConnectionNames, Contract, Direction } from "../generator/contract.js";
import { type Code, code, id, join, json, raw, spaced } from "./code.js";
import { doc } from "./doc.js";
import { type Door, doorsOf, isAnswered } from "./doors.js";
import type { RoutesStyle } from "./routes.js";
import { signature } from "./signature.js";
import { anyPayload, filled, payload, runtime, runtimeType, sibling, unlabelled, without } from "./symbols.js";

export function server(contract: Contract, style: RoutesStyle = "object"): Code {
  return spaced(
    contract.connections.flatMap((connection) => [
      routes(connection, style),
      ...replies(connection),
      context(connection),
      sender(connection),
      serve(connection),
    ]),
  );
}

function routes({ names, toServer }: Connection, style: RoutesStyle): Code {
  if (toServer.actions.length === 0) {
    return code`
      /** A client has nothing to say here, so there are no routes. */
      export type ${id(names.routes)} = Record<string, never>;
    `;
  }
  // No more than an interface where objects are routes: what is spread of a class's type has none of its methods.
  const kind = style === "class" ? "abstract class" : "interface";
  return code`
    /** One route for each thing a client may say. */
    export ${raw(kind)} ${id(names.routes)}<User = unknown> {
      ${doorsOf(toServer).map((route) => routeMember(route, names, style))}
    }
  `;
}

function routeMember(route: Door, names: ConnectionNames, style: RoutesStyle): Code {
  const name = style === "class" ? code`abstract ${id(route.id)}` : id(route.id);
  const parameters = [code`payload: ${payload(route.payload)}`, code`context: ${id(names.context)}<User>`];
  const answer = code`${runtimeType("Awaitable")}<${id(names.replies)}[${route.id}]>`;
  return code`
    ${doc(route.doc)}
    ${signature(name, parameters, isAnswered(route) ? answer : code`void | Promise<void>`, ";")};
  `;
}

/** None where no route answers. */
function replies({ names, toServer, toClient }: Connection): Code[] {
  const answered = doorsOf(toServer).filter(isAnswered);
  if (answered.length === 0) return [];
  const members = answered.map((route) => code`${id(route.id)}: ${replied(route, toClient)};`);
  return [
    code`
      /** What routes answer with. */
      export interface ${id(names.replies)} {
        ${members}
      }
    `,
  ];
}

/** One kind of reply is labelled by the runtime; where there are several, the route says which it is. Ids are put in. */
function replied({ reply }: Action, toClient: Direction): Code {
  const [only, ...others] = !reply || reply.by === "id" ? [] : reply.actions;
  const action = others.length === 0 ? toClient.actions.find((candidate) => candidate.id === only) : undefined;
  const id = reply?.by === "field" ? reply.reply : undefined;
  return without(anyPayload(reply?.types ?? []), filled(action?.labels ?? [], id));
}

function context({ names }: Connection): Code {
  return code`
    /** Who is talking; \`context.client\`, \`context.topic(name)\` and \`context.all\` answer with typed messages. */
    export type ${id(names.context)}<User = unknown> = ${runtimeType("Context")}<User, ${id(names.sender)}>;
  `;
}

function sender({ names, toClient }: Connection): Code {
  const methods = toClient.actions.map(send);
  if (methods.length === 0) {
    return code`
      /** The server has nothing to say here. */
      export class ${id(names.sender)} extends ${runtime("Sender")} {}
    `;
  }
  return code`
    /** What the server may say, to whomever this speaks. */
    export class ${id(names.sender)} extends ${runtime("Sender")} {
      ${spaced(methods)}
    }
  `;
}

function send({ id: action, names, payload: type, labels, bare, constant, doc: words }: Action): Code {
  const given = constant === undefined ? [] : [json(constant)];
  const parameters = bare ? [] : [code`payload: ${unlabelled(type, labels)}`];
  return code`
    ${doc(words)}
    ${signature(id(names.send), parameters, code`Promise<void>`, " {")} {
      return this.send(${join([code`${action}`, ...(bare ? given : [code`payload`])], ", ")});
    }
  `;
}

function serve({ names, toServer, codec }: Connection): Code {
  const user = toServer.actions.length === 0 ? code`` : code`<User>`;
  const needed = codec === undefined ? code`` : code` & { readonly codec: ${runtimeType("FrameCodec")} }`;
  return code`
    /** Mounts the routes on a Node HTTP server, beside whatever else that does. */
    export function ${id(names.serve)}<User = unknown>(
      server: ${runtimeType("HttpServer")},
      routes: ${id(names.routes)}${user},
      options: ${runtimeType("MountOptions")}<User, ${id(names.sender)}>${needed},
    ): ${runtimeType("Mounted")}<${id(names.sender)}> {
      return ${runtime("mount")}(server, ${sibling(names.api, "wire")}, ${id(names.sender)}, routes, options);
    }
  `;
}
