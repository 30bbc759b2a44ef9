/** How clients came back to a server: all at once, or spread over time. */
import type { Connected } from "./server-log.js";

const BIN = 100;

export interface Returned {
  /** Connections that were accepted, with those that came twice. */
  readonly connections: number;
  /** Clients that are back. */
  readonly clients: number;
  /** Milliseconds until the last client was back; nothing when some are not. */
  readonly all: number | undefined;
  /** Connections in the fullest 100 ms, and in the average one until the last. */
  readonly peak: number;
  readonly mean: number;
}

/** Of the connections from a moment to before another; one that has no name counts as a client of its own. */
export function returned(connected: readonly Connected[], from: number, to: number, clients: number): Returned {
  const within = connected.filter(({ at }) => at >= from && at < to);
  const first = new Map<string, number>();
  for (const [index, { at, client = `unknown-${index}` }] of within.entries()) {
    if (!first.has(client)) first.set(client, at - from);
  }
  const bins = new Map<number, number>();
  for (const { at } of within) {
    const bin = Math.floor((at - from) / BIN);
    bins.set(bin, (bins.get(bin) ?? 0) + 1);
  }
  return {
    connections: within.length,
    clients: first.size,
    all: first.size < clients ? undefined : Math.max(...first.values()),
    peak: Math.max(0, ...bins.values()),
    mean: bins.size === 0 ? 0 : within.length / (Math.max(...bins.keys()) + 1),
  };
}
