/**
 * Emits `client.ts`: per connection a handlers interface, its options and the client class.
 * Golden: examples/chat/generated/client.ts.
 */
import type { Action, Connection, Contract } from "../generator/contract.js";
import { type Code, code, id, json, spaced } from "./code.js";
import { credentials } from "./credentials.js";
import { doc } from "./doc.js";
import { type Door, doorsOf } from "./doors.js";
import { options, optionsAreOptional } from "./options.js";
import { signature } from "./signature.js";
import { anyPayload, filled, payload, runtime, runtimeType, sibling, unlabelled } from "./symbols.js";

export function client(contract: Contract): Code {
  return spaced(
    contract.connections.flatMap((connection) => [
      handlers(connection),
      ...credentials(connection),
      options(connection),
      clientClass(connection),
    ]),
  );
}

function handlers({ names, toClient }: Connection): Code {
  const doors = doorsOf(toClient);
  if (doors.length === 0) {
    return code`
      /** The server has nothing to say here. */
      export type ${id(names.handlers)} = Record<never, never>;
    `;
  }
  return code`
    /** What the server may say. Every handler is optional. */
    export interface ${id(names.handlers)} {
      ${doors.map(handler)}
    }
  `;
}

function handler({ names, payload: type, doc: words }: Door): Code {
  return code`
    ${doc(words)}
    ${signature(code`${id(names.on)}?`, [code`payload: ${payload(type)}`], code`void | Promise<void>`, ";")};
  `;
}

function clientClass(connection: Connection): Code {
  const { names, doc: text, toServer, toClient } = connection;
  const standard = optionsAreOptional(connection) ? code` = {}` : code``;
  const methods = [
    ...toServer.actions.flatMap((action) => (action.reply ? [send(action), request(action)] : [send(action)])),
    ...doorsOf(toClient).map(on),
  ];
  return code`
    ${doc({ text: text ?? "One connection to the server; share one instance." })}
    export class ${id(names.client)} extends ${runtime("Client")}<${id(names.handlers)}> {
      constructor(options: ${id(names.options)}${standard}) {
        super(${sibling(names.api, "wire")}, options);
      }

      ${spaced(methods)}
    }
  `;
}

function send(action: Action): Code {
  const parameters = action.bare ? [] : [code`payload: ${unlabelled(action.payload, action.labels)}`];
  const given = action.constant === undefined ? code`` : code`, ${json(action.constant)}`;
  const argument = action.bare ? given : code`, payload`;
  return code`
    ${doc(action.doc)}
    ${signature(id(action.names.send), parameters, code`string`, " {")} {
      return this.send(${action.id}${argument});
    }
  `;
}

function request(action: Action): Code {
  const { reply } = action;
  const carried = reply?.by === "field" ? reply : undefined;
  const bare = action.bare || carried?.bare;
  const wanted = unlabelled(action.payload, filled(action.labels, carried?.request));
  const parameters = [...(bare ? [] : [code`payload: ${wanted}`]), code`options?: ${runtimeType("RequestOptions")}`];
  const given = action.constant === undefined ? code`undefined` : json(action.constant);
  const argument = bare ? given : code`payload`;
  const answer = anyPayload(reply?.types ?? []);
  const name = id(action.names.request ?? action.names.send);
  return code`
    ${doc(action.doc, "Resolves with the reply.")}
    ${signature(name, parameters, code`Promise<${answer}>`, " {")} {
      return this.request<${answer}>(${action.id}, ${argument}, options);
    }
  `;
}

function on({ id: action, names, payload: type, doc: words }: Door): Code {
  const parameter = code`handler: (payload: ${payload(type)}) => void | Promise<void>`;
  return code`
    ${doc(words, "Returns what takes the handler off again.")}
    ${signature(id(names.on), [parameter], code`() => void`, " {")} {
      return this.on<${payload(type)}>(${action}, handler);
    }
  `;
}
