/**
 * MessagePack instead of JSON: the document names a content type, the application brings the library that speaks it, and
 * everything else is as ever.
 */
import { createServer } from "node:http";
import { ActionwireError, type FrameCodec } from "@actionwire/runtime";
import { wsTransport } from "@actionwire/runtime/ws";
import { decode, encode } from "@msgpack/msgpack";
import { TelemetryClient } from "./generated/client.js";
import { serveTelemetry, type TelemetryRoutes } from "./generated/server.js";

const codec: FrameCodec = {
  encode: (value) => encode(value),
  decode(frame) {
    if (typeof frame === "string") throw new TypeError("MessagePack is binary");
    return decode(frame);
  },
};

let goodNight = (): void => {};
const night = new Promise<void>((resolve) => {
  goodNight = resolve;
});

const routes: TelemetryRoutes = {
  async reading({ sensor, values }, { client }) {
    console.log(`server: ${sensor} says ${values.join(", ")}`);
    if (Math.max(...values) > 90) await client.sendAdjust({ sensor, everySeconds: 1 });
  },
  asleep() {
    console.log("server: good night");
    goodNight();
  },
};

const server = createServer();
const telemetry = serveTelemetry(server, routes, { authorize: "anyone", codec });
await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
const address = server.address();
const port = typeof address === "object" && address ? address.port : 0;

const client = new TelemetryClient({ url: `ws://127.0.0.1:${port}`, transport: wsTransport(), codec });
const adjusted = new Promise<string>((resolve) => {
  client.onAdjust(({ sensor, everySeconds }) => resolve(`${sensor} every ${everySeconds} s`));
});

client.sendReading({ sensor: "boiler", values: [71.5, 93.25] });
console.log(`client: ${await adjusted}`);
try {
  client.sendReading({ sensor: "", values: [] });
} catch (error) {
  console.log(error instanceof ActionwireError ? error.message : error);
}
client.sendAsleep();
await night;

client.close();
await telemetry.close();
server.close();
