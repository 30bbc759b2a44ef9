/**
 * The clients that are compared: the floor, which is the `ws` package with JSON told apart by its action; plain delivery;
 * session delivery, with and without a file that keeps its outbox. Options are the defaults but for the outbox's bounds.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileStore } from "@actionwire/runtime/file-store";
import { session } from "@actionwire/runtime/session";
import { wsTransport } from "@actionwire/runtime/ws";
import { WebSocket } from "ws";
import { api, BenchClient, labelled, payload } from "./message.mjs";

const outbox = { maxMessages: 100_000, maxBytes: 64 * 1024 * 1024 };

/** By name: connects, and calls `heard` with each echo's number. */
export const clients = {
  "ws+json": floor,
  plain: (url, heard) => ours(url, heard, undefined),
  session: (url, heard) => ours(url, heard, session()),
  "session+file": (url, heard) => durable(url, heard, "never"),
  "session+fsync": (url, heard) => durable(url, heard, "always"),
};

async function floor(url, heard) {
  const socket = new WebSocket(url, { perMessageDeflate: false });
  await new Promise((opened) => socket.on("open", opened));
  socket.on("message", (data) => {
    const said = JSON.parse(data.toString());
    if (said.action === "said") heard(said.n);
  });
  return {
    send: (n) => socket.send(JSON.stringify(labelled("say", payload(n)))),
    settled: async () => {},
    close: () => socket.close(),
  };
}

async function ours(url, heard, delivery) {
  const client = new BenchClient(api, { url, transport: wsTransport(), outbox, ...(delivery && { delivery }) });
  client.onSaid(({ n }) => heard(n));
  await new Promise((opened) => {
    client.watch(({ at }) => at === "open" && opened());
    client.connect();
  });
  return {
    send: (n) => client.sendSay(payload(n)),
    settled: () => client.drained(),
    close: () => client.close(),
  };
}

async function durable(url, heard, fsync) {
  const folder = mkdtempSync(join(tmpdir(), "actionwire-bench-"));
  process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
  return ours(url, heard, session({ store: fileStore(join(folder, "outbox"), { fsync }) }));
}
