/**
 * 64-bit integers as bigints: every digit arrives, in both directions.
 */
import { createServer } from "node:http";
import { ActionwireError } from "@actionwire/runtime";
import { wsTransport } from "@actionwire/runtime/ws";
import { LedgerClient } from "./generated/client.js";
import { type LedgerRoutes, serveLedger } from "./generated/server.js";

const accounts = new Map<bigint, bigint>();

const routes: LedgerRoutes = {
  async transfer({ to, amount }, { client }) {
    const holds = (accounts.get(to) ?? 0n) + amount;
    accounts.set(to, holds);
    await client.sendBalance({ account: to, holds });
    return { receipt: 9_007_199_254_740_993n }; // 2^53 + 1, which is no number of JavaScript's
  },
};

const server = createServer();
const ledger = serveLedger(server, routes, { authorize: "anyone" });
await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
const address = server.address();
const port = typeof address === "object" && address ? address.port : 0;

const client = new LedgerClient({
  url: `ws://127.0.0.1:${port}`,
  transport: wsTransport(),
  handlers: { onBalance: ({ account, holds }) => console.log(`${account} holds ${holds}`) },
});

const { receipt } = await client.requestTransfer({ to: 1n, amount: 18_446_744_073_709_551_615n });
console.log(`receipt ${receipt}`);

try {
  client.sendTransfer({ to: 2n, amount: 18_446_744_073_709_551_616n });
} catch (error) {
  console.log(error instanceof ActionwireError ? error.message : error);
}

client.close();
await ledger.close();
server.close();
