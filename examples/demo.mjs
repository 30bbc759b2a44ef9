/** `npm run demo`: generates the chat's client and server from its document, builds them, and lets them talk. */
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));

function run(command, args) {
  console.log(`$ ${[command === process.execPath ? "node" : command, ...args].join(" ")}`);
  const { status } = spawnSync(command, args, { cwd: root, stdio: "inherit", shell: process.platform === "win32" });
  if (status !== 0) process.exit(status ?? 1);
}

run("npx", ["--no-install", "actionwire", "generate", "examples/chat/chat.yaml", "--out", "examples/chat/generated"]);
run("npx", ["--no-install", "tsc", "-b", "examples"]);
run(process.execPath, ["dist/examples/chat/demo.js"]);
