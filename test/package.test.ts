import { execFile } from "node:child_process";
import { copyFileSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { folder } from "./support/documents.js";
import { ROOT } from "./support/examples.js";

const exec = promisify(execFile);

interface Packed {
  readonly filename: string;
  readonly size: number;
  readonly entryCount: number;
  readonly files: readonly { readonly path: string }[];
}

async function pack(where: string, into: string): Promise<Packed> {
  const args = ["pack", "--json", "--ignore-scripts", "--pack-destination", into];
  const { stdout } = await exec("npm", args, { cwd: where });
  const [packed] = JSON.parse(stdout) as Packed[]; // npm's own report, a list of what was packed
  if (!packed) throw new Error("npm packed nothing");
  return packed;
}

test("the generator brings few packages, and the licences of what is in it", { timeout: 300_000 }, async () => {
  const here = folder({ "package.json": '{ "private": true }' });
  const { filename } = await pack(ROOT, here);
  await exec("npm", ["install", "--no-audit", "--no-fund", "--prefer-offline", join(here, filename)], { cwd: here });
  const installed = join(here, "node_modules");
  const lock: unknown = JSON.parse(readFileSync(join(installed, ".package-lock.json"), "utf8"));
  const names = Object.keys(Object(Object(lock).packages));
  const kilobytes = bytesIn(installed) / 1000;
  process.stdout.write(`npm install actionwire: ${names.length} packages, ${Math.round(kilobytes)} kB installed\n`);
  expect(names).toContain("node_modules/actionwire");
  expect(names.length).toBeLessThanOrEqual(12);
  const notices = readFileSync(join(installed, "actionwire/dist/THIRD-PARTY-NOTICES.txt"), "utf8");
  for (const name of ["ajv", "yaml", "yargs"])
    expect(notices).toMatch(new RegExp(`^${name} \\d.*\\((MIT|ISC)\\)$`, "m"));
});

function bytesIn(path: string): number {
  const files = readdirSync(path, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return files.reduce((sum, { parentPath, name }) => sum + statSync(join(parentPath, name)).size, 0);
}

test("both packages, installed in an empty folder, generate, compile and run", { timeout: 300_000 }, async () => {
  const here = folder();
  const generator = await pack(ROOT, here);
  const runtime = await pack(`${ROOT}runtime`, here);
  for (const { filename, size, entryCount, files } of [generator, runtime]) {
    process.stdout.write(`${filename}: ${entryCount} files, ${size} bytes packed\n`);
    const names = files.map(({ path }) => path);
    expect(names).toContain("LICENSE");
    expect(
      names.filter((name) => /tsbuildinfo|\.test\.|^test\/|^examples\/|dist\/(examples|test)\//.test(name)),
    ).toEqual([]);
  }

  const app = join(here, "app");
  mkdirSync(app);
  writeFileSync(join(app, "package.json"), JSON.stringify({ name: "app", private: true, type: "module" }));
  const wanted = [generator, runtime].map(({ filename }) => join(here, filename));
  const tools = ["ws@8", "@types/node@20", "typescript@5.9"];
  await exec("npm", ["install", "--no-audit", "--no-fund", "--prefer-offline", ...wanted, ...tools], { cwd: app });
  copyFileSync(`${ROOT}examples/tiny/tiny.yaml`, join(app, "tiny.yaml"));
  copyFileSync(`${ROOT}examples/tiny/main.ts`, join(app, "main.ts"));

  const bin = join(app, "node_modules/.bin/actionwire");
  const { stdout, stderr } = await exec(bin, ["generate", "tiny.yaml", "--out", "generated"], { cwd: app });
  expect(stdout).toBe("");
  expect(stderr).toContain("6 written");
  for (const name of readdirSync(join(app, "generated"))) {
    const golden = readFileSync(`${ROOT}examples/tiny/generated/${name}`, "utf8");
    expect(readFileSync(join(app, "generated", name), "utf8"), name).toBe(golden);
  }

  const config =
    'import { defineConfig } from "actionwire";\n\nexport default defineConfig({\n  document: "tiny.yaml",\n  out: "generated",\n  routes: "routes.ts",\n});\n';
  writeFileSync(join(app, "actionwire.config.ts"), config);
  expect((await exec(bin, ["generate"], { cwd: app })).stderr).toContain("first draft of your routes written");
  expect((await exec(bin, ["generate", "--check"], { cwd: app })).stderr).toBe("Everything is up to date.\n");

  // What a document of another schema language takes is optional, and asked for by name.
  const avro = "{ schemaFormat: application/vnd.apache.avro;version=1.9.0, payload: { type: string } }";
  const text = `asyncapi: 2.6.0\ninfo: { title: T, version: "1" }\nchannels: { c: { publish: { message: ${avro} } } }`;
  writeFileSync(join(app, "avro.yaml"), text);
  await expect(exec(bin, ["generate", "avro.yaml", "--out", "avro"], { cwd: app })).rejects.toMatchObject({
    code: 2,
    stderr: expect.stringMatching(/avro\.yaml:3:\d+ error needs-package [\s\S]*npm install --save-dev avsc/),
  });

  const strict = ["--strict", "--target", "es2022", "--module", "nodenext", "--skipLibCheck", "false"];
  const tsc = join(app, "node_modules/.bin/tsc");
  await exec(tsc, [...strict, "--types", "node", "main.ts"], { cwd: app });
  expect((await exec(process.execPath, ["main.js"], { cwd: app })).stdout).toContain("Hello, Ada!");

  // The core's declarations need nothing but the language: no DOM, no types of Node or ws.
  const doors = ["", "/server", "/session", "/validators", "/testing"].map(
    (door) => `import "@actionwire/runtime${door}";\n`,
  );
  writeFileSync(join(app, "core.ts"), `${doors.join("")}export * from "./generated/index.js";\n`);
  writeFileSync(
    join(app, "tsconfig.core.json"),
    JSON.stringify({
      compilerOptions: {
        strict: true,
        lib: ["es2022"],
        types: [],
        module: "nodenext",
        noEmit: true,
        skipLibCheck: false,
      },
      files: ["core.ts"],
    }),
  );
  await exec(tsc, ["-p", "tsconfig.core.json"], { cwd: app });
});
