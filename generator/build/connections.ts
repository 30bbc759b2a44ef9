/**
 * Channels grouped into connections: one for each URL path; channels that are topics share the server's own path.
 */

import type { Channels } from "../options.js";
import type { DraftAction, DraftChannel } from "../read/draft.js";

export interface DraftConnection {
  readonly path: string;
  readonly channels: readonly [DraftChannel, ...DraftChannel[]];
  readonly toServer: readonly DraftAction[];
  readonly toClient: readonly DraftAction[];
}

export function connectionsOf(channels: readonly DraftChannel[], mode: Channels): DraftConnection[] {
  const byPath = new Map<string, [DraftChannel, ...DraftChannel[]]>();
  for (const channel of channels) {
    const path = pathOf(channel, mode);
    const group = byPath.get(path);
    if (group) group.push(channel);
    else byPath.set(path, [channel]);
  }
  return [...byPath].map(([path, group]) => ({
    path,
    channels: group,
    toServer: distinct(group.flatMap((channel) => channel.toServer)),
    toClient: distinct(group.flatMap((channel) => channel.toClient)),
  }));
}

/** What the channels' addresses are taken for, all together. */
export function addressesOf(channels: readonly DraftChannel[], mode: Channels): "paths" | "topics" | "mixed" {
  const paths = channels.filter((channel) => isPath(channel, mode)).length;
  if (paths === channels.length) return "paths";
  return paths === 0 ? "topics" : "mixed";
}

/** A channel is a URL path if it is written like one, or if its binding says what the opening request carries. */
function isPath({ address, binding }: DraftChannel, mode: Channels): boolean {
  return mode === "paths" || (mode === "auto" && (address?.startsWith("/") === true || binding !== undefined));
}

function pathOf(channel: DraftChannel, mode: Channels): string {
  const { address } = channel;
  if (!isPath(channel, mode) || !address || address === "/") return "";
  return address.startsWith("/") ? address : `/${address}`;
}

/**
 * One message on several topics of one socket looks the same on each, so it is one action; so are two messages that
 * have one name and one schema.
 */
function distinct(actions: readonly DraftAction[]): DraftAction[] {
  const byLook = new Map<string, DraftAction>();
  for (const action of actions) {
    const look = action.payload ? `${action.title} ${action.payload.at}` : action.node.at;
    const before = byLook.get(look);
    const reply = before?.reply ?? action.reply;
    const same = [...(before?.same ?? []), action.node.at];
    byLook.set(look, { ...(before ?? action), ...(reply && { reply }), same });
  }
  return [...byLook.values()];
}
