/**
 * A network in memory: a transport for the client on one side, the server's hands on the other. It can do what a real
 * one does at its worst: refuse, hang, lie still, break without a word.
 *
 * ```ts
 * const clock = fakeClock();
 * const network = memoryNetwork();
 * const client = new ChatClient({ url: "ws://test", transport: network.transport, clock });
 * client.sendSay({ room: "lobby", text: "hello" });
 * await clock.settle();
 * network.peer.received; // ['{"action":"say","room":"lobby","text":"hello"}']
 * network.peer.cut();
 * client.sendSay({ room: "lobby", text: "still there?" });
 * await clock.advance(1_000);
 * network.peer.received; // ['{"action":"say","room":"lobby","text":"still there?"}']: a new connection's
 * ```
 */
import type { Frame } from "../frame.js";
import type { Ending, Listener, Opening, Socket, Transport } from "../transport.js";
import { MemoryPeer } from "./peer.js";

/** An attempt to connect, waiting for the server's word. */
export interface MemoryDial {
  readonly request: Opening;
  /** Opens the connection; `protocol` is the subprotocol chosen, none by default. */
  accept(protocol?: string): MemoryPeer;
  /** An HTTP answer instead of an upgrade. */
  refuse(status: number, retryAfter?: string): void;
  /** No connection: 1006, as where nobody listens. */
  fail(): void;
}

export interface MemoryNetworkOptions {
  /** Whether the transport can set headers; default true. */
  readonly headers?: boolean;
  /** Whether the transport can ping; default true. */
  readonly pings?: boolean;
}

export interface MemoryNetwork {
  readonly transport: Transport;
  /** What becomes of an attempt; accepting it by default. Leave one alone to let it hang. */
  onDial: (dial: MemoryDial) => void;
  /** Called with each frame that reaches a server. */
  onFrame: (frame: Frame, peer: MemoryPeer) => void;
  /** Every attempt there was. */
  readonly dials: readonly Opening[];
  /** Every connection there was, as the server sees it. */
  readonly peers: readonly MemoryPeer[];
  /** The newest connection. Throws where there was none. */
  readonly peer: MemoryPeer;
}

export function memoryNetwork(options: MemoryNetworkOptions = {}): MemoryNetwork {
  return new Network(options);
}

class Network implements MemoryNetwork {
  readonly dials: Opening[] = [];
  readonly peers: MemoryPeer[] = [];
  readonly transport: Transport;
  onDial: MemoryNetwork["onDial"] = (dial) => {
    dial.accept();
  };
  onFrame: MemoryNetwork["onFrame"] = () => {};

  constructor({ headers = true, pings = true }: MemoryNetworkOptions) {
    const dial = (request: Opening, listener: Listener): Socket => {
      this.dials.push(request);
      const link = new Link(this, request, listener, this.peers);
      later(() => this.onDial(link));
      return link.socket(pings);
    };
    this.transport = { headers, pings, dial };
  }

  get peer(): MemoryPeer {
    const last = this.peers.at(-1);
    if (!last) throw new Error("nobody has connected yet");
    return last;
  }
}

/** One attempt and what becomes of it; everything arrives a moment later, in order, as on a wire. */
class Link implements MemoryDial {
  readonly request: Opening;
  readonly #network: MemoryNetwork;
  readonly #listener: Listener;
  readonly #peers: MemoryPeer[];
  #peer: MemoryPeer | undefined;
  /** The client has said goodbye. */
  #givenUp = false;
  #over = false;

  constructor(network: MemoryNetwork, request: Opening, listener: Listener, peers: MemoryPeer[]) {
    this.#network = network;
    this.request = request;
    this.#listener = listener;
    this.#peers = peers;
  }

  accept(protocol = ""): MemoryPeer {
    const peer = new MemoryPeer(this.request, this.#wire());
    if (this.#over || this.#peer) return this.#peer ?? peer;
    this.#peer = peer;
    this.#peers.push(peer);
    this.#tell((listener) => {
      if (!this.#givenUp) listener.opened(protocol);
    });
    return peer;
  }

  refuse(status: number, retryAfter?: string): void {
    this.#end({ code: 1006, reason: "", status, ...(retryAfter !== undefined && { retryAfter }) });
  }

  fail(): void {
    this.#end({ code: 1006, reason: "" });
  }

  /** The client's end. */
  socket(pings: boolean): Socket {
    const reach = (f: (peer: MemoryPeer) => void): void => {
      later(() => {
        if (this.#peer && !this.#over && !this.#peer.stalled) f(this.#peer);
      });
    };
    return {
      write: (frame) =>
        reach((peer) => {
          peer.received.push(frame);
          this.#network.onFrame(frame, peer);
        }),
      buffered: () => this.#peer?.buffered ?? 0,
      close: (code, reason) => {
        this.#givenUp = true;
        reach((peer) => {
          peer.closed = { code, reason };
        });
        later(() => this.#end({ code: this.#peer ? code : 1006, reason }));
      },
      ...(pings && {
        ping: (data: string) =>
          reach((peer) => {
            peer.pings++;
            if (peer.pongs) this.#tell((listener) => listener.ponged(data));
          }),
      }),
    };
  }

  #wire(): ConstructorParameters<typeof MemoryPeer>[1] {
    return {
      frame: (frame) => this.#tell((listener) => listener.received(frame)),
      drained: () => this.#tell((listener) => listener.drained()),
      end: (ending) => this.#end(ending),
    };
  }

  #tell(f: (listener: Listener) => void): void {
    later(() => {
      if (!this.#over && !this.#peer?.stalled) f(this.#listener);
    });
  }

  #end(ending: Ending): void {
    later(() => {
      if (this.#over || this.#peer?.stalled) return;
      this.#over = true;
      this.#listener.lost(ending);
    });
  }
}

/** After what is running; in the order asked for. */
function later(f: () => void): void {
  void Promise.resolve().then(f);
}
