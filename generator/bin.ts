#!/usr/bin/env node
import { main } from "./cli/main.js";

// A configuration is a program, which may end the process or wait for what never comes: that is no success.
let hasEnded = false;
process.once("exit", () => {
  if (hasEnded) return;
  process.stderr.write("The configuration ended the process, or waits for what never comes.\n");
  process.exitCode = 2;
});

// Who reads may have seen enough: `… | head -1`.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
  hasEnded = true;
  process.exit();
});

main(process.argv.slice(2)).then((exit) => {
  hasEnded = true;
  process.exitCode = exit;
});
