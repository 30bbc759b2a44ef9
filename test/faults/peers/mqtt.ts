/**
 * MQTT.js with the broker aedes, over TCP, QoS 1: "at least once". `clean: false` and a fixed `clientId` keep the session,
 * as both READMEs recommend for QoS above 0; the rest are defaults (reconnects after 1 s, keep-alive 60 s, a store in
 * memory). The application handles a message in `authorizePublish`, the only hook before the acknowledgement: aedes sends
 * it before `published`, so that a server killed between the two would lose what it has accepted.
 */
import { createServer, type Socket } from "node:net";
import { load } from "../packages.js";
import type { Peer } from "../peer.js";
import { Pending } from "../shared/pending.js";

interface Broker {
  handle(socket: Socket): void;
  on(event: "clientReady", hear: (client: { readonly id: string }) => void): void;
  on(event: "clientError" | "connectionError", hear: () => void): void;
  close(done: () => void): void;
}

interface BrokerModule {
  readonly Aedes: {
    createBroker(options: {
      authorizePublish(client: object | null, packet: { readonly payload: Buffer }, done: () => void): void;
    }): Promise<Broker>;
  };
}

interface Client {
  on(event: "connect" | "close" | "error", hear: () => void): void;
  publish(topic: string, text: string, options: { readonly qos: 1 }, told: (error?: Error | null) => void): void;
  end(force: boolean): void;
}

interface ClientModule {
  connect(url: string, options: { readonly clientId: string; readonly clean: false }): Client;
}

export const peers: readonly Peer[] = [
  {
    name: "mqtt-qos1",
    async server(port, log) {
      const { Aedes } = await load<BrokerModule>("aedes");
      const broker = await Aedes.createBroker({
        authorizePublish(client, packet, done) {
          if (client) log.handled(Number(packet.payload.toString())); // the others are the broker's own
          done();
        },
      });
      broker.on("clientReady", (client) => log.connected(client.id));
      broker.on("clientError", () => {});
      broker.on("connectionError", () => {});
      const server = createServer((socket) => broker.handle(socket));
      await new Promise<void>((ready) => server.listen(port, "127.0.0.1", ready));
      return { close: () => new Promise((closed) => broker.close(() => server.close(() => closed()))) };
    },
    async client(url, events, place) {
      const { connect } = await load<ClientModule>("mqtt");
      const client = connect(url.replace(/^ws/, "mqtt"), { clientId: place.id, clean: false });
      client.on("error", () => {});
      client.on("close", () => events.down());
      await new Promise<void>((connected) => client.on("connect", connected));
      const pending = new Pending(events);
      return {
        send(n) {
          pending.add(n);
          client.publish("numbers", `${n}`, { qos: 1 }, (error) => {
            if (error) pending.failed(n);
            else pending.accepted(n);
          });
        },
        settled: () => pending.settled(),
        close: () => client.end(true),
      };
    },
  },
];
