/**
 * A long way: forwards what it gets so many milliseconds later, in order, each way, as much as there is.
 * `delay.mjs <ms>`.
 */
import { connect, createServer } from "node:net";
import { obey } from "./orders.mjs";

const ms = Number(process.argv[2]);

/** Node's timers of one duration fire in the order in which they were set. */
function forward(from, to) {
  from.setNoDelay(true);
  from.on("data", (data) => setTimeout(() => to.write(data), ms));
  from.on("end", () => setTimeout(() => to.end(), ms));
  from.on("error", () => to.destroy());
}

obey({
  listen: (port) =>
    new Promise((ready) => {
      const proxy = createServer((near) => {
        const far = connect(port, "127.0.0.1");
        forward(near, far);
        forward(far, near);
      });
      proxy.listen(0, "127.0.0.1", () => ready({ port: proxy.address().port }));
    }),
});
