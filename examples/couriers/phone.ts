/**
 * A courier's phone: hands over the parcels that it is told to, and tells what is kept. Its outbox is a file, so that
 * outlives it. `PORT=8080 STORE=outbox node phone.js`, started by a process that talks to it.
 */
import { fileStore } from "@actionwire/runtime/file-store";
import { session } from "@actionwire/runtime/session";
import { wsTransport } from "@actionwire/runtime/ws";
import { CouriersClient } from "./generated/client.js";

const { PORT = "8080", STORE = "outbox" } = process.env;
const parcels = new Map<string, number>();

const couriers = new CouriersClient({
  url: `ws://127.0.0.1:${PORT}`,
  transport: wsTransport(),
  backoff: { base: 100 },
  delivery: session({
    store: fileStore(STORE),
    actions: { whereAmI: { ttl: 1_000 } }, // nobody wants to know later where somebody was
    onDurable: (ids) => {
      for (const id of ids) process.send?.(parcels.get(id));
    },
    onRejected: ({ message, error }) => console.log(`phone: ${message.action}: ${error.message}`),
    onResync: () => {}, // what it knows it was told in this run
  }),
});

process.on("message", async (parcel: number | "enough") => {
  if (parcel !== "enough") return void parcels.set(couriers.sendHandOver({ parcel }), parcel);
  await couriers.drained();
  couriers.close();
  process.disconnect?.();
});
couriers.connect(); // what an earlier run left behind leaves first
process.send?.("ready");
