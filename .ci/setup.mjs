/** Installs what is missing and builds what is stale, so that every command works on a fresh clone. */
import { spawnSync } from "node:child_process";
import { existsSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));

export function run(command, args, cwd = root) {
  const { status, error } = spawnSync(command, args, {
    cwd,
    stdio: ["ignore", 2, 2],
    shell: process.platform === "win32",
  });
  if (error) throw error;
  if (status !== 0) process.exit(status ?? 1);
}

/** `npm ci` in a folder whose lock is newer than what is installed. A set NODE_ENV must not leave out what builds. */
export function install(folder = "") {
  const installed = new URL(`../${folder}node_modules/.package-lock.json`, import.meta.url);
  const lock = new URL(`../${folder}package-lock.json`, import.meta.url);
  if (existsSync(installed) && statSync(installed).mtimeMs >= statSync(lock).mtimeMs) return;
  run("npm", ["ci", "--include=dev", "--no-audit", "--no-fund", "--loglevel=error"], `${root}${folder}`);
}

/** What a command needs besides the project's own packages: `--all` the tests, the others a comparison with peers. */
const FOLDERS = {
  "--all": ["test/compile/", "test/bench/fidelity/"],
  "--peers": ["test/faults/"],
  "--fidelity": ["test/bench/fidelity/", "test/bench/fidelity/peers/"],
};

install();
for (const [flag, folders] of Object.entries(FOLDERS)) {
  if (process.argv.includes(flag)) for (const folder of folders) install(folder);
}
run("npm", ["run", "--silent", "build"]);
