/**
 * Orders of one district: a path with a parameter, a query in the opening request, an API key, two connections.
 */
import { createServer } from "node:http";
import { wsTransport } from "@actionwire/runtime/ws";
import { OrdersRegionsOrdersClient, OrdersStatusClient } from "./generated/index.js";
import { type OrdersRegionsOrdersRoutes, serveOrdersRegionsOrders, serveOrdersStatus } from "./generated/server.js";
import type { Order } from "./generated/types.js";

const routes: OrdersRegionsOrdersRoutes<string> = {
  async placeOrder({ items }, context) {
    const order: Order = { id: crypto.randomUUID(), items, state: "open" };
    console.log(`server: ${context.user} orders in ${context.parameters["district"]}`);
    await context.client.sendOrderPlaced({ order, placedAt: new Date().toISOString() });
  },
  async cancelOrder({ order }, context) {
    await context.client.sendRejected({ reason: "it is packed already", order });
  },
};

const server = createServer();
const authorize = ({ token }: { token?: string | undefined }) => (token === "key-of-ada" ? "ada" : undefined);
const orders = serveOrdersRegionsOrders(server, routes, { authorize });
const status = serveOrdersStatus(server, {}, { authorize });
await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
const address = server.address();
const url = `ws://127.0.0.1:${typeof address === "object" && address ? address.port : 0}/live`; // the path of the document's server

const client = new OrdersRegionsOrdersClient({
  url,
  transport: wsTransport(),
  token: () => "key-of-ada",
  parameters: { district: "north/east" },
  query: { view: "full" },
});
const health = new OrdersStatusClient({ url, transport: wsTransport(), token: () => "key-of-ada" });

const placed = new Promise<Order>((resolve) => client.onOrderPlaced(({ order }) => resolve(order)));
const rejected = new Promise<string>((resolve) => client.onRejected(({ reason }) => resolve(reason)));
const well = new Promise<boolean>((resolve) => health.onStatus(({ healthy }) => resolve(healthy)));

client.sendPlaceOrder({ items: [{ sku: "AB-1234", count: 2, parts: [{ sku: "CD-5678", count: 1 }] }] });
const { id, state } = await placed;
console.log(`client: order is ${state}`);
client.sendCancelOrder({ order: id });
console.log(`client: rejected, ${await rejected}`);

health.connect();
const announce = setInterval(() => status.all.sendStatus({ healthy: true, message: null }), 20);
console.log(`client: the service is ${(await well) ? "well" : "ill"}`);
clearInterval(announce);

client.close();
health.close();
await Promise.all([orders.close(), status.close()]);
server.close();
