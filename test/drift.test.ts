import { spawnSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { temporaryFor } from "../generator/write/temporary.js";
import { run } from "./support/command.js";
import { asyncapi3, folder, message } from "./support/documents.js";
import { ROOT } from "./support/examples.js";

const say = message({ action: { const: "say" }, text: { type: "string" } });
const DOCUMENT = asyncapi3({ receive: { say }, send: { said: message({ action: { const: "said" } }) } });
const LONGER = asyncapi3({
  receive: { say, leave: message({ action: { const: "leave" } }) },
  send: { said: message({ action: { const: "said" } }) },
});

/** A folder with a document and what is generated from it. */
async function generated(): Promise<{ here: string; argv: string[]; g: string }> {
  const here = folder({ "api.json": DOCUMENT });
  const argv = ["generate", join(here, "api.json"), "--out", join(here, "g")];
  expect((await run(...argv)).exit).toBe(0);
  return { here, argv, g: join(here, "g") };
}

const texts = (path: string): Record<string, string> =>
  Object.fromEntries(readdirSync(path).map((name) => [name, readFileSync(join(path, name), "utf8")]));

describe("generate --check", () => {
  test("finds what was just generated up to date", async () => {
    const { argv } = await generated();
    expect(await run(...argv, "--check")).toEqual({ exit: 0, out: "", words: "Everything is up to date.\n" });
  });

  test("names what is out of date, shows how it would change, and writes nothing", async () => {
    const { here, argv, g } = await generated();
    const before = texts(g);
    writeFileSync(join(here, "api.json"), LONGER);
    const { exit, out, words } = await run(...argv, "--check");
    expect(exit).toBe(1);
    expect(words).toMatch(/g\/server\.ts:1\d:1 error stale-file {2}server\.ts is out of date/);
    expect(out).toMatch(/^--- a\/.*g\/client\.ts$/m);
    expect(out).toMatch(/^\+ {2}leave\(payload: types\.Leave, context: TestContext<User>\)/m);
    expect(texts(g)).toEqual(before);
  });

  test("names what is missing", async () => {
    const { argv, g } = await generated();
    rmSync(join(g, "wire.ts"));
    const { exit, words } = await run(...argv, "--check");
    expect(exit).toBe(1);
    expect(words).toContain("missing-output  wire.ts is missing");
    expect(existsSync(join(g, "wire.ts"))).toBe(false);
  });

  test("names what is generated no more", async () => {
    const { argv, g } = await generated();
    leftover(g, "old.ts");
    const { exit, words, out } = await run(...argv, "--check");
    expect(exit).toBe(1);
    expect(words).toContain("orphaned-file  old.ts is generated no more");
    expect(out).toMatch(/^\+\+\+ \/dev\/null$/m);
    expect(existsSync(join(g, "old.ts"))).toBe(true);
  });

  test("says of a file that a person changed that it was", async () => {
    const { argv, g } = await generated();
    writeFileSync(join(g, "wire.ts"), `${readFileSync(join(g, "wire.ts"), "utf8")}// mine\n`);
    const { exit, words, out } = await run(...argv, "--check");
    expect(exit).toBe(1);
    expect(words).toContain("stale-file  wire.ts was changed by hand");
    expect(words).not.toContain("edited-file");
    expect(out).toContain("-// mine");
  });

  test("does not mind the line ends and byte order marks of a checkout, nor does generating", async () => {
    const { argv, g } = await generated();
    for (const [name, text] of Object.entries(texts(g))) {
      writeFileSync(join(g, name), `\ufeff${text.replaceAll("\n", "\r\n")}`);
    }
    const before = texts(g);
    expect((await run(...argv, "--check")).exit).toBe(0);
    expect((await run(...argv)).words).toContain("nothing to change");
    expect(texts(g)).toEqual(before);
  });

  test("in a machine's format prints that alone", async () => {
    const { argv, g } = await generated();
    rmSync(join(g, "wire.ts"));
    const { out } = await run(...argv, "--check", "--format", "json");
    expect(JSON.parse(out)).toMatchObject({ command: "generate", findings: [{ rule: "missing-output" }] });
  });

  test("goes with nothing that changes the routes file", async () => {
    const { argv } = await generated();
    for (const option of [["--prune"], ["--rename", "a=b"]]) {
      expect(await run(...argv, "--check", ...option)).toMatchObject({ exit: 2, out: "" });
    }
  });

  test("of a document that cannot be used is an input that cannot be used", async () => {
    const { here, argv } = await generated();
    writeFileSync(join(here, "api.json"), "{}");
    expect((await run(...argv, "--check")).exit).toBe(2);
  });
});

/** A file of an earlier version of the document, as the manifest knows it. */
function leftover(g: string, name: string): void {
  const wire = readFileSync(join(g, "wire.ts"), "utf8");
  writeFileSync(join(g, name), wire);
  const path = join(g, ".actionwire.json");
  const manifest = JSON.parse(readFileSync(path, "utf8")) as { files: Record<string, string> }; // as was just written
  manifest.files[name] = manifest.files["wire.ts"] ?? "";
  writeFileSync(path, `${JSON.stringify(manifest, undefined, 2)}\n`);
}

describe("generate", () => {
  test("removes what it generates no more, and says so", async () => {
    const { argv, g } = await generated();
    leftover(g, "old.ts");
    const { words } = await run(...argv);
    expect(words).toContain("1 deleted (old.ts)");
    expect(existsSync(join(g, "old.ts"))).toBe(false);
  });

  test("leaves what it generates no more to who changed it, and says so each time", async () => {
    const { argv, g } = await generated();
    leftover(g, "old.ts");
    writeFileSync(join(g, "old.ts"), `${readFileSync(join(g, "old.ts"), "utf8")}// mine\n`);
    for (let time = 0; time < 2; time++) {
      const { exit, words } = await run(...argv);
      expect(exit).toBe(0);
      expect(words).toContain("old.ts was changed by hand since it was generated; it is generated no more");
    }
    expect(readFileSync(join(g, "old.ts"), "utf8")).toContain("// mine");
  });

  test("deletes nothing that a manifest of somebody else's making names elsewhere", async () => {
    const { argv, here, g } = await generated();
    writeFileSync(join(here, "mine.ts"), readFileSync(join(g, "wire.ts"), "utf8"));
    leftover(g, "old.ts");
    const path = join(g, ".actionwire.json");
    writeFileSync(path, readFileSync(path, "utf8").replace('"old.ts"', '"../mine.ts"'));
    await run(...argv);
    expect(existsSync(join(here, "mine.ts"))).toBe(true);
  });

  test("warns of a change by hand that it writes over", async () => {
    const { argv, g } = await generated();
    writeFileSync(join(g, "wire.ts"), `${readFileSync(join(g, "wire.ts"), "utf8")}// mine\n`);
    const { exit, words } = await run(...argv);
    expect(exit).toBe(0);
    expect(words).toContain(
      "warning edited-file  wire.ts was changed by hand since it was generated; the change is lost",
    );
    expect(readFileSync(join(g, "wire.ts"), "utf8")).not.toContain("// mine");
  });

  test("does not write over a change by hand where warnings count as errors, or that one does", async () => {
    const { here, argv, g } = await generated();
    writeFileSync(join(g, "wire.ts"), `${readFileSync(join(g, "wire.ts"), "utf8")}// mine\n`);
    writeFileSync(join(here, "c.json"), JSON.stringify({ rules: { "edited-file": "error" } }));
    for (const option of [["--strict"], ["--config", join(here, "c.json")]]) {
      expect((await run(...argv, ...option)).exit).toBe(2);
      expect(readFileSync(join(g, "wire.ts"), "utf8")).toContain("// mine");
    }
  });

  test("writes a manifest anew that two branches were merged into", async () => {
    const { argv, g } = await generated();
    const path = join(g, ".actionwire.json");
    const text = readFileSync(path, "utf8");
    writeFileSync(path, text.replace('  "files"', '<<<<<<< ours\n=======\n>>>>>>> theirs\n  "files"'));
    expect((await run(...argv)).exit).toBe(0);
    expect(readFileSync(path, "utf8")).toBe(text);
  });

  test("leaves the time stamps of unchanged files, also where another changes", async () => {
    const { here, argv, g } = await generated();
    const index = join(g, "index.ts");
    utimesSync(index, 1, 1);
    writeFileSync(join(here, "api.json"), LONGER);
    expect((await run(...argv)).words).toContain("types.ts");
    expect(statSync(index).mtimeMs).toBe(1000);
  });

  test("leaves nothing of its own beside what it says that it writes", async () => {
    const { here, g } = await generated();
    expect(readdirSync(here).sort()).toEqual(["api.json", "g"]);
    expect(readdirSync(g).sort()).toEqual([
      ".actionwire.json",
      "client.ts",
      "index.ts",
      "server.ts",
      "types.ts",
      "validators.ts",
      "wire.ts",
    ]);
  });
});

describe("generate --dry-run", () => {
  test("prints what would become of each file, and writes nothing", async () => {
    const { here, argv, g } = await generated();
    leftover(g, "old.ts");
    rmSync(join(g, "wire.ts"));
    writeFileSync(join(here, "api.json"), LONGER);
    const before = texts(g);
    const { exit, out } = await run(...argv, "--dry-run");
    expect(exit).toBe(0);
    for (const line of ["create  wire.ts", "update  server.ts", "keep    index.ts", "delete  old.ts"]) {
      expect(out).toContain(`  ${line}\n`);
    }
    expect(texts(g)).toEqual(before);
  });
});

describe("what a killed run has left", () => {
  /** A process number that is nobody's any more. */
  const gone = (): string => String(spawnSync(process.execPath, ["-e", ""]).pid);
  const temporary = (path: string, writer: string): string =>
    temporaryFor(path).replace(`.${process.pid}.`, `.${writer}.`);

  test("is no drift, and the next run takes it away, also where it has nothing to write", async () => {
    const { argv, g } = await generated();
    const before = readdirSync(g);
    for (const name of ["client.ts", ".actionwire.json"]) writeFileSync(temporary(join(g, name), gone()), "// half");
    const mine = temporaryFor(join(g, "wire.ts")); // of a process that had our number
    writeFileSync(mine, "// half");
    utimesSync(mine, 1, 1);
    expect((await run(...argv, "--check")).exit).toBe(0);
    expect(readdirSync(g)).toHaveLength(before.length + 3);
    expect((await run(...argv)).words).toContain("nothing to change");
    expect(readdirSync(g)).toEqual(before);
  });

  test("beside the routes is taken away as well, where a link leads and where there is nothing to write", async () => {
    const { here, argv } = await generated();
    const real = join(here, "src/real.ts");
    const withRoutes = [...argv, "--routes", join(here, "routes.ts")];
    mkdirSync(join(here, "src"));
    await run(...argv, "--routes", real);
    symlinkSync("src/real.ts", join(here, "routes.ts"));
    writeFileSync(temporary(real, gone()), "// half");
    expect((await run(...withRoutes)).words).toContain("nothing to change");
    expect(readdirSync(join(here, "src"))).toEqual(["real.ts"]);
  });

  test("is no half of a first draft of the routes", async () => {
    const { here, argv } = await generated();
    const names = Array.from({ length: 20 }, (_, index) => `say${index}`);
    const receive = Object.fromEntries(names.map((name) => [name, message({ action: { const: name } })]));
    writeFileSync(join(here, "api.json"), asyncapi3({ receive }));
    await run(...argv);
    const node = [
      process.execPath,
      "--import",
      `${ROOT}test/support/typescript.mjs`,
      `${ROOT}generator/bin.ts`,
      ...argv,
    ];
    // Files end at 512 bytes, as on a disk that is full; what is generated is there.
    const full = ["-c", 'ulimit -f 1; exec "$@"', "sh", ...node, "--routes", join(here, "routes.ts")];
    const { status, stderr } = spawnSync("sh", full, { encoding: "utf8" });
    expect([status, stderr]).toEqual([2, expect.stringContaining("EFBIG")]);
    expect(readdirSync(here)).toEqual(["api.json", "g"]);
  });

  test("is only what nobody writes any more, and no file of anybody else's", async () => {
    const { argv, g } = await generated();
    const writer = gone();
    const kept = [
      temporary(join(g, "client.ts"), String(process.ppid)), // it still runs
      temporaryFor(join(g, "client.ts")), // as we do
      temporary(join(g, "notes.md"), writer),
      temporary(join(g, "client.ts"), writer).replace(/-[^-]+\.tmp$/, ".tmp"),
      join(g, `client.ts.${writer}.tmp`),
      join(g, "client.ts.tmp"),
    ];
    for (const path of kept) writeFileSync(path, "mine");
    expect((await run(...argv)).exit).toBe(0);
    expect(kept.filter((path) => !existsSync(path))).toEqual([]);
  });
});
