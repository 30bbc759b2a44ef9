/**
 * Names that clash and text that would like to be code, said over a real socket and heard unchanged.
 */
import { createServer } from "node:http";
import { wsTransport } from "@actionwire/runtime/ws";
import { AwkwardProcessExit1Client } from "./generated/index.js";
import { type AwkwardProcessExit1Routes, serveAwkwardProcessExit1 } from "./generated/server.js";

const heard: string[] = [];
const hear =
  (route: string) =>
  (payload: object): void => {
    heard.push(`${route} ${JSON.stringify(payload)}`);
  };

const routes: AwkwardProcessExit1Routes = {
  delete: hear("delete"),
  constructorAction: hear("constructorAction"),
  proto: hear("proto"),
  newAction: hear("newAction"),
  joinRoom: hear("joinRoom"),
  joinRoom2: hear("joinRoom2"),
  _2ndTry: hear("_2ndTry"),
  größe: hear("größe"),
  房间: hear("房间"),
  message: hear("message"),
  async processExit3(payload, context) {
    heard.push(`processExit3 ${JSON.stringify(payload)}`);
    await context.client.sendLeft({ x: 1 });
    await context.client.sendTree({ children: [{ is: "tree" }] });
  },
};

const server = createServer();
const mounted = serveAwkwardProcessExit1(server, routes, { authorize: "anyone" });
await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
const address = server.address();
const port = typeof address === "object" && address ? address.port : 0;

const client = new AwkwardProcessExit1Client({ url: `ws://127.0.0.1:${port}`, transport: wsTransport() });
const told = new Promise<number>((resolve) => client.onLeftOrRight(({ x }) => resolve(x)));
const grown = new Promise<number>((resolve) => client.onTree(({ children = [] }) => resolve(children.length)));

client.sendDelete({ what: "\ud800 alone, \u2028 and 👋" });
client.sendConstructorAction({ toString: "not a function" });
client.sendProto({});
client.sendNewAction();
client.sendJoinRoom({ room: "one" });
client.sendJoinRoom2({ room: 2 });
client.send_2ndTry({ "a-b c": "quoted", "0": 0 });
client.sendGröße({ größe: "groß" });
client.send房间();
client.sendMessage();
client.sendProcessExit3({ "*/ evil(); /*": "harmless" });

console.log(`left or right: ${await told}; a tree with ${await grown} child`);
for (const line of heard) console.log(line);

client.close();
await mounted.close();
server.close();
