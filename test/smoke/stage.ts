/**
 * The generated server and the generated client of one connection, talking over loopback. Both are known here by their
 * contract only, so names are looked up in the generated modules.
 */
import { createServer } from "node:http";
import { wsTransport } from "@actionwire/runtime/ws";
import type { Connection, Direction, Parameter } from "../../generator/contract.js";
import { listen } from "../support/listen.js";
import { jsonInBytes } from "./codec.js";
import { Mailbox } from "./mailbox.js";
import type { Payload, Samples } from "./samples.js";

type Method = (...given: unknown[]) => unknown;

/** One side, ready to speak, and where the other side's messages arrive. */
export interface Stage {
  readonly client: object;
  /** Speaks to the client. */
  readonly sender: object;
  readonly toServer: Mailbox;
  readonly toClient: Mailbox;
  /** What the server's route answers to the next request. */
  reply: Payload;
  close(): Promise<void>;
}

export async function stage(generated: string, connection: Connection, samples: Samples): Promise<Stage> {
  const { names } = connection;
  const [forClient, forServer] = await Promise.all([load(`${generated}/client.ts`), load(`${generated}/server.ts`)]);
  const [toServer, toClient] = [new Mailbox(), new Mailbox()];
  const codec = connection.codec === undefined ? {} : { codec: jsonInBytes };
  const server = createServer();
  const port = await listen(server);

  const routes = Object.fromEntries(
    doorsOf(connection.toServer).map(({ id }) => [
      id,
      (payload: unknown) => {
        toServer.arrived(id, payload);
        return here.reply;
      },
    ]),
  );
  const mounted = call(forServer, names.serve, server, routes, {
    authorize: "anyone",
    rate: { perSecond: 1e6, burst: 1e6 },
    maxViolations: 1e6,
    onError: (error: unknown) => toServer.complain(`the server's error: ${String(error)}`),
    onInvalid: ({ problems }: { problems: unknown }) => toServer.complain(`invalid: ${JSON.stringify(problems)}`),
    onUnknown: ({ why }: { why: string }) => toServer.complain(`not understood: ${why}`),
    ...codec,
  });

  const client = construct(forClient, names.client, {
    url: addressOf(connection, port),
    transport: wsTransport(),
    heartbeat: false,
    requestTimeout: 2_000,
    parameters: values(connection.parameters),
    ...(connection.query && { query: texts(samples.ofType(connection.query.type, [], "words")[0]) }),
    ...(connection.headers && { headers: texts(samples.ofType(connection.headers.type, [], "words")[0]) }),
    handlers: Object.fromEntries(
      doorsOf(connection.toClient).map(({ id, on }) => [on, (payload: unknown) => toClient.arrived(id, payload)]),
    ),
    onError: (error: unknown) => toClient.complain(`the client's error: ${String(error)}`),
    onInvalid: ({ problems }: { problems: unknown }) => toClient.complain(`invalid: ${JSON.stringify(problems)}`),
    onUnknown: ({ why }: { why: string }) => toClient.complain(`not understood: ${why}`),
    ...codec,
  });
  const here: Stage = {
    client,
    sender: objectIn(mounted, "all"),
    toServer,
    toClient,
    reply: undefined,
    async close() {
      call(client, "close");
      await call(objectIn({ mounted }, "mounted"), "close");
      server.close();
    },
  };
  await opened(client);
  return here;
}

/** Where messages of one direction arrive: actions by themselves, and the unions of those that look alike. */
function doorsOf({ actions, unions }: Direction): { id: string; on: string }[] {
  return [...actions.filter(({ grouped }) => !grouped), ...unions].map(({ id, names }) => ({ id, on: names.on }));
}

/** The document's first address with the loopback for its host. */
function addressOf({ servers: [first] }: Connection, port: number): string {
  const [url = ""] = (first?.url ?? "").split(/[?#]/);
  const path = url.replace(/^[a-z]+:\/\/[^/]*/i, "");
  const variables = values(first?.variables ?? []);
  return `ws://127.0.0.1:${port}${path.replaceAll(/\{([^{}]+)\}/g, (_, name: string) => variables[name] ?? "any")}`;
}

function values(parameters: readonly Parameter[]): Record<string, string> {
  return Object.fromEntries(parameters.map((one) => [one.name, one.values?.[0] ?? one.default ?? "any/thing 1"]));
}

async function opened(client: object): Promise<void> {
  await new Promise<void>((ready, failed) => {
    call(client, "watch", ({ at, reason }: { at: string; reason?: unknown }) => {
      if (at === "open") ready();
      if (at === "waiting" || at === "stopped") failed(new Error(`does not connect: ${JSON.stringify(reason)}`));
    });
    call(client, "connect");
  });
}

async function load(path: string): Promise<object> {
  return (await import(/* @vite-ignore */ path)) as object; // a module is an object
}

export function call(object: unknown, name: string, ...given: unknown[]): unknown {
  const method: unknown = typeof object === "object" && object !== null ? Reflect.get(object, name) : undefined;
  if (typeof method !== "function") throw new Error(`there is no ${name}`);
  return Reflect.apply(method as Method, object, given); // a function, as just checked
}

function construct(module: object, name: string, options: object): object {
  const made: unknown = Reflect.get(module, name);
  if (typeof made !== "function") throw new Error(`there is no ${name}`);
  return Reflect.construct(made, [options]) as object; // what new makes is an object
}

function objectIn(object: unknown, name: string): object {
  const found: unknown = typeof object === "object" && object !== null ? Reflect.get(object, name) : undefined;
  if (typeof found !== "object" || found === null) throw new Error(`there is no ${name}`);
  return found;
}

/** The members that a query or a header can hold: of a schema that takes any value, a sample may be an object. */
function texts(members: unknown): object {
  const isText = (value: unknown) => typeof value !== "object";
  return Object.fromEntries(Object.entries(members ?? {}).filter(([, value]) => [value].flat().every(isText)));
}
