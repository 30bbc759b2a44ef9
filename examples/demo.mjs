/** `npm run demo`: generates the chat's client and server from its document, builds them, and lets them talk. */
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));

function run(title, ...args) {
  console.log(`$ ${title}`);
  const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: "inherit" });
  if (status !== 0) process.exit(status ?? 1);
}

const [document, out] = ["examples/chat/chat.yaml", "examples/chat/generated"];
run(`actionwire generate ${document} --out ${out}`, "dist/generator/bin.js", "generate", document, "--out", out);
run("tsc --build examples", "node_modules/typescript/bin/tsc", "--build", "examples");
run("node dist/examples/chat/demo.js", "dist/examples/chat/demo.js");
