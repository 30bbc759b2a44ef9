/**
 * One measurement: a server, a client, perhaps a long way between them, all processes of their own; warmed up first.
 */
import { start } from "./orders.mjs";

/** Messages before those that count, for the compiler. */
const WARM_UP = 20_000;

/** `ahead`: messages that may be under way; `delay`: milliseconds each way; `profile`: a folder for CPU profiles. */
export async function measure({ kind, does, messages, ahead, delay, profile }) {
  const profiled = (who) => profile && { folder: profile, name: `${does}-${kind}-${who}.cpuprofile` };
  const server = start("server.mjs", [kind === "ws+json" ? kind : "ours", does], profiled("server"));
  const client = start("client.mjs", [kind, does], profiled("client"));
  const way = delay > 0 ? start("delay.mjs", [String(delay)]) : undefined;
  const { port, progress } = await server.ask("listen");
  await client.ask("connect", way ? (await way.ask("listen", port)).port : port, progress);
  await client.ask("run", WARM_UP, ahead);
  const before = await server.ask("mark");
  const { cpu, ms } = await client.ask("run", messages, ahead);
  const after = await server.ask("mark");
  await client.ask("close");
  await Promise.all([server, client, way].map((process) => process?.end()));
  return {
    perSecond: (messages / ms) * 1000,
    clientCpu: cpu / messages,
    serverCpu: (after.cpu - before.cpu) / messages,
    up: (after.received - before.received) / messages,
    down: (after.sent - before.sent) / messages,
  };
}
