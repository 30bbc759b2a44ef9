import { createServer, type Server } from "node:http";
import { type Frame, webSocketTransport } from "@actionwire/runtime";
import { memoryNetwork } from "@actionwire/runtime/testing";
import { wsTransport } from "@actionwire/runtime/ws";
import { WebSocket, WebSocketServer } from "ws";
import { listen } from "./support/listen.js";
import { type Bench, type Far, transportSuite, until } from "./support/transport-suite.js";

async function memory(): Promise<Bench> {
  const network = memoryNetwork();
  network.onDial = (dial) => (dial.request.url.includes("nowhere") ? dial.fail() : void dial.accept());
  return {
    transport: network.transport,
    url: "ws://memory",
    nowhere: "ws://nowhere",
    async accepted() {
      await until(() => network.peers.length > 0);
      const { peer } = network;
      return {
        send: (frame) => (typeof frame === "string" ? peer.send(frame) : peer.sendBinary(frame)),
        close: (code, reason) => peer.close(code, reason),
        cut: () => peer.cut(),
        received: () => peer.received,
      };
    },
    async goodbye() {
      await until(() => network.peer.closed !== undefined);
      return network.peer.closed ?? { code: 0, reason: "" };
    },
    stop: async () => {},
  };
}

/** A port that was free a moment ago. */
async function freePort(): Promise<number> {
  const server = createServer();
  const port = await listen(server);
  await close(server);
  return port;
}

const close = (server: Server): Promise<void> => new Promise((done) => server.close(() => done()));

const loopback = (transport: Bench["transport"]) => async (): Promise<Bench> => {
  const http = createServer();
  const server = new WebSocketServer({ server: http });
  const connections: { far: Far; goodbye: Promise<{ code: number; reason: string }> }[] = [];
  server.on("connection", (socket) => {
    const received: Frame[] = [];
    socket.on("message", (data, isBinary) => received.push(isBinary ? Uint8Array.from(data as Buffer) : String(data)));
    socket.on("error", () => {});
    const goodbye = new Promise<{ code: number; reason: string }>((told) =>
      socket.on("close", (code, reason) => told({ code, reason: String(reason) })),
    );
    const far: Far = {
      send: (frame) => socket.send(frame),
      close: (code, reason) => socket.close(code, reason),
      cut: () => socket.terminate(),
      received: () => received,
    };
    connections.push({ far, goodbye });
  });
  const port = await listen(http);
  const newest = async () => {
    await until(() => connections.length > 0);
    const last = connections.at(-1);
    if (!last) throw new Error("no connection");
    return last;
  };
  return {
    transport,
    url: `ws://127.0.0.1:${port}/`,
    nowhere: `ws://127.0.0.1:${await freePort()}/`,
    accepted: async () => (await newest()).far,
    goodbye: async () => (await newest()).goodbye,
    async stop() {
      for (const socket of server.clients) socket.terminate();
      await close(http);
    },
  };
};

transportSuite("memory", memory);
transportSuite("ws", loopback(wsTransport()));
// The class of `ws` has the platform's interface too, so it stands in for the platform's own, which Node 20 lacks.
transportSuite("WebSocket", loopback(webSocketTransport(WebSocket)));
