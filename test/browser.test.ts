import { existsSync } from "node:fs";
import { createServer } from "node:http";
import { build } from "esbuild";
import { type Browser, chromium } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { serveChat } from "../examples/chat/generated/server.js";
import { chatRoutes, type User } from "../examples/chat/routes.js";
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
  let script: string;

  beforeAll(async () => {
    const { outputFiles } = await build({
      entryPoints: [`${ROOT}examples/chat/generated/index.ts`],
      bundle: true,
      write: false,
      format: "iife",
      globalName: "chat",
      platform: "browser",
    });
    script = outputFiles[0]?.text ?? "";
    browser = await chromium.launch({
      executablePath,
      args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"],
    });
  }, 60_000);

  afterAll(() => browser?.close());

  async function open(authorized: string) {
    const server = createServer((request, response) => {
      response.setHeader("content-security-policy", POLICY);
      const isScript = request.url === "/chat.js";
      response.setHeader("content-type", isScript ? "text/javascript" : "text/html");
      response.end(isScript ? script : '<!doctype html><script src="/chat.js"></script>');
    });
    const mounted = serveChat<User>(server, chatRoutes(), {
      authorize: ({ token }) => (token === authorized ? { name: "ada" } : undefined),
    });
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
});
