/**
 * An API on a Node HTTP server, beside whatever else that server does.
 */
import { randomUUID } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import type { WebSocket } from "ws";
import type { Api } from "../api.js";
import { reportError } from "../report.js";
import { Endpoint, type Farewell, type Sender, type SenderClass } from "../server/index.js";
import { doorOf, fitting, type Guest } from "./door.js";
import { Gatekeeper } from "./gatekeeper.js";
import { bearErrors, type HttpServer, refuse } from "./http.js";
import type { Authorize, MountOptions } from "./options.js";
import { pathsOf } from "./paths.js";
import type { UpgradeRequest } from "./upgrade-request.js";
import { passEvents, socketOf } from "./ws-socket.js";
