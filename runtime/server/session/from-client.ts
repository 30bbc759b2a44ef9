/**
 * What a server may hear of the session itself.
 */
import type { FromClient, Known } from "../../session/control.js";
import { Ack, Credentials, End, Hello, Ping } from "../../session/generated/validators.js";

export const fromClient: Known<FromClient> = { hello: Hello, ack: Ack, ping: Ping, credentials: Credentials, end: End };
