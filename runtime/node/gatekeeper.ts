/**
 * From an opening request to an open socket, or to the right kind of no.
 */
import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { type WebSocket, WebSocketServer } from "ws";
import type { Api } from "../api.js";
import type { Clock } from "../clock.js";
import { CloseCode } from "../close-codes.js";
import type { Values } from "../server/index.js";
import type { Ask, Verdict } from "./admission.js";
import { bearErrors, refuse } from "./http.js";
import { originAllowed } from "./origin.js";
import { SUBPROTOCOL } from "./token.js";
import { type UpgradeRequest, upgradeRequest } from "./upgrade-request.js";

export interface GatekeeperParts<User> {
  readonly api: Api;
  readonly clock: Clock;
  readonly maxPayload: number;
  readonly ask: Ask<User>;
  readonly origins: readonly string[] | "any";
  /** Whether one more connection may be, `opening` of which are on their way. */
  hasRoom(opening: number): boolean;
  /** Subprotocols that are spoken, best first. */
  readonly subprotocols: readonly string[];
  /** A client is in. What it says is lost unless listened to before this returns. */
  enter(ws: WebSocket, user: User, request: UpgradeRequest): void;
  /** `authorize` threw. */
  failed(error: unknown): void;
}

/** Seconds after which one who came at a bad time may come again. */
const RETRY = { "Retry-After": "5" };
/** Milliseconds a refused browser has to answer the close. */
const FAREWELL_MS = 2000;

/** What a hostile peer can make `ws` hold: pieces of one message, chunks of one frame, pongs it does not read. */
const LIMITS = { maxFragments: 256, maxBufferedChunks: 4096, maxPendingAutoPongs: 16 };

export class Gatekeeper<User> {
  readonly #parts: GatekeeperParts<User>;
  readonly #wss: WebSocketServer;
  #opening = 0;
  #closed = false;

  constructor(parts: GatekeeperParts<User>) {
    this.#parts = parts;
    this.#wss = new WebSocketServer({
      noServer: true,
      maxPayload: parts.maxPayload,
      perMessageDeflate: false,
      handleProtocols: (offered) => [...parts.subprotocols, SUBPROTOCOL].find((name) => offered.has(name)) ?? false,
      ...LIMITS,
    });
  }

  /** From now on everybody is told to come again later. */
  close(): void {
    this.#closed = true;
  }

  /** Ends what is still open, refused browsers included. */
  terminate(): void {
    for (const ws of this.#wss.clients) ws.terminate();
    this.#wss.close();
  }

  /** Takes a request; the socket is this mount's from here on. Never throws. */
  async take(request: IncomingMessage, socket: Duplex, head: Buffer, parameters: Values): Promise<void> {
    bearErrors(socket);
    if (request.headers.upgrade?.toLowerCase() !== "websocket")
      return refuse(socket, 400, "a WebSocket is spoken here");
    const asked = upgradeRequest(this.#parts.api, request, parameters);
    if (!originAllowed(asked.headers, this.#parts.origins)) return refuse(socket, 403, "not from this origin");
    if (this.#closed || !this.#parts.hasRoom(this.#opening)) return refuse(socket, 503, "come again later", RETRY);
    this.#opening += 1;
    const verdict = await this.#parts.ask(asked);
    this.#opening -= 1;
    if (!socket.destroyed) this.#decide(verdict, asked, () => this.#upgraded(request, socket, head), socket);
  }

  #decide(verdict: Verdict<User>, asked: UpgradeRequest, upgraded: () => WebSocket | undefined, socket: Duplex): void {
    if (verdict.kind === "failed") this.#parts.failed(verdict.error);
    if (verdict.kind === "failed") return refuse(socket, 500, "authorisation failed");
    if (verdict.kind === "timed-out" || this.#closed) return refuse(socket, 503, "come again later", RETRY);
    if (verdict.kind === "admitted") {
      const ws = upgraded();
      if (ws) this.#parts.enter(ws, verdict.user, asked);
    } else if (asked.origin === undefined) {
      refuse(socket, 401, "not authorised", { "WWW-Authenticate": "Bearer" });
    } else {
      this.#sendAway(upgraded());
    }
  }

  /** What a browser can see of a refusal: an open connection that closes. Nobody listens to what it says. */
  #sendAway(ws: WebSocket | undefined): void {
    if (!ws) return;
    ws.on("error", () => {});
    const cancel = this.#parts.clock.after(FAREWELL_MS, () => ws.terminate());
    ws.on("close", cancel);
    ws.close(CloseCode.unauthorized, "not authorised");
  }

  /** The open socket; undefined where the handshake was none, which `ws` has answered. */
  #upgraded(request: IncomingMessage, socket: Duplex, head: Buffer): WebSocket | undefined {
    let opened: WebSocket | undefined;
    this.#wss.handleUpgrade(request, socket, head, (ws) => {
      opened = ws; // called before handleUpgrade returns, there being no verifyClient
    });
    return opened;
  }
}
