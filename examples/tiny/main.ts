/**
 * The smallest program: a server, a client, one question and its answer, all in one process.
 */
import { createServer } from "node:http";
import { ActionwireError } from "@actionwire/runtime";
import { wsTransport } from "@actionwire/runtime/ws";
import { TinyClient } from "./generated/client.js";
import { serveTiny, type TinyRoutes } from "./generated/server.js";

let visitors = 0;

const routes: TinyRoutes = {
  greet: ({ name }) => ({ greeting: `Hello, ${name}!` }),
  async ping(_payload, context) {
    visitors++;
    await context.all.sendVisitors(visitors);
  },
};

const server = createServer();
const tiny = serveTiny(server, routes, { authorize: "anyone" });
await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
const address = server.address();
const port = typeof address === "object" && address ? address.port : 0;

const client = new TinyClient({ url: `ws://127.0.0.1:${port}`, transport: wsTransport() });
const told = new Promise<number>((resolve) => client.onVisitors(resolve));

client.sendPing();
console.log((await client.requestGreet({ name: "Ada" })).greeting);
console.log(`${await told} visitor`);

try {
  client.sendGreet({ name: "" });
} catch (error) {
  console.log(error instanceof ActionwireError ? error.message : error);
}

client.close();
await tiny.close();
server.close();
