#!/usr/bin/env node
import { main } from "./cli/main.js";

// Who reads may have seen enough: `… | head -1`.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
  process.exit();
});

process.exitCode = await main(process.argv.slice(2));
