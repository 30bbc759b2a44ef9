/**
 * 64-bit integers as bigints, date-times as Dates, base64 as bytes: every digit arrives, in both directions, and all of it
 * is checked as it was on the wire.
 */
import { createServer } from "node:http";
import { ActionwireError } from "@actionwire/runtime";
import { wsTransport } from "@actionwire/runtime/ws";
import { LedgerClient } from "./generated/client.js";
import { type LedgerRoutes, serveLedger } from "./generated/server.js";

const accounts = new Map<bigint, bigint>();

const routes: LedgerRoutes = {
  async transfer({ to, amount, due }, { client }) {
    const holds = (accounts.get(to) ?? 0n) + amount;
    accounts.set(to, holds);
    await client.sendBalance({ account: to, holds });
    const bookedAt = due ?? new Date("2024-01-02T03:04:05Z");
    // 2^53 + 1, which is no number of JavaScript's
    return { receipt: 9_007_199_254_740_993n, bookedAt, signature: new Uint8Array([0xca, 0xfe]) };
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

const due = new Date("2024-03-01T12:00:00+02:00");
const { receipt, bookedAt, signature } = await client.requestTransfer({
  to: 1n,
  amount: 18_446_744_073_709_551_615n,
  due,
});
console.log(`receipt ${receipt}, booked at ${bookedAt.toISOString()}, signed with ${signature.length} bytes`);

try {
  client.sendTransfer({ to: 2n, amount: 18_446_744_073_709_551_616n });
} catch (error) {
  console.log(error instanceof ActionwireError ? error.message : error);
}

client.close();
await ledger.close();
server.close();
