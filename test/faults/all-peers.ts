/** The peers there are. */
import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { PeerName } from "./messages.js";
import type { Peer } from "./peer.js";

const FOLDER = new URL("./peers/", import.meta.url);

/** A peer and where it is found. */
export interface Found {
  readonly peer: Peer;
  readonly at: PeerName;
}

export async function allPeers(): Promise<readonly Found[]> {
  const files = readdirSync(fileURLToPath(FOLDER)).filter((name) => name.endsWith(".ts"));
  const found = await Promise.all(
    files.sort().map(async (file) => (await peersOf(file)).map((peer) => ({ peer, at: { file, name: peer.name } }))),
  );
  return found.flat();
}

export async function peerAt({ file, name }: PeerName): Promise<Peer> {
  const peer = (await peersOf(file)).find((one) => one.name === name);
  if (!peer) throw new Error(`${file} has no ${name}`);
  return peer;
}

async function peersOf(file: string): Promise<readonly Peer[]> {
  const { peers }: { readonly peers: readonly Peer[] } = await import(new URL(file, FOLDER).href);
  return peers;
}
