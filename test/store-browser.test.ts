import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import type { StoredMessage } from "../runtime/session/store.js";
import { crash } from "./support/crash.js";
import { ROOT } from "./support/examples.js";
import { listen } from "./support/listen.js";

const executablePath = process.env["CHROMIUM"] ?? "/usr/bin/chromium";
const present = existsSync(executablePath);
if (!present) {
  const sentence = `The store in IndexedDB was NOT tried: there is no Chromium at ${executablePath}.`;
  if (process.env["CI"]) throw new Error(sentence);
  process.stderr.write(`\n${sentence}\n`);
}

const args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"];

/** What the page has: the store's module, and the stores that a test opened there. */
interface Window {
  readonly outbox: typeof import("../runtime/session/indexeddb-store.js");
  store: import("../runtime/session/store.js").OutboxStore;
}

const message = (id: string, rest: Partial<StoredMessage> = {}): StoredMessage => ({
  id,
  action: "say",
  frame: `frame of ${id}`,
  asks: false,
  ...rest,
});

describe.skipIf(!present)("a store in a real browser's IndexedDB", () => {
  let browser: Browser;
  let server: Server;
  let origin: string;
  let context: BrowserContext;

  beforeAll(async () => {
    const { outputFiles } = await build({
      entryPoints: [`${ROOT}runtime/session/indexeddb-store.ts`],
      bundle: true,
      write: false,
      format: "iife",
      globalName: "outbox",
      platform: "browser",
    });
    const script = outputFiles[0]?.text ?? "";
    server = createServer((request, response) => {
      const asked = request.url === "/outbox.js";
      response.setHeader("content-type", asked ? "text/javascript" : "text/html");
      response.end(asked ? script : `<!doctype html><script src="/outbox.js"></script>`);
    });
    origin = `http://127.0.0.1:${await listen(server)}`; // a secure context, so that there are Web Locks
    browser = await chromium.launch({ executablePath, args });
  }, 60_000);

  afterAll(async () => {
    await browser?.close();
    server?.close();
  });

  // A profile per test, so a database of its own too.
  beforeEach(async () => {
    context = await browser.newContext();
  });
  afterEach(() => context?.close());

  async function tab(): Promise<Page> {
    const page = await context.newPage();
    await page.goto(origin);
    return page;
  }

  /** Opens the store in a page; the ids of what is handed out. */
  const open = (page: Page): Promise<string[]> =>
    page.evaluate(async () => {
      const window = globalThis as unknown as Window;
      window.store = window.outbox.indexedDbStore("test");
      return (await window.store.open()).map(({ id }) => id);
    });

  /** Messages without bytes: they come to the page as JSON. */
  const write = (page: Page, put: readonly StoredMessage[], dropped: readonly string[] = []): Promise<void> =>
    page.evaluate(([put, dropped]) => (globalThis as unknown as Window).store.write(put, dropped), [
      put,
      dropped,
    ] as const);

  const close = (page: Page): Promise<void> => page.evaluate(() => (globalThis as unknown as Window).store.close());

  test("keeps messages in order, without what was dropped, for a later page after a close", async () => {
    const first = await tab();
    expect(await open(first)).toEqual([]);
    await write(first, [message("a.1"), message("a.2"), message("a.10")]);
    await write(first, [message("a.3"), message("a.4")], ["a.2", "a.4", "never.1"]);
    await close(first);
    const second = await tab();
    expect(await open(second)).toEqual(["a.1", "a.10", "a.3"]);
    await write(second, [message("b.1")], ["a.1", "a.10"]);
    await close(second);
    expect(await open(await tab())).toEqual(["a.3", "b.1"]);
  });

  test("keeps them where the page is closed without having closed its store", async () => {
    const first = await tab();
    await open(first);
    await write(first, [message("a.1"), message("a.2")], []);
    await first.close();
    const second = await tab();
    expect(await open(second)).toEqual(["a.1", "a.2"]);
    await write(second, [message("b.1")], ["a.1"]);
    await second.close();
    expect(await open(await tab())).toEqual(["a.2", "b.1"]);
  });

  test("keeps them where the page's process dies", async () => {
    const page = await tab();
    await open(page);
    await write(page, [message("a.1"), message("a.2")], []);
    await write(page, [], ["a.1"]);
    await crash(page, origin);
    expect(await open(await tab())).toEqual(["a.2"]);
  });

  test("keeps them where the whole browser dies in the middle of writing: all that was said to be kept, in order", async () => {
    const profile = mkdtempSync(join(tmpdir(), "actionwire-profile-"));
    const start = () => chromium.launchPersistentContext(profile, { executablePath, args });
    const first = await start();
    const page = await first.newPage();
    await page.goto(origin);
    await open(page);
    let kept = 0;
    await page.exposeFunction("kept", (n: number) => {
      kept = n;
    });
    const writing = page.evaluate(async () => {
      const { store, kept } = globalThis as unknown as Window & { kept(n: number): Promise<void> };
      for (let n = 1; ; n++) {
        await store.write([{ id: `a.${n}`, action: "say", frame: "", asks: false }], []);
        await kept(n);
      }
    });
    const died = expect(writing).rejects.toThrow();
    await vi.waitFor(() => expect(kept).toBeGreaterThan(20), 20_000);
    const control = await first.browser()?.newBrowserCDPSession();
    control?.send("Browser.crash").catch(() => {});
    await died;
    await first.close().catch(() => {});
    const second = await start();
    const later = await second.newPage();
    await later.goto(origin);
    const found = await open(later);
    await second.close();
    expect(found.length).toBeGreaterThanOrEqual(kept);
    expect(found).toEqual(Array.from(found, (_, index) => `a.${index + 1}`));
    rmSync(profile, { recursive: true, force: true });
  });

  test("a page that is loaded again finds its messages at once, every time", async () => {
    const page = await tab();
    const expected: string[] = [];
    for (let n = 1; n <= 15; n++) {
      expect(await open(page)).toEqual(expected);
      await write(page, [message(`s${n}.1`)]);
      expected.push(`s${n}.1`);
      await page.reload();
    }
  });

  test("exactly what was put comes back: text of any units, bytes and no more of them, every member", async () => {
    const page = await tab();
    await open(page);
    const result = await page.evaluate(async () => {
      const window = globalThis as unknown as Window;
      const text = "\ud800 \n\u2028\0 \udc00\ud800 👋";
      const memory = new Uint8Array(1_000_000).map((_, index) => index);
      const put = [
        { id: "\ud800.1", action: text, frame: text, asks: true, expires: 17, priority: -2, more: () => {} },
        { id: "\ud800.2", action: "say", frame: memory.subarray(5, 8), asks: false },
      ];
      await window.store.write(put, []);
      memory.fill(9);
      await window.store.close();
      const [first, second] = await window.store.open();
      const bytes = second?.frame as Uint8Array;
      return {
        same: first?.frame === text && first.action === text && first.id === "\ud800.1",
        members: Object.keys(first ?? {}).sort(),
        bytes: [...bytes],
        memory: bytes.buffer.byteLength,
        kind: bytes.constructor === Uint8Array,
      };
    });
    expect(result).toEqual({
      same: true,
      members: ["action", "asks", "expires", "frame", "id", "priority"],
      bytes: [5, 6, 7],
      memory: 3,
      kind: true,
    });
  });

  test("tabs that live at once do not take each other's messages; once one has died, one other tab does", async () => {
    const [first, second] = [await tab(), await tab()];
    await open(first);
    await write(first, [message("a.1")]);
    expect(await open(second)).toEqual([]);
    await write(second, [message("b.1")]);
    const third = await tab();
    expect(await open(third)).toEqual([]);
    await first.close();
    const fourth = await tab();
    expect(await open(fourth)).toEqual(["a.1"]);
    // Adopted is adopted, until its new page is gone as well.
    expect(await open(await tab())).toEqual([]);
    await second.close();
    await fourth.close();
    expect(await open(await tab())).toEqual(["a.1", "b.1"]);
  });

  test("many tabs that open at once share out what the dead left: each message has one taker", async () => {
    const left = await Promise.all(Array.from({ length: 6 }, tab));
    for (const [index, page] of left.entries()) {
      await open(page);
      await write(page, [message(`s${index}.1`), message(`s${index}.2`)]);
    }
    const heirs = await Promise.all(Array.from({ length: 4 }, tab));
    await Promise.all(left.map((page) => page.close()));
    // A busy browser lets go of what a page held some time after the page is gone.
    await expect
      .poll(() => heirs[0]?.evaluate("navigator.locks.query().then(({ held }) => held.length)"), { timeout: 10_000 })
      .toBe(0);
    const taken = await Promise.all(heirs.map(open));
    expect(taken.flat().sort()).toEqual([0, 1, 2, 3, 4, 5].flatMap((n) => [`s${n}.1`, `s${n}.2`]));
  });

  test("no other tab ever sees a message before it is known to be this tab's", async () => {
    const [writer, reader] = [await tab(), await tab()];
    const seen = await Promise.all([
      writer.evaluate(async () => {
        const { outbox } = globalThis as unknown as Window;
        for (let n = 0; n < 60; n++) {
          const store = outbox.indexedDbStore("race");
          await store.open();
          await store.write([{ id: `s${n}.1`, action: "say", frame: "", asks: false }], []);
          await store.write([], [`s${n}.1`]);
          await store.close();
        }
        return [];
      }),
      reader.evaluate(async () => {
        const { outbox } = globalThis as unknown as Window;
        const seen: string[] = [];
        for (let n = 0; n < 200; n++) {
          const store = outbox.indexedDbStore("race");
          for (const { id } of await store.open()) seen.push(id);
          await store.close();
        }
        return seen;
      }),
    ]);
    expect(seen.flat()).toEqual([]);
  });

  test("a write asks for the disk, and is one transaction", async () => {
    const page = await tab();
    await open(page);
    const asked = await page.evaluate(async () => {
      const asked: unknown[] = [];
      // The page has the DOM's types, this file has not.
      const { IDBDatabase } = globalThis as unknown as { IDBDatabase: { prototype: Record<string, unknown> } };
      const original = IDBDatabase.prototype["transaction"] as (...args: unknown[]) => { durability: string };
      IDBDatabase.prototype["transaction"] = function (this: unknown, ...args: unknown[]) {
        const transaction = original.apply(this, args);
        asked.push([args[1], transaction.durability]);
        return transaction;
      };
      const { store } = globalThis as unknown as Window;
      const put = ["a.1", "a.2"].map((id) => ({ id, action: "say", frame: "", asks: false }));
      await store.write(put, ["a.1", "a.2"]);
      return asked;
    });
    expect(asked).toEqual([["readwrite", "strict"]]);
  });

  test("what cannot be kept is refused whole, for want of room or whatever else", async () => {
    const page = await tab();
    const session = await context.newCDPSession(page);
    // Before the first write: Chromium remembers for a while how much room there was.
    await session.send("Storage.overrideQuotaForOrigin", { origin, quotaSize: 1_000_000 });
    await open(page);
    await write(page, [message("a.1")]);
    const refusals = await page.evaluate(async () => {
      const { store } = globalThis as unknown as Window;
      const small = { id: "a.2", action: "say", frame: "", asks: false };
      const tried = [
        [small, { ...small, id: "a.3", frame: "x".repeat(3_000_000) }],
        [small, { ...small, id: "a.4", action: (() => {}) as unknown as string }],
      ];
      const refusals: string[] = [];
      for (const put of tried) {
        refusals.push(
          await store.write(put, ["a.1"]).then(String, (error: Error) => `${error.name}: ${error.message}`),
        );
      }
      return refusals;
    });
    expect(refusals[0]).toMatch(/^QuotaExceededError/);
    expect(refusals[1]).toMatch(/^DataCloneError/);
    await write(page, [message("a.5")]);
    await close(page);
    expect(await open(page)).toEqual(["a.1", "a.5"]);
  });

  test("does not stand in the way of who wipes or upgrades the database, and says so afterwards", async () => {
    const page = await tab();
    await open(page);
    const result = await page.evaluate(async () => {
      type Deleting = { onsuccess: () => void; onblocked: () => void };
      const { indexedDB, store } = globalThis as unknown as Window & {
        indexedDB: { deleteDatabase(name: string): Deleting };
      };
      const deleted = await new Promise<string>((resolve) => {
        const deleting = indexedDB.deleteDatabase("actionwire/test");
        deleting.onsuccess = () => resolve("deleted");
        deleting.onblocked = () => resolve("blocked");
      });
      const written = await store
        .write([{ id: "a.1", action: "say", frame: "", asks: false }], [])
        .then(String, (error: Error) => error.name);
      await store.close();
      return { deleted, written, again: await store.open() };
    });
    expect(result).toEqual({ deleted: "deleted", written: "InvalidStateError", again: [] });
  });

  test("says what is missing where there is no IndexedDB, where it throws, and where it does not open", async () => {
    const page = await tab();
    const refusals = await page.evaluate(async () => {
      const { outbox } = globalThis as unknown as Window;
      const refusals: string[] = [];
      const failing = {
        error: new Error("private"),
        set onerror(f: () => void) {
          setTimeout(f, 0);
        },
      };
      for (const get of [
        () => undefined,
        () => {
          throw new Error("denied");
        },
        () => ({ open: () => failing }),
      ]) {
        Object.defineProperty(globalThis, "indexedDB", { get, configurable: true });
        await outbox
          .indexedDbStore("test")
          .open()
          .catch((error: Error) => refusals.push(`${error.message}; ${error.cause}`));
      }
      return refusals;
    });
    expect(refusals[0]).toContain("[BAD_OPTION] indexedDbStore: there is no IndexedDB here");
    expect(refusals[1]).toMatch(/^\[BAD_OPTION\] .* may not use IndexedDB; Error: denied$/);
    expect(refusals[2]).toMatch(/^\[BAD_OPTION\] .* cannot be opened.*; Error: private$/);
  });

  test("without Web Locks, a new tab takes over what the others have waiting", async () => {
    await context.addInitScript(() => {
      const { navigator } = globalThis as unknown as { navigator: object };
      Object.defineProperty(navigator, "locks", { value: undefined });
    });
    const [first, second] = [await tab(), await tab()];
    await open(first);
    await write(first, [message("a.1")]);
    expect(await open(second)).toEqual(["a.1"]);
  });
});
