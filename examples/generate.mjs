/** Writes every example's generated code anew: what `npm run goldens` does. */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const bin = fileURLToPath(new URL("../dist/generator/bin.js", import.meta.url));
const here = fileURLToPath(new URL(".", import.meta.url));

for (const name of ["chat", "orders", "tiny", "awkward", "exchange", "voice", "telemetry", "ledger", "couriers"]) {
  const args = [bin, "generate", `${name}/${name}.yaml`, "--out", `${name}/generated`];
  if (existsSync(`${here}${name}/actionwire.json`)) args.push("--config", `${name}/actionwire.json`);
  const { status } = spawnSync(process.execPath, args, { cwd: here, stdio: "inherit" });
  if (status !== 0) process.exit(status ?? 1);
}
