/**
 * Emits `server.ts`: per connection the routes interface, what a route can say, and the mount.
 * Golden: examples/chat/generated/server.ts.
 */
import type { Action, Connection, Contract, Direction } from "../generator/contract.js";
import { type Code, code, id, join, json, spaced } from "./code.js";
import { doc } from "./doc.js";
import { type Door, doorsOf } from "./doors.js";
import { signature } from "./signature.js";
import { anyPayload, filled, payload, runtime, runtimeType, sibling, unlabelled, without } from "./symbols.js";

export function server(contract: Contract): Code {
  return spaced(
    contract.connections.flatMap((connection) => [
      routes(connection),
      context(connection),
      sender(connection),
      serve(connection),
    ]),
  );
}

function routes({ names, toServer, toClient }: Connection): Code {
  if (toServer.actions.length === 0) {
    return code`
      /** A client has nothing to say here, so there are no routes. */
      export type ${id(names.routes)} = Record<string, never>;
    `;
  }
  return code`
    /** One route for each thing a client may say. */
    export interface ${id(names.routes)}<User = unknown> {
      ${doorsOf(toServer).map((route) => routeMember(route, names.context, toClient))}
    }
  `;
}

function routeMember(route: Door, context: string, toClient: Direction): Code {
  const answer = "reply" in route && route.reply ? replied(route, toClient) : undefined;
  const parameters = [code`payload: ${payload(route.payload)}`, code`context: ${id(context)}<User>`];
  const result = answer ? code`${runtimeType("Awaitable")}<${answer}>` : code`void | Promise<void>`;
  return code`
    ${doc(route.doc)}
    ${signature(id(route.id), parameters, result, ";")};
  `;
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
