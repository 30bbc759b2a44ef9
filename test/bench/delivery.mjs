/**
 * What deliveries cost, beside the `ws` package with JSON: messages a second, microseconds of CPU time per message of
 * client and server, and bytes per message on the wire, each way, acknowledgements among them. Client and server are
 * processes of their own and talk over loopback. Rounds are interleaved; medians are shown, ratios are made in each round.
 *
 * - `count`: the client sends, 1,000 ahead of what the server has handled
 * - `echo`: the server answers each message with one
 * - `confirm`: 50,000 messages are handed over at once, over a way with a round trip of 50 ms, until all are confirmed
 *   (without a session, nothing but an echo confirms)
 *
 * `node test/bench/delivery.mjs [count] [echo] [confirm]`, after `npm run build`.
 * `--rounds 5`, `--messages 100000`, `--only session,plain`, `--profile folder` for CPU profiles, which `hot.mjs` reads.
 */
import { parseArgs } from "node:util";
import { clients } from "./delivery/clients.mjs";
import { measure } from "./delivery/measure.mjs";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rounds: { type: "string", default: "5" },
    messages: { type: "string", default: "100000" },
    only: { type: "string", default: Object.keys(clients).join() },
    profile: { type: "string" },
  },
});
const kinds = Object.keys(clients).filter((kind) => values.only.split(",").includes(kind));
const [rounds, messages] = [Number(values.rounds), Number(values.messages)];

const scenarios = {
  count: () => ({ does: "count", messages, ahead: 1_000, delay: 0 }),
  echo: () => ({ does: "echo", messages, ahead: 1_000, delay: 0 }),
  confirm: (kind) => {
    const does = kind.startsWith("session") ? "count" : "echo";
    return { does, messages: messages / 2, ahead: messages / 2, delay: 25 };
  },
};

const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];
const total = ({ clientCpu, serverCpu }) => clientCpu + serverCpu;

/** How one kind compares to another in each round; empty where the other was not measured. */
function ratio(figure, mine, theirs) {
  return theirs ? median(mine.map((one, round) => figure(one) / figure(theirs[round]))).toFixed(2) : "";
}

function row(kind, all) {
  const mine = all[kind];
  const middle = (figure, digits) => median(mine.map(figure)).toFixed(digits);
  return {
    "messages/s": middle(({ perSecond }) => perSecond, 0),
    "client µs": middle(({ clientCpu }) => clientCpu, 1),
    "server µs": middle(({ serverCpu }) => serverCpu, 1),
    "both µs": middle(total, 1),
    "CPU to floor": ratio(total, mine, all["ws+json"]),
    "CPU to plain": ratio(total, mine, all["plain"]),
    "rate to floor": ratio(({ perSecond }) => perSecond, mine, all["ws+json"]),
    "bytes up": middle(({ up }) => up, 1),
    "bytes down": middle(({ down }) => down, 1),
  };
}

for (const scenario of positionals.length > 0 ? positionals : Object.keys(scenarios)) {
  const all = Object.fromEntries(kinds.map((kind) => [kind, []]));
  for (let round = 0; round < rounds; round++) {
    for (const kind of kinds) {
      all[kind].push(await measure({ kind, ...scenarios[scenario](kind), profile: values.profile }));
    }
  }
  console.log(`\n${scenario}`);
  console.table(Object.fromEntries(kinds.map((kind) => [kind, row(kind, all)])));
}
