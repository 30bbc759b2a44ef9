/**
 * A login in the opening request, and requests whose replies carry their id in the payload: several at once, each gets
 * its own, and the other messages go to their handlers in between.
 */
import { createServer } from "node:http";
import { wsTransport } from "@actionwire/runtime/ws";
import { ExchangeClient } from "./generated/client.js";
import { type ExchangeRoutes, serveExchange } from "./generated/server.js";

const routes: ExchangeRoutes<string> = {
  async subscribe({ pair }, { client }) {
    await client.sendTrade({ pair, price: 1.08 });
    return { pair, status: "subscribed" };
  },
  placeOrder({ ref, amount }, { user }) {
    const order = { clientRef: ref };
    return amount > 100
      ? { event: "orderRejected", order, reason: "too large" }
      : { event: "orderPlaced", order: { ...order, id: `${user}-${amount}` } };
  },
};

const server = createServer();
const exchange = serveExchange(server, routes, {
  authorize({ credentials: { trader } }) {
    return typeof trader === "object" && trader.password === "pass:wörd" ? trader.username : undefined;
  },
});
await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
const address = server.address();
const port = typeof address === "object" && address ? address.port : 0;

const client = new ExchangeClient({
  url: `ws://127.0.0.1:${port}`,
  transport: wsTransport(),
  credentials: () => ({ trader: { username: "ada", password: "pass:wörd" } }),
});
client.onTrade(({ pair, price }) => console.log(`trade: ${pair} at ${price}`));
// Nobody asked with this id, so its answer is a message like any other.
client.onSubscriptionStatus(({ reqid, status }) => console.log(`handler: ${status}, request ${reqid}`));
client.sendSubscribe({ reqid: 41, pair: "EUR/USD" });

const [euro, small, large] = await Promise.all([
  client.requestSubscribe({ pair: "EUR/USD" }),
  client.requestPlaceOrder({ pair: "EUR/USD", side: "buy", amount: 7 }),
  client.requestPlaceOrder({ pair: "EUR/USD", side: "sell", amount: 700 }),
]);
console.log(`reply: ${euro.status}, request ${euro.reqid}`);
for (const answer of [small, large]) {
  console.log(answer.event === "orderPlaced" ? `reply: placed as ${answer.order.id}` : `reply: ${answer.reason}`);
}

client.close();
await exchange.close();
server.close();
