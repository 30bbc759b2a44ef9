/**
 * The death of a page.
 */
import type { Page } from "playwright-core";
import { expect } from "vitest";

/** What a page knows of its origin's Web Locks. */
interface Locking {
  readonly navigator: { readonly locks: { query(): Promise<{ readonly held?: readonly unknown[] }> } };
}

/** Ends a page's renderer; resolves when the browser has let go of the locks it held, which takes it a moment. */
export async function crash(page: Page, origin: string): Promise<void> {
  const bystander = await page.context().newPage();
  await bystander.goto(origin);
  const held = (): Promise<number> =>
    bystander.evaluate(async () => {
      const { navigator } = globalThis as unknown as Locking; // a page's own global
      return (await navigator.locks.query()).held?.length ?? 0;
    });
  const before = await held();
  await page.goto("chrome://crash").catch(() => {});
  await expect.poll(held, { timeout: 30_000 }).toBeLessThan(before);
  await bystander.close();
}
