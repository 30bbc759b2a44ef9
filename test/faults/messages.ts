/** What the processes of a run say to each other. */

/** Which peer: its file below `peers/`, and its name there. */
export interface PeerName {
  readonly file: string;
  readonly name: string;
}

export interface ServerOrder {
  readonly peer: PeerName;
  readonly port: number;
  readonly log: string;
  readonly store: string;
}

export interface ClientOrder {
  readonly peer: PeerName;
  readonly url: string;
  readonly store: string;
  /** Messages a second. */
  readonly rate: number;
  /** The first number, and the one after the last. */
  readonly from: number;
  readonly to: number;
  /** Where each number is noted as it is sent, and when it is told durable; for clients that get killed. */
  readonly log?: string;
}

export interface HerdOrder {
  readonly peer: PeerName;
  readonly url: string;
  readonly store: string;
  /** The index of the first client, and the number of clients. */
  readonly first: number;
  readonly clients: number;
  /** Milliseconds between two messages of a client. */
  readonly every: number;
}

export interface ProxyOrder {
  readonly port: number;
}

/** What a child says; `at` is the time of `clock.ts`. */
export type Said =
  | { readonly kind: "listening"; readonly at: number }
  | { readonly kind: "proxying"; readonly port: number }
  /** The proxy accepted a connection. */
  | { readonly kind: "opened"; readonly at: number }
  | { readonly kind: "stalled"; readonly at: number; readonly connections: number }
  | { readonly kind: "cut"; readonly at: number }
  | { readonly kind: "connected" }
  /** Every message was handed to the library. */
  | { readonly kind: "sent"; readonly at: number; readonly count: number }
  | { readonly kind: "settled"; readonly at: number }
  | { readonly kind: "down"; readonly at: number }
  | Report;

/** What a client process knows at its end. */
export interface Report {
  readonly kind: "report";
  /** The numbers handed to the library. */
  readonly sent: readonly number[];
  readonly failed: readonly number[];
  readonly accepted: readonly number[];
  /** Errors that nobody caught; an application would have ended. */
  readonly uncaught: readonly string[];
  readonly megabytes: number;
}

/** What the parent tells a child. */
export type Told = "go" | "stop" | "finish" | "stall" | "cut";
