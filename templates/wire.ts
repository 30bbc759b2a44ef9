/**
 * Emits `wire.ts`: each connection as the runtime reads it. Golden: examples/chat/generated/wire.ts.
 */
import type {
  Action,
  Connection,
  Contract,
  Direction,
  Parameter,
  Reply,
  Server,
  Union,
} from "../generator/contract.js";
import { type Code, code, id, join, json, key, spaced } from "./code.js";
import { conversionTable, type Plans } from "./conversions.js";
import { doc } from "./doc.js";
import { runtime, runtimeType, validator } from "./symbols.js";

/** The form of the runtime's API that the templates are written for. */
const RUNTIME_API = 1;

export function wire(contract: Contract, plans: Plans): Code {
  const table = conversionTable(plans);
  return spaced([...(table ? [table] : []), ...contract.connections.map((one) => api(contract, one, plans))]);
}

function api(contract: Contract, connection: Connection, plans: Plans): Code {
  return code`
    ${doc({}, `${contract.title} ${contract.version}, as the runtime reads it.`)}
    export const ${id(connection.names.api)}: ${runtimeType("Api")} = {
      runtime: ${RUNTIME_API},
      title: ${contract.title},
      version: ${contract.version},
      hash: ${contract.hash},
      servers: ${servers(connection.servers)},
      path: ${connection.path},
      ${parameters(connection)}
      ${security(connection)}
      ${connection.envelope && code`envelope: ${json(connection.envelope)},`}
      ${contract.int64 && code`json: ${runtime("bigintJson")},`}
      ${plans.size > 0 ? code`conversions: ${runtime("applicationValues")},` : undefined}
      ${connection.codec && code`codec: ${connection.codec},`}
      toServer: ${direction(connection.toServer, plans)},
      toClient: ${direction(connection.toClient, plans)},
    };
  `;
}

function security({ security: ways }: Connection): Code | undefined {
  const places = new Map(ways.flat().map(({ key, place }) => [key, place]));
  return places.size === 0 ? undefined : code`security: ${json(Object.fromEntries(places))},`;
}

function servers(all: readonly Server[]): Code {
  if (all.length === 0) return code`{}`;
  return code`
    {
      ${all.map(server)}
    }
  `;
}

function server({ key: name, url, variables }: Server): Code {
  return variables.length === 0
    ? code`${key(name)}: { url: ${url} },`
    : code`${key(name)}: { url: ${url}, variables: ${json(known(variables))} },`;
}

/** What of a path's parameters the client has to know: those of which any text will do say nothing. */
function parameters({ parameters: all }: Connection): Code | undefined {
  const told = all.filter(({ default: standard, values }) => standard !== undefined || values);
  return told.length === 0 ? undefined : code`parameters: ${json(known(told))},`;
}

function known(all: readonly Parameter[]): object {
  return Object.fromEntries(
    all.map(({ name, default: standard, values }) => [
      name,
      { ...(standard !== undefined && { default: standard }), ...(values && { values }) },
    ]),
  );
}

function direction({ actions, unions, dispatch }: Direction, plans: Plans): Code {
  return code`
    {
      actions: {
        ${actions.map((one) => action(one, plans))}
        ${unions.map((one) => union(one, plans))}
      },
      dispatch: ${dispatchTree(dispatch)},
    }
  `;
}

function action({ id, payload, accepts, labels, frame, reply }: Action, plans: Plans): Code {
  const constants = Object.fromEntries(labels.map(({ key, value }) => [key, value]));
  const facts = [
    ...(labels.length > 0 ? [code`labels: ${json(constants)}`] : []),
    ...(frame ? [code`frame: ${frame}`] : []),
    code`validate: ${validator(payload)}`,
    ...(accepts ? [code`accept: ${validator(accepts)}`] : []),
    ...(plans.has(payload) ? [code`convert: ${converted(payload)}`] : []),
    ...(reply ? [code`reply: ${answer(reply, plans)}`] : []),
  ];
  return code`${key(id)}: { ${join(facts, ", ")} },`;
}

function union({ id, payload, accepts, frame }: Union, plans: Plans): Code {
  const travels = frame && code`frame: ${frame}, `;
  const accept = accepts && code`, accept: ${validator(accepts)}`;
  const convert = plans.has(payload) ? code`, convert: ${converted(payload)}` : undefined;
  return code`${key(id)}: { ${travels}validate: ${validator(payload)}${accept}${convert} },`;
}

function converted(type: string): Code {
  return code`conversions.${id(type)}`;
}

function answer(reply: Reply, plans: Plans): Code {
  if (reply.by === "order") return code`{ by: "order", actions: ${json(reply.actions)} }`;
  if (reply.by === "field") {
    const { by, request, reply: answer, id, actions, doors } = reply;
    return json({ by, request, reply: answer, id, actions, ...(doors && { doors }) });
  }
  const accept = reply.accepts && code`, accept: ${validator(reply.accepts)}`;
  const [type] = reply.types;
  const convert = plans.has(type) ? code`, convert: ${converted(type)}` : undefined;
  return code`{ by: "id", validate: ${validator(type)}${accept}${convert} }`;
}

function dispatchTree(dispatch: Direction["dispatch"]): Code {
  if (dispatch === null || typeof dispatch === "string") return code`${dispatch}`;
  if (dispatch.by === "frame") {
    return code`
      {
        by: "frame",
        ${branch("json", dispatch.json)}
        ${branch("text", dispatch.text)}
        ${branch("bytes", dispatch.bytes)}
      }
    `;
  }
  const cases = dispatch.cases.map(([answer, then]) => code`[${json(answer)}, ${dispatchTree(then)}],`);
  return code`
    {
      by: ${dispatch.by},
      ${dispatch.by === "value" ? code`at: ${json(dispatch.at)},` : undefined}
      ${
        cases.length === 0
          ? code`cases: [],`
          : code`
              cases: [
                ${cases}
              ],
            `
      }
      ${branch("absent", dispatch.by === "value" ? dispatch.absent : undefined)}
      ${branch("otherwise", dispatch.otherwise)}
    }
  `;
}

function branch(
  name: "json" | "text" | "bytes" | "absent" | "otherwise",
  then: Direction["dispatch"] | undefined,
): Code | undefined {
  return then === undefined || then === null ? undefined : code`${id(name)}: ${dispatchTree(then)},`;
}
