/**
 * A voice on the wire: bytes, JSON and a bare text on one socket, both ways. What is spoken comes back as a transcript,
 * and backwards.
 */
import { createServer } from "node:http";
import { wsTransport } from "@actionwire/runtime/ws";
import { VoiceClient } from "./generated/client.js";
import { serveVoice, type VoiceRoutes } from "./generated/server.js";

/** What one connection has said since it started. */
interface Speech {
  readonly sampleRate: number;
  readonly pieces: Uint8Array[];
}

const speeches = new Map<string, Speech>();

const routes: VoiceRoutes = {
  start({ sampleRate }, { connectionId }) {
    speeches.set(connectionId, { sampleRate, pieces: [] });
  },
  async sound(piece, { client, connectionId }) {
    const speech = speeches.get(connectionId);
    if (speech) speech.pieces.push(piece);
    else await client.sendRefused({ reason: "start first" });
  },
  async done(_payload, { client, connectionId }) {
    const { sampleRate, pieces } = speeches.get(connectionId) ?? { sampleRate: 8000, pieces: [] };
    const samples = pieces.reduce((sum, piece) => sum + piece.byteLength / 2, 0);
    await client.sendTranscript({ seconds: samples / sampleRate, text: `${pieces.length} pieces of sound` });
    for (const piece of pieces.toReversed()) await client.sendSound(piece.toReversed());
    await client.sendDone();
  },
};

const server = createServer();
const voice = serveVoice(server, routes, {
  authorize: "anyone",
  onClose: (context) => void speeches.delete(context.connectionId),
});
await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
const address = server.address();
const port = typeof address === "object" && address ? address.port : 0;

const client = new VoiceClient({ url: `ws://127.0.0.1:${port}`, transport: wsTransport() });
client.onRefused(({ reason }) => console.log(`refused: ${reason}`));
client.onTranscript(({ seconds, text }) => console.log(`understood: ${text}, ${seconds} seconds`));
client.onSound((piece) => console.log(`heard: ${piece.join(" ")}`));
const done = new Promise<string>((resolve) => client.onDone(resolve));

const microphone = Uint8Array.of(1, 2, 3, 4);
client.sendSound(microphone);
client.sendStart({ sampleRate: 8000 });
client.sendSound(microphone);
microphone.fill(9); // the memory is the caller's again as soon as send has returned
client.sendSound(microphone);
client.sendDone();
console.log(`said: ${await done}`);

client.close();
await voice.close();
server.close();
