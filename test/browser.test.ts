import { existsSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { build } from "esbuild";
import { type Browser, chromium } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { serveChat } from "../examples/chat/generated/server.js";
import { chatRoutes, type User } from "../examples/chat/routes.js";
import { serveVoice } from "../examples/voice/generated/server.js";
import { ROOT } from "./support/examples.js";
import { listen } from "./support/listen.js";

const executablePath = process.env["CHROMIUM"] ?? "/usr/bin/chromium";
const present = existsSync(executablePath);
if (!present) {
  const sentence = `The browser's side was NOT tried: there is no Chromium at ${executablePath}.`;
  if (process.env["CI"]) throw new Error(sentence);
  process.stderr.write(`\n${sentence}\n`);
}

/** A page that may run its own script and nothing that is made from text, and may connect only to where it came from. */
const POLICY = "default-src 'none'; script-src 'self'; connect-src 'self'";

describe.skipIf(!present)("in a real browser, under a strict content policy", () => {
  let browser: Browser;
  const scripts = new Map<string, string>();

  /** The example's generated code as a page has it: a global of its name. */
  async function bundle(example: string): Promise<void> {
    const { outputFiles } = await build({
      entryPoints: [`${ROOT}examples/${example}/generated/index.ts`],
      bundle: true,
      write: false,
      format: "iife",
      globalName: example,
      platform: "browser",
    });
    scripts.set(`/${example}.js`, outputFiles[0]?.text ?? "");
  }

  beforeAll(async () => {
    await Promise.all([bundle("chat"), bundle("voice")]);
    browser = await chromium.launch({
      executablePath,
      args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"],
    });
  }, 60_000);

  afterAll(() => browser?.close());

  const open = (authorized: string) =>
    openPage((server) =>
      serveChat<User>(server, chatRoutes(), {
        authorize: ({ token }) => (token === authorized ? { name: "ada" } : undefined),
      }),
    );

  async function openPage(serve: (server: Server) => { close(): Promise<void> }) {
    const server = createServer((request, response) => {
      response.setHeader("content-security-policy", POLICY);
      const script = scripts.get(request.url ?? "");
      response.setHeader("content-type", script === undefined ? "text/html" : "text/javascript");
      const tags = [...scripts.keys()].map((path) => `<script src="${path}"></script>`);
      response.end(script ?? `<!doctype html>${tags.join("")}`);
    });
    const mounted = serve(server);
    const port = await listen(server);
    const page = await browser.newPage();
    const errors: string[] = [];
    page.on("pageerror", (error) => errors.push(String(error)));
    await page.goto(`http://127.0.0.1:${port}/`);
    const end = async () => {
      await page.close();
      await mounted.close();
      server.close();
    };
    return { page, port, errors, end };
  }

  test("the client signs in without headers, asks, is answered and told, and validates without eval", async () => {
    const { page, port, errors, end } = await open("käse 🧀");
    const result = await page.evaluate(async (url) => {
      const { ChatClient } = (globalThis as unknown as { chat: typeof import("../examples/chat/generated/index.js") })
        .chat;
      const client = new ChatClient({ url, token: () => "käse 🧀" });
      const said = new Promise<string>((resolve) => client.onSaid(({ utterance }) => resolve(utterance.text)));
      client.sendJoinRoom({ room: "lobby" });
      client.sendSay({ room: "lobby", text: "\ud800 alone and 👋" });
      const heard = await said;
      const { utterances } = await client.requestGetHistory({ room: "lobby" });
      let refused = "";
      try {
        client.sendSay({ room: "NO SUCH ROOM", text: "x" });
      } catch (error) {
        refused = String(error);
      }
      const { state } = client;
      client.close();
      return { heard, count: utterances.length, refused, state };
    }, `ws://127.0.0.1:${port}`);
    expect(result).toMatchObject({ heard: "\ud800 alone and 👋", count: 1, state: { at: "open", heartbeat: "off" } });
    expect(result.refused).toContain("[INVALID_PAYLOAD] say: /room");
    expect(errors).toEqual([]);
    await end();
  });

  test("a refusal is visible: three of them stop the client, new credentials start it again", {
    timeout: 30_000,
  }, async () => {
    const { page, port, errors, end } = await open("new");
    const result = await page.evaluate(async (url) => {
      const { ChatClient } = (globalThis as unknown as { chat: typeof import("../examples/chat/generated/index.js") })
        .chat;
      let token = "old";
      let attempts = 0;
      const client = new ChatClient({
        url,
        token: () => {
          attempts++;
          return token;
        },
        backoff: { base: 10, cap: 50 },
      });
      const at = (wanted: string) =>
        new Promise<unknown>((resolve) => client.watch((state) => (state.at === wanted ? resolve(state) : undefined)));
      const stopped = at("stopped");
      client.sendJoinRoom({ room: "lobby" });
      const reason = await stopped;
      const attemptsUntilStopped = attempts;
      await new Promise((resolve) => setTimeout(resolve, 300));
      const attemptsAfter = attempts;
      token = "new";
      const present = new Promise<string>((resolve) => client.onPresence(({ user }) => resolve(user)));
      client.connect();
      const user = await present;
      client.close();
      return { reason, attemptsUntilStopped, attemptsAfter, user };
    }, `ws://127.0.0.1:${port}`);
    expect(result).toMatchObject({ attemptsUntilStopped: 3, attemptsAfter: 3, user: "ada" });
    expect(result.reason).toMatchObject({ at: "stopped", reason: { kind: "unauthorized" } });
    expect(errors).toEqual([]);
    await end();
  });

  test("bytes, JSON and bare text arrive both ways on one socket, bytes as plain as they were sent", async () => {
    const heard: unknown[] = [];
    const { page, port, errors, end } = await openPage((server) =>
      serveVoice(
        server,
        {
          start: ({ sampleRate }) => void heard.push(sampleRate),
          async sound(piece, { client }) {
            heard.push(piece);
            await client.sendSound(piece);
          },
          async done(word, { client }) {
            heard.push(word);
            await client.sendTranscript({ seconds: 1, text: "bytes" });
            await client.sendDone();
          },
        },
        { authorize: "anyone" },
      ),
    );
    const said = await page.evaluate(async (url) => {
      const { VoiceClient } = (
        globalThis as unknown as { voice: typeof import("../examples/voice/generated/index.js") }
      ).voice;
      const client = new VoiceClient({ url });
      const said: string[] = [];
      client.onSound((piece) => void said.push(`${piece.constructor.name} ${piece.join(" ")}`));
      client.onTranscript(({ text }) => void said.push(text));
      const done = new Promise<string>((resolve) => client.onDone(resolve));
      client.sendStart({ sampleRate: 16000 });
      const memory = Uint8Array.of(0, 1, 254, 255);
      client.sendSound(memory);
      client.sendSound(memory.subarray(1, 3));
      memory.fill(9);
      client.sendDone();
      said.push(await done);
      client.close();
      return said;
    }, `ws://127.0.0.1:${port}`);
    expect(said).toEqual(["Uint8Array 0 1 254 255", "Uint8Array 1 254", "bytes", "DONE"]);
    expect(heard).toEqual([16000, Uint8Array.of(0, 1, 254, 255), Uint8Array.of(1, 254), "DONE"]);
    expect(errors).toEqual([]);
    await end();
  });
});
