import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const source = (path: string): string => fileURLToPath(new URL(`./runtime/${path}`, import.meta.url));

/** Tests come in by the doors users come in by, and run on the sources behind them. */
const doors = ["server", "session", "validators", "ws", "node", "file-store", "testing"].map((door) => ({
  find: `@actionwire/runtime/${door}`,
  replacement: source(`${door}/index.ts`),
}));

const files = ["bigint", "conversions"].map((door) => ({
  find: `@actionwire/runtime/${door}`,
  replacement: source(`${door}.ts`),
}));

export default defineConfig({
  resolve: { alias: [...doors, ...files, { find: /^@actionwire\/runtime$/, replacement: source("index.ts") }] },
  test: { include: ["test/**/*.test.ts"], maxWorkers: 2, testTimeout: 60_000 },
});
