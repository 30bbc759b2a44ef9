/**
 * The server's process: `server.mjs <ws+json | ours> <count | echo>`. It checks that messages come in order, once each, and
 * says over a socket of its own, a byte for so many messages, how far it is: so all clients keep equally many under way.
 */
import { createServer as createHttpServer } from "node:http";
import { createServer } from "node:net";
import { mount } from "@actionwire/runtime/node";
import { WebSocketServer } from "ws";
import { api, BenchSender, labelled } from "./message.mjs";
import { cpu, obey } from "./orders.mjs";
import { STEP } from "./pace.mjs";

const [kind, does] = process.argv.slice(2);
const echoes = does === "echo";

let handled = 0;
let meter;
const progress = createServer((socket) => {
  meter = socket.setNoDelay(true);
});

function count(n) {
  if (n !== handled) throw new Error(`${n} came where ${handled} was to come`);
  handled++;
  if (handled % STEP === 0) meter?.write(".");
}

/** The underlying socket, which knows what was on the wire. */
let wire;
const server = createHttpServer();
server.on("connection", (socket) => {
  wire = socket;
});

function serveFloor() {
  new WebSocketServer({ server }).on("connection", (socket) => {
    socket.on("message", (data) => {
      const said = JSON.parse(data.toString());
      if (said.action !== "say") return;
      count(said.n);
      if (echoes) socket.send(JSON.stringify(labelled("said", said)));
    });
  });
}

function serveOurs() {
  const say = ({ n, room, author, text }, { client }) => {
    count(n);
    if (echoes) client.sendSaid({ n, room, author, text });
  };
  const rate = { perSecond: 1_000_000, burst: 1_000_000 };
  const failed = (error) => {
    console.error(error);
    process.exit(1);
  };
  mount(server, api, BenchSender, { say }, { authorize: "anyone", rate, onError: failed });
}

const listen = (what) => new Promise((ready) => what.listen(0, "127.0.0.1", () => ready(what.address().port)));

obey({
  async listen() {
    if (kind === "ours") serveOurs();
    else serveFloor();
    return { port: await listen(server), progress: await listen(progress) };
  },
  mark: () => ({ cpu: cpu(), received: wire.bytesRead, sent: wire.bytesWritten }),
});
