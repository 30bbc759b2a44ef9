/**
 * A train ride: two people talk, one server is killed and comes back, a third person is refused and signs in again.
 */
import { type ChildProcess, fork } from "node:child_process";
import { createServer } from "node:net";
import { fileURLToPath } from "node:url";
import { wsTransport } from "@actionwire/runtime/ws";
import { ChatClient } from "./generated/client.js";
import { headline, sayState, show } from "./screen.js";

const room = "lobby";
const heard: string[] = [];
const port = await freePort();
let server = await startServer();

headline("Two people sign in and talk, each message through a typed method.");
const ada = person("ada", () => "let-ada-in");
const ben = person("ben", () => "let-ben-in");
ada.sendJoinRoom({ room });
ben.sendJoinRoom({ room });
await until(() => heard.filter((line) => line.includes("is here")).length >= 2);
say(ada, "ada", "Have you got a seat?");
await until(() => heard.includes("ben: ada says: Have you got a seat?"));
say(ben, "ben", "By the window 🚆");
await until(() => heard.includes("ada: ben says: By the window 🚆"));

headline("A tunnel: the server is killed. Ben keeps talking; what he says waits in his outbox.");
await stopServer();
await until(() => ben.state.at !== "open" && ada.state.at !== "open");
for (const text of ["It is dark now.", "Still dark.", "Are you there?"]) say(ben, "ben", text);
await pause(1200);

headline("Out of the tunnel: the server is back, and the outbox leaves in order.");
server = await startServer();
await until(() => ben.state.at === "open" && ben.pending().length === 0 && ada.state.at === "open");
const { utterances } = await ada.requestGetHistory({ room });
show("ada", `asked for the history: ${utterances.map(({ text }) => JSON.stringify(text)).join(", ")}`);

headline("A third person comes with a token that has expired: refused three times, then it stops and says why.");
let token = "expired";
const eve = person("eve", () => token);
eve.sendJoinRoom({ room });
await until(() => eve.state.at === "stopped");
await pause(500);

headline("She signs in again, and what she wanted to say is still there.");
token = "let-eve-in";
say(eve, "eve", "Hello from the next carriage!");
eve.connect();
await until(() => heard.includes("ada: eve says: Hello from the next carriage!"));

headline("Everybody gets off.");
for (const client of [ada, ben, eve]) client.close();
await stopServer();
const inOrder = utterances.map(({ text }) => text).join(" ") === "It is dark now. Still dark. Are you there?";
show("server", inOrder ? "nothing was lost, nothing came out of order" : "SOMETHING WENT WRONG");
process.exitCode = inOrder ? 0 : 1;

/** A client, and everything that happens to it shown. */
function person(name: string, token: () => string): ChatClient {
  const client = new ChatClient({
    url: `ws://127.0.0.1:${port}`,
    transport: wsTransport(),
    token,
    onUncertain: ({ messages }) =>
      show(name, `  written before the end, perhaps not arrived: ${messages.length} messages`),
    handlers: {
      onPresence: ({ user, present }) => hear(name, `${user} is ${present ? "here" : "gone"}`),
      onSaid: ({ utterance: { by, text } }) => hear(name, `${by} says: ${text}`),
    },
  });
  let before = client.state.at;
  let opened = 0;
  client.watch((state) => {
    if (state.at === before) return; // open, and proven to be: nothing to show
    before = state.at;
    show(name, sayState(state));
    // A room forgets who was in it when its server ends, so whoever comes back says so.
    if (state.at === "open" && opened++ > 0) client.sendJoinRoom({ room });
  });
  return client;
}

function say(client: ChatClient, name: string, text: string): void {
  client.sendSay({ room, text });
  show(
    name,
    `→ say ${JSON.stringify(text)}${client.pending().length > 0 ? `   (${client.pending().length} in the outbox)` : ""}`,
  );
}

function hear(name: string, what: string): void {
  heard.push(`${name}: ${what}`);
  show(name, `← ${what}`);
}

async function startServer(): Promise<ChildProcess> {
  const child = fork(fileURLToPath(new URL("server.js", import.meta.url)), {
    env: { ...process.env, PORT: String(port) },
  });
  await new Promise((ready) => child.once("message", ready));
  show("server", `listening on 127.0.0.1:${port}`);
  return child;
}

async function stopServer(): Promise<void> {
  const gone = new Promise((done) => server.once("exit", done));
  server.kill("SIGKILL");
  await gone;
  show("server", "killed");
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((ready) => probe.listen(0, "127.0.0.1", ready));
  const address = probe.address();
  await new Promise((done) => probe.close(done));
  return typeof address === "object" && address ? address.port : 0;
}

async function until(condition: () => boolean): Promise<void> {
  const deadline = Date.now() + 15_000;
  while (!condition()) {
    if (Date.now() > deadline) throw new Error("this took too long");
    await pause(20);
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((done) => setTimeout(done, ms));
}
