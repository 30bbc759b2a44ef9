import { existsSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { connect, createServer as createProxy, type Server as NetServer, type Socket } from "node:net";
import { build } from "esbuild";
import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { serveChat } from "../examples/chat/generated/server.js";
import { chatRoutes, type User } from "../examples/chat/routes.js";
import { crash } from "./support/crash.js";
import { ROOT } from "./support/examples.js";
import { listen } from "./support/listen.js";

const executablePath = process.env["CHROMIUM"] ?? "/usr/bin/chromium";
const present = existsSync(executablePath);
if (!present) {
  const sentence = `Sessions in a browser were NOT tried: there is no Chromium at ${executablePath}.`;
  if (process.env["CI"]) throw new Error(sentence);
  process.stderr.write(`\n${sentence}\n`);
}

/** A page that runs its own script and nothing made from text; its sockets go to this machine only. */
const POLICY = "default-src 'none'; script-src 'self'; connect-src ws://127.0.0.1:*";

/** What the bundle gives the page. */
type Chat = typeof import("../examples/chat/generated/index.js") & typeof import("../runtime/session/index.js");

/** What a test keeps in the page. */
interface Window {
  readonly page: Chat;
  client: InstanceType<Chat["ChatClient"]>;
  heard: string[];
  durable: string[];
  acknowledged: string[];
  kinds: string[];
}

/** A way to the chat server that can be taken away: gone, or there and silent. */
class Way {
  readonly #proxy: NetServer;
  readonly #pairs = new Set<Socket>();
  #target = 0;
  #up = false;
  port = 0;

  constructor() {
    this.#proxy = createProxy((near) => {
      if (!this.#up) return void near.destroy();
      const far = connect(this.#target, "127.0.0.1");
      for (const [from, to] of [
        [near, far],
        [far, near],
      ] as const) {
        this.#pairs.add(from);
        from.on("error", () => {});
        from.on("close", () => {
          this.#pairs.delete(from);
          to.destroy();
        });
        from.pipe(to);
      }
    });
  }

  async open(target: number): Promise<void> {
    this.#target = target;
    this.port = await new Promise((ready) =>
      this.#proxy.listen(0, "127.0.0.1", () => {
        const address = this.#proxy.address();
        ready(typeof address === "object" && address ? address.port : 0);
      }),
    );
  }

  up(): void {
    this.#up = true;
  }

  down(): void {
    this.#up = false;
    for (const socket of this.#pairs) socket.destroy();
  }

  /** Half open: what is there stays, and carries nothing any more. */
  freeze(): void {
    for (const socket of this.#pairs) {
      socket.unpipe();
      socket.pause();
    }
  }

  close(): void {
    this.down();
    this.#proxy.close();
  }
}

describe.skipIf(!present)("a session in a real browser, kept in IndexedDB, under a strict content policy", () => {
  let browser: Browser;
  let script = "";
  let server: Server;
  let context: BrowserContext;
  let way: Way;
  let origin = "";
  let said: string[];
  let mounted: { close(): Promise<void> };
  const errors: string[] = [];

  beforeAll(async () => {
    const { outputFiles } = await build({
      stdin: {
        contents: `
          export * from "./examples/chat/generated/index.ts";
          export { session, indexedDbStore } from "./runtime/session/index.ts";`,
        resolveDir: ROOT,
        loader: "ts",
      },
      bundle: true,
      write: false,
      format: "iife",
      globalName: "page",
      platform: "browser",
    });
    script = outputFiles[0]?.text ?? "";
    const args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"];
    browser = await chromium.launch({ executablePath, args });
  }, 60_000);

  afterAll(() => browser?.close());

  beforeEach(async () => {
    said = [];
    errors.length = 0;
    server = createServer((request, response) => {
      const asked = request.url === "/page.js";
      response.setHeader("content-security-policy", POLICY);
      response.setHeader("content-type", asked ? "text/javascript" : "text/html");
      response.end(asked ? script : `<!doctype html><script src="/page.js"></script>`);
    });
    const routes = chatRoutes();
    mounted = serveChat<User>(
      server,
      {
        ...routes,
        say: async (payload, context) => {
          said.push(payload.text);
          await routes.say(payload, context);
        },
      },
      { authorize: ({ token }) => (token === "käse" ? { name: "ada" } : undefined), origins: "any" },
    );
    const port = await listen(server);
    origin = `http://127.0.0.1:${port}`; // a secure context, so that there are Web Locks
    way = new Way();
    await way.open(port);
    context = await browser.newContext();
  });

  afterEach(async () => {
    await context?.close();
    way.close();
    await mounted.close();
    server.close();
  });

  /** A page with a client that is not asked to connect yet. */
  async function tab(): Promise<Page> {
    const page = await context.newPage();
    page.on("pageerror", (error) => errors.push(String(error)));
    await page.goto(origin);
    await start(page);
    return page;
  }

  const start = (page: Page): Promise<void> =>
    page.evaluate((url) => {
      const here = globalThis as unknown as Window;
      Object.assign(here, { heard: [], durable: [], acknowledged: [], kinds: [] });
      const { ChatClient, session, indexedDbStore } = here.page;
      here.client = new ChatClient({
        url,
        token: () => "käse",
        backoff: { base: 20, cap: 100 },
        delivery: session({
          store: indexedDbStore("chat"),
          onDurable: (ids) => void here.durable.push(...ids),
          onAcknowledged: (id) => void here.acknowledged.push(id),
        }),
      });
      here.client.onSaid(({ utterance }) => void here.heard.push(utterance.text));
      here.client.watch((state) => {
        if ("reason" in state) here.kinds.push(state.reason.kind);
      });
    }, `ws://127.0.0.1:${way.port}`);

  const say = (page: Page, texts: readonly string[]): Promise<void> =>
    page.evaluate((texts) => {
      const { client } = globalThis as unknown as Window;
      for (const text of texts) client.sendSay({ room: "lobby", text });
    }, texts);

  /** Waits until so many messages are in the store. */
  const kept = (page: Page, count: number): Promise<unknown> =>
    page.waitForFunction((count) => (globalThis as unknown as Window).durable.length >= count, count);

  const drained = (page: Page): Promise<void> =>
    page.evaluate(() => (globalThis as unknown as Window).client.drained());

  /** Until the client is open, and nothing waits. */
  const settled = (page: Page): Promise<unknown> =>
    page.waitForFunction(() => {
      const { client } = globalThis as unknown as Window;
      return client.state.at === "open" && client.pending().length === 0;
    });

  const texts = (name: string, count: number): string[] =>
    Array.from({ length: count }, (_, n) => `${name}${n + 1} 👋`);

  test("what is said arrives, is confirmed, and the connection says how it is watched", async () => {
    way.up();
    const page = await tab();
    await page.evaluate(() => (globalThis as unknown as Window).client.sendJoinRoom({ room: "lobby" }));
    await say(page, texts("a", 3));
    await drained(page);
    await page.waitForFunction(() => (globalThis as unknown as Window).heard.length === 3);
    const seen = await page.evaluate(async () => {
      const { client, heard, acknowledged } = globalThis as unknown as Window;
      const { utterances } = await client.requestGetHistory({ room: "lobby" });
      return { state: client.state, heard, acknowledged: acknowledged.length, history: utterances.length };
    });
    expect(seen).toMatchObject({ state: { at: "open", heartbeat: "session" }, heard: texts("a", 3), history: 3 });
    expect(seen.acknowledged).toBeGreaterThanOrEqual(4);
    expect([said, errors]).toEqual([texts("a", 3), []]);
  });

  test("what was said while the server was down survives a reload, and arrives once, in order, before what is said then", async () => {
    const page = await tab();
    await say(page, texts("a", 5));
    await kept(page, 5);
    await page.reload();
    await start(page);
    await say(page, texts("b", 2));
    await kept(page, 2);
    expect(said).toEqual([]);
    way.up();
    await settled(page);
    expect([said, errors]).toEqual([[...texts("a", 5), ...texts("b", 2)], []]);
    await page.evaluate(() => (globalThis as unknown as Window).client.close());
    // And is gone from the store: a page after this has nothing to say.
    await page.reload();
    await start(page);
    await page.evaluate(() => (globalThis as unknown as Window).client.connect());
    await settled(page);
    expect(said).toHaveLength(7);
  });

  test("what was said while the server was down survives a crash of the page", async () => {
    const page = await tab();
    await say(page, texts("a", 5));
    await kept(page, 5);
    await crash(page, origin);
    way.up();
    const next = await tab();
    await next.evaluate(() => (globalThis as unknown as Window).client.connect());
    await next.waitForFunction(() => (globalThis as unknown as Window).acknowledged.length === 5);
    expect([said, errors]).toEqual([texts("a", 5), []]);
  });

  test("what was on its way when the page crashed is said again by the next, and handled once", async () => {
    way.up();
    const page = await tab();
    await page.evaluate(() => (globalThis as unknown as Window).client.connect());
    await settled(page);
    const half = texts("a", 40);
    await say(page, half.slice(0, 20));
    await drained(page);
    way.freeze();
    await say(page, half.slice(20));
    await kept(page, 40);
    await crash(page, origin);
    way.down();
    way.up();
    const next = await tab();
    await next.evaluate(() => (globalThis as unknown as Window).client.connect());
    await settled(next);
    await expect.poll(() => said.length).toBe(40);
    expect([said, errors]).toEqual([half, []]);
  });

  test("two tabs say each its own, at once; where one dies, the next page says what it left, and the other does not", async () => {
    const [one, two] = [await tab(), await tab()];
    await say(one, texts("one", 3));
    await say(two, texts("two", 3));
    await kept(one, 3);
    await kept(two, 3);
    await one.close();
    way.up();
    await settled(two);
    expect(said).toEqual(texts("two", 3));
    const heir = await tab();
    await heir.evaluate(() => (globalThis as unknown as Window).client.connect());
    await heir.waitForFunction(() => (globalThis as unknown as Window).acknowledged.length === 3);
    expect([said, errors]).toEqual([[...texts("two", 3), ...texts("one", 3)], []]);
  });

  test("a connection that is half open is found out while something waits for an answer, and what it swallowed arrives", async () => {
    way.up();
    const page = await tab();
    await page.evaluate(() => (globalThis as unknown as Window).client.connect());
    await settled(page);
    way.freeze();
    await say(page, ["swallowed"]);
    await page.waitForFunction(() => (globalThis as unknown as Window).kinds.length > 0, undefined, {
      timeout: 30_000,
    });
    await settled(page);
    const kinds = await page.evaluate(() => (globalThis as unknown as Window).kinds);
    expect([kinds[0], said, errors]).toEqual(["silent", ["swallowed"], []]);
  });
});
