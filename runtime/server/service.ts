/**
 * What all connections of an endpoint share.
 */
import { type Api, RUNTIME_API } from "../api.js";
import { Codec } from "../codec.js";
import { ActionwireError } from "../errors.js";
import { Handling } from "./handling.js";
import { type Told, told } from "./hooks.js";
import { type EndpointOptions, type Settings, settle } from "./options.js";
import { Outgoing } from "./outgoing.js";
import { Outlets } from "./outlets.js";
import { type Route, routesOf } from "./routes.js";
import type { Sender, SenderClass } from "./sender.js";
import { type Sessions, sessionsOf } from "./session/sessions.js";
import { Topics } from "./topics.js";

export interface Service<User, S extends Sender> {
  readonly options: EndpointOptions<User, S>;
  readonly settings: Settings;
  readonly told: Told;
  readonly routes: ReadonlyMap<string, Route<User, S>>;
  readonly topics: Topics;
  readonly outlets: Outlets<S>;
  readonly handling: Handling;
  readonly codec: Codec;
  /** Absent where there are none. */
  readonly sessions: Sessions | undefined;
}

/** Throws `RUNTIME_MISMATCH` for code generated for another runtime, `BAD_OPTION` for a missing route or codec. */
export function serviceOf<User, S extends Sender>(
  api: Api,
  sender: SenderClass<S>,
  routes: object,
  options: EndpointOptions<User, S>,
): Service<User, S> {
  if (api.runtime !== RUNTIME_API) {
    throw new ActionwireError(
      "RUNTIME_MISMATCH",
      `${api.title}: generated for runtime API ${api.runtime}, but this runtime reads ${RUNTIME_API}; generate it again`,
    );
  }
  const settings = settle(options);
  const tell = told(options);
  const limits = { maxBytes: settings.maxPayload, maxDepth: settings.maxDepth };
  const codec = new Codec(api, "server", limits, options.codec);
  const outgoing = new Outgoing(codec, settings.validateOut, tell);
  return {
    options,
    settings,
    told: tell,
    codec,
    sessions: options.sessions === false ? undefined : sessionsOf(api, options.sessions ?? {}, settings, tell),
    routes: routesOf(api, routes),
    topics: new Topics(settings.broker, `${api.title} ${api.path}`),
    outlets: new Outlets(sender, outgoing, tell),
    handling: new Handling({ codec, outgoing, envelope: api.envelope, policy: settings.validateIn, told: tell }),
  };
}
