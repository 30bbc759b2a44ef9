/**
 * The client's process: `client.mjs <kind> <count | echo>`. Where the server echoes, echoes say what is handled; else the
 * server does, over a socket beside.
 */
import { connect } from "node:net";
import { clients } from "./clients.mjs";
import { cpu, obey } from "./orders.mjs";
import { Pace, STEP } from "./pace.mjs";

const [kind, does] = process.argv.slice(2);
let client;
let pace;

obey({
  async connect(port, progress) {
    let next = 0;
    client = await clients[kind](`ws://127.0.0.1:${port}/`, (n) => {
      if (n !== next++) throw new Error(`the echo of ${n} came where that of ${next - 1} was to come`);
      pace.advance(1);
    });
    pace = new Pace((n) => client.send(n));
    if (does === "echo") return;
    const meter = connect(progress, "127.0.0.1");
    await new Promise((connected) => meter.on("connect", connected));
    meter.on("data", ({ length }) => pace.advance(length * STEP));
  },
  /** Sends, and waits until all is handled and, where this client hears of that, confirmed. */
  async run(messages, ahead) {
    const [cpuBefore, before] = [cpu(), performance.now()];
    await pace.run(messages, ahead);
    await client.settled();
    return { cpu: cpu() - cpuBefore, ms: performance.now() - before };
  },
  async close() {
    client.close();
    await new Promise((soon) => setTimeout(soon, 100)); // the goodbye is to leave
  },
});
