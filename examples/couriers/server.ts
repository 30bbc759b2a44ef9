/** `PORT=8080 BOOK=parcels.txt node server.js` */
import { createServer } from "node:http";
import { Book } from "./book.js";
import { type CouriersRoutes, serveCouriers } from "./generated/server.js";

const book = new Book(process.env["BOOK"] ?? "parcels.txt");

const routes: CouriersRoutes = {
  async handOver({ parcel }, { client, delivery }) {
    if (!delivery) return; // a client without a session: nothing tells its messages apart when they come again
    book.write(parcel, delivery);
    await client.sendTotal(book.parcels.length);
  },
  whereAmI() {},
};

const server = createServer();
serveCouriers(server, routes, { authorize: "anyone", sessions: { store: book.sessions } });
server.listen(Number(process.env["PORT"] ?? 8080), "127.0.0.1", () => process.send?.("ready"));
