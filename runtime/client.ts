/**
 * What generated clients extend: one connection, an outbox before it, handlers behind it.
 */
import { type Api, type Reply, RUNTIME_API } from "./api.js";
import { aborted, type Call, Calls, type RequestOptions } from "./calls.js";
import { systemClock } from "./clock.js";
import { Codec } from "./codec.js";
import { Connection } from "./connection.js";
import type { Delivery, Pending, Received } from "./delivery.js";
import { ActionwireError } from "./errors.js";
import { Handlers } from "./handlers.js";
import { type Hearing, hear } from "./inbound.js";
import { hostLifecycle } from "./lifecycle.js";
import { type Message, messageOf } from "./message.js";
import type { ClientOptions } from "./options.js";
import { Outbound } from "./outbound.js";
import { defaultOutbox, type Entry, type Uncertain } from "./outbox.js";
import { Plain } from "./plain.js";
import { fresh, preparation } from "./prepare.js";
import { BEAT_ID, beatFrame, defaultTransport, heartbeatKind, judge, policyOf } from "./settings.js";
import type { ConnectionState } from "./state.js";
import { type Tell, teller } from "./tell.js";
import { Watchers } from "./watchers.js";

/**
 * The client side of one connection of an API.
 *
 * Names of the form `sendX`, `requestX` and `onX` belong to generated subclasses.
 */
export class Client<HandlersOfApi extends object = object> {
  readonly #codec: Codec;
  readonly #delivery: Delivery;
  readonly #outbound: Outbound;
  readonly #calls: Calls;
  readonly #handlers: Handlers;
  readonly #watchers: Watchers<ConnectionState>;
  readonly #connection: Connection;
  readonly #tell: Tell;
  readonly #requestTimeout: number;

  /** Does not connect yet. Throws `RUNTIME_MISMATCH` and `BAD_OPTION`. */
  constructor(api: Api, options: ClientOptions<HandlersOfApi> = {}) {
    checkRuntime(api);
    const { clock = systemClock, random = Math.random, heartbeat = {}, transport = defaultTransport() } = options;
    const frames = { maxBytes: 16_777_216, maxDepth: 128, ...options.limits };
    this.#tell = teller(options);
    this.#codec = new Codec(api, "client", frames, options.codec);
    this.#outbound = new Outbound(this.#codec, options.validate?.out ?? "reject", this.#tell, random);
    this.#calls = new Calls(
      clock,
      () => this.#delivery.ordered,
      (id) => this.#delivery.remove(id),
      () => this.#connection.renew(),
    );
    this.#handlers = new Handlers((error, action) => this.#tell.onError(error, { during: "handler", action }));
    this.#watchers = new Watchers((error) => this.#tell.onError(error, { during: "callback" }));
    this.#requestTimeout = options.requestTimeout ?? 10_000;
    const prepare = preparation(api, options, transport, (error, during) => this.#tell.onError(error, { during }));
    const deliver = options.delivery ?? ((parts) => new Plain(parts));
    this.#delivery = deliver({
      api,
      clock,
      random: options.random,
      limits: { ...defaultOutbox, ...options.outbox },
      frames,
      tell: this.#tell,
      calls: this.#calls,
      message: (entry) => messageOf(this.#codec, entry),
      credentials: fresh(options),
      line: {
        flush: () => this.#connection.flush(),
        greeted: () => this.#connection.greeted(),
        hangUp: (...how) => this.#connection.hangUp(...how),
        stayAway: (ms) => this.#connection.stayAway(ms),
      },
    });
    try {
      if (
        this.#delivery.subprotocol !== undefined &&
        typeof options.tokenIn === "object" &&
        "message" in options.tokenIn
      ) {
        throw new ActionwireError("BAD_OPTION", "tokenIn: the first frame of a session is its own; take another place");
      }
      const beat = beatFrame(api, this.#codec, this.#outbound, heartbeat);
      const beating = this.#delivery.heartbeat(heartbeatKind(transport, heartbeat), beat);
      const hearing = {
        codec: this.#codec,
        calls: this.#calls,
        handlers: this.#handlers,
        tell: this.#tell,
        policy: options.validate?.in ?? "reject",
        mine: (id: string) => this.#delivery.mine(id),
        answered: (id: string) => this.#delivery.answered(id),
        beat: { action: heartbeat ? heartbeat.expect : undefined, id: BEAT_ID, heard: () => beating.beaten() },
      };
      this.#connection = new Connection({
        policy: policyOf(options, beating),
        clock,
        random,
        transport,
        lifecycle: options.lifecycle ?? hostLifecycle(clock),
        delivery: this.#delivery,
        heartbeat: beating,
        prepare,
        judge: judge(options.classify, this.#tell),
        owner: {
          changed: (state) => this.#changed(state),
          received: (received) => this.#hear(received, hearing),
          lost: (uncertain) => this.#lost(uncertain),
          failed: (error) => this.#tell.onError(error, { during: "transport" }),
        },
      });
      if (options.handlers) this.handle(options.handlers);
    } catch (error) {
      this.#delivery.close(); // or its store would stay open, and another client could not use it
      throw error;
    }
  }

  /** What the connection is doing, for an application to show. */
  get state(): ConnectionState {
    return this.#connection.state;
  }

  /**
   * The messages that are not done with, oldest first: those that wait, and, where deliveries are confirmed, those that
   * were written and are not. Each is read back from its frame, so ask when it is to be shown, not all the time.
   */
  pending(): readonly Pending[] {
    return this.#delivery.pending();
  }

  /** Resolves when none is pending; so does {@link close}, whatever became of them. */
  drained(): Promise<void> {
    return this.#delivery.drained();
  }

  /**
   * Connects; the first message does so by itself. Tries at once where it waits, and starts again where it stopped:
   * call it when there are new credentials. Throws `CLOSED`.
   */
  connect(): void {
    this.#mustBeOpen("connect");
    this.#connection.connect();
  }

  /**
   * Asks for fresh credentials and presents them on the connection there is, which goes on. A session does so by itself
   * when the server says that the old ones end. Throws `BAD_OPTION` where the delivery is plain: there a token only
   * travels with the opening request.
   */
  refresh(): void {
    this.#mustBeOpen("refresh");
    if (this.#delivery.refresh) return this.#delivery.refresh();
    throw new ActionwireError("BAD_OPTION", "refresh: only a session can take new credentials while it is open");
  }

  /**
   * Closes for good, and answers with the messages that still waited and now will not leave. What was written before
   * goes ahead of the goodbye. Open requests are rejected with `CLOSED`. Throws `BAD_OPTION` for a code that is neither 1000 nor an
   * application's own (3000 to 4999).
   */
  close(code = 1000): readonly Message[] {
    if (code !== 1000 && !(code >= 3000 && code <= 4999)) {
      throw new ActionwireError("BAD_OPTION", "close: the code must be 1000, or from 3000 to 4999");
    }
    const unsent = this.#messages(this.#delivery.close());
    this.#connection.close(code);
    this.#calls.end();
    return unsent;
  }

  /** Calls the listener at every change of {@link state}, until what it returns is called. */
  watch(listener: (state: ConnectionState) => void): () => void {
    return this.#watchers.add(listener);
  }

  /** Adds a whole object of handlers, until what it returns is called. */
  handle(handlers: HandlersOfApi): () => void {
    return this.#handlers.addAll(handlers, this.#codec.hears.keys());
  }

  /**
   * Accepts a message, to leave as soon as there is a connection, and returns its id. Never waits. Throws
   * `INVALID_PAYLOAD`, `OUTBOX_FULL` and `CLOSED`: then it was not accepted.
   */
  protected send(action: string, payload?: unknown): string {
    this.#mustBeOpen(action);
    const confirms = this.#delivery.confirms?.(action) === true;
    const entry = this.#outbound.entry(this.#delivery.id(action), action, payload, confirms, confirms);
    this.#delivery.add(entry);
    const { reply } = this.#outbound.action(action);
    if (reply && confirms) this.#calls.add(this.#confirming(entry, reply), undefined, undefined);
    else if (reply && this.#delivery.ordered) this.#calls.pass({ id: entry.id, action, reply });
    this.#leave();
    return entry.id;
  }

  /**
   * Sends a message and waits for its reply. Rejects with `INVALID_PAYLOAD`, `OUTBOX_FULL`, `CLOSED`, `TIMEOUT`,
   * `ABORTED`, `REFUSED`, `INVALID_REPLY`, and `CONNECTION_LOST` where it was written and nobody knows what became of it.
   */
  protected request<T>(action: string, payload?: unknown, options: RequestOptions = {}): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.#mustBeOpen(action);
      const { timeout = this.#requestTimeout, signal } = options;
      const { reply } = this.#outbound.action(action);
      if (!reply) throw new ActionwireError("BAD_OPTION", `${action}: the contract declares no reply`, { action });
      if (signal?.aborted) throw aborted(action, signal);
      const entry = this.#outbound.entry(this.#delivery.id(action), action, payload, true);
      this.#delivery.add(entry);
      // T is what the contract says of the reply, and the reply is checked against the contract.
      const { id, key } = entry;
      const call = { id, key, action, reply, resolve: (value: unknown) => resolve(value as T), reject };
      this.#calls.add(call, timeout, signal);
      this.#leave();
    });
  }

  /** Adds a handler for what the server says, until what it returns is called. */
  protected on<T>(action: string, handler: (payload: T) => void | Promise<void>): () => void {
    // T is what the contract says of this action, and what arrives is checked against the contract.
    return this.#handlers.add(action, (payload) => handler(payload as T));
  }

  /** A message whose reply only says that it has arrived. */
  #confirming(entry: Entry, reply: Reply): Call {
    const { id, action, key } = entry;
    const resolve = (): void => this.#delivery.acknowledged?.(id);
    const reject = (error: unknown): void => {
      if (!(error instanceof ActionwireError && error.code === "CLOSED")) this.#delivery.rejected?.(entry, error);
    };
    return { id, key, action, reply, resolve, reject };
  }

  #leave(): void {
    if (this.state.at === "idle") this.#connection.connect();
    else this.#connection.flush();
  }

  #mustBeOpen(what: string): void {
    if (this.state.at === "closed") throw new ActionwireError("CLOSED", `${what}: the client was closed`);
  }

  #changed(state: ConnectionState): void {
    this.#tell.onState(state);
    this.#watchers.tell(state);
  }

  #lost({ entries, more }: Uncertain): void {
    this.#calls.lost((id) => this.#delivery.keeps(id));
    const messages = this.#messages(entries);
    if (messages.length + more > 0) this.#tell.onUncertain({ messages, more });
  }

  /** Those whose sender hears of them in no other way. */
  #messages(entries: readonly Entry[]): readonly Message[] {
    return entries.filter(({ asks, unheard }) => !asks || unheard).map((entry) => messageOf(this.#codec, entry));
  }

  #hear(received: Received, hearing: Hearing): void {
    try {
      hear(received, hearing);
    } catch (error) {
      this.#tell.onError(error, { during: "validator" }); // all else that is not ours is guarded where it is called
    }
  }
}

function checkRuntime({ runtime, title }: Api): void {
  if (runtime === RUNTIME_API) return;
  const newer = runtime > RUNTIME_API ? "update @actionwire/runtime" : "generate it again";
  throw new ActionwireError(
    "RUNTIME_MISMATCH",
    `the generated code of ${title} is made for runtime API ${runtime}, and this runtime has ${RUNTIME_API}: ${newer}`,
  );
}
