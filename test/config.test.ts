import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { Ajv } from "ajv";
import { describe, expect, test } from "vitest";
import { READING, TELLING, WRITING } from "../generator/cli/flags.js";
import { importDefault } from "../generator/config/import-module.js";
import { modulesOf } from "../generator/config/modules.js";
import { inFolder, type Ran, run } from "./support/command.js";
import { asyncapi3, folder, message } from "./support/documents.js";
import { ROOT } from "./support/examples.js";

const api = (name: string) => asyncapi3({ receive: { [name]: message({ action: { const: name } }) } });

/** Runs a command in a folder with these files. */
async function at(files: Readonly<Record<string, string>>, ...argv: string[]): Promise<Ran & { here: string }> {
  const here = folder(files);
  return { ...(await inFolder(here, () => run(...argv))), here };
}

const TWO = JSON.stringify({
  strict: true,
  contracts: { chat: { document: "chat.json", out: "src/chat" }, news: { document: "news.json", out: "src/news" } },
});
const FILES = { "chat.json": api("say"), "news.json": api("read"), "actionwire.config.json": TWO };

describe("a configuration", () => {
  test("in the working directory is found, and all its contracts are generated", async () => {
    const { exit, here } = await at(FILES, "generate");
    expect(exit).toBe(0);
    expect(readFileSync(join(here, "src/chat/client.ts"), "utf8")).toContain("sendSay(");
    expect(readFileSync(join(here, "src/news/client.ts"), "utf8")).toContain("sendRead(");
  });

  test("names contracts that a command is about", async () => {
    const { exit, here } = await at(FILES, "generate", "news");
    expect(exit).toBe(0);
    expect(readdirSync(join(here, "src"))).toEqual(["news"]);
  });

  test("loses to a file of the same name", async () => {
    const { here, words } = await at({ ...FILES, news: api("file") }, "generate", "news", "--out", "g");
    expect(words).toContain("news: Test 1.0.0");
    expect(readFileSync(join(here, "g/client.ts"), "utf8")).toContain("sendFile(");
  });

  test("counts for a document that one of its contracts names", async () => {
    const { here } = await at(FILES, "generate", "./chat.json");
    expect(readdirSync(join(here, "src"))).toEqual(["chat"]);
  });

  test("of one document says nothing of where another is written", async () => {
    const config = JSON.stringify({ document: "chat.json", out: "src", routes: "routes.ts", strict: true });
    const { exit, words } = await at({ ...FILES, "actionwire.config.json": config }, "generate", "news.json");
    expect(exit).toBe(2);
    expect(words).toContain("nothing says where news.json is to be written");
    const { out } = await at({ ...FILES, "actionwire.config.json": config }, "config", "news.json");
    expect(out).not.toContain("routes.ts");
    expect(out).toMatch(/strict +true +actionwire\.config\.json/);
  });

  test("knows what a misspelt contract is called", async () => {
    const { exit, words } = await at(FILES, "generate", "caht");
    expect(exit).toBe(2);
    expect(words).toMatch(/actionwire\.config\.json:1:\d+ error unknown-contract .*"caht"/);
    expect(words).toContain('did you mean "chat"?');
  });

  test("with one wrong contract writes none of them, and tells what is wrong with each", async () => {
    const files = { ...FILES, "news.json": "{}", "chat.json": api("say").replace('"3.0.0"', '"9.0.0"') };
    const { exit, words, here } = await at(files, "generate");
    expect(exit).toBe(2);
    expect(words).toContain("chat.json:");
    expect(words).toContain("news.json:");
    expect(existsSync(join(here, "src"))).toBe(false);
  });

  test("that says not where to write is asked to", async () => {
    const { exit, words } = await at({ ...FILES, "actionwire.config.json": '{ "document": "chat.json" }' }, "generate");
    expect(exit).toBe(2);
    expect(words).toContain("error no-out  nothing says where chat.json is to be written");
  });

  test("may not have two contracts written to one folder", async () => {
    const { exit, words } = await at(
      { ...FILES, "actionwire.config.json": TWO.replace("src/news", "src/chat") },
      "generate",
    );
    expect(exit).toBe(2);
    expect(words).toContain("shared-out  the contract chat and the contract news are both to be written to");
    const { words: told } = await at(FILES, "generate", "--routes", "routes.ts");
    expect(told).toContain("shared-out  the contract chat and the contract news are both to be written to routes.ts");
  });

  test("under a name that nearly is one is said not to be read", async () => {
    const { words } = await at(
      { "api.json": api("say"), "actionwire.conf.json": "{}" },
      "generate",
      "api.json",
      "--out",
      "g",
    );
    expect(words).toContain("actionwire.conf.json is not read");
  });

  test("that is there twice is an error that names both", async () => {
    const { exit, words } = await at({ ...FILES, "actionwire.config.mjs": "export default {}" }, "generate");
    expect(exit).toBe(2);
    expect(words).toContain("actionwire.config.mjs and actionwire.config.json are both here");
  });

  test.each([
    [
      "ts",
      'import { said } from "./said.ts";\nconst out: string = said;\nexport default { document: "chat.json", out };',
    ],
    ["mjs", 'export default { document: "chat.json", out: "src" };'],
    ["js", 'export default { document: "chat.json", out: "src" };'],
  ])("may be a program: .%s", async (kind, text) => {
    const files = {
      "chat.json": api("say"),
      "package.json": '{"type":"module"}',
      "said.ts": 'export const said: string = "src";',
    };
    const { exit, words, here } = await at({ ...files, [`actionwire.config.${kind}`]: text }, "generate");
    expect(words).toContain("6 written");
    expect(exit).toBe(0);
    expect(existsSync(join(here, "src/client.ts"))).toBe(true);
  });

  test.each([
    ["ts", "ts", "export const out: string = ;\n", /^shared\.ts:1:\d+ error bad-config .*ParseError/],
    ["ts", "ts", '\nthrow new Error("no such host");\n', /^shared\.ts:2:7 error bad-config .*no such host/],
    ["mjs", "cjs", '\nthrow new Error("no such host");\n', /^shared\.cjs:2:7 error bad-config .*no such host/],
  ])("that is a program (%s) is told where its module (%s) fails", async (kind, other, module, told) => {
    const config = `import { out } from "./shared.${other}";\nexport default { document: "chat.json", out };\n`;
    const files = { [`actionwire.config.${kind}`]: config, [`shared.${other}`]: module };
    const { exit, words } = await at(files, "generate");
    expect([exit, words]).toEqual([2, expect.stringMatching(told)]);
  });

  test.each([
    [
      "that fails",
      'const a = 1;\nthrow new Error("no such host");',
      /actionwire\.config\.mjs:2:7 error bad-config .*no such host/,
    ],
    ["that exports nothing", "export const a = 1;", /actionwire\.config\.mjs:1:1 error bad-config .*no default export/],
    [
      "with a misspelt key",
      'export default {\n  document: "chat.json",\n  outt: "src",\n};',
      /actionwire\.config\.mjs:3:3 error unknown-key .*\n(.*\n)*.*did you mean "out"/,
    ],
    [
      "with an unknown rule",
      'export default {\n  rules: {\n    "dangling-rev": "off",\n  },\n};',
      /actionwire\.config\.mjs:3:5 error unknown-rule .*\n(.*\n)*.*dangling-ref/,
    ],
  ])("that is a program %s is told with its place, and no stack", async (_, text, told) => {
    const { exit, words } = await at({ "chat.json": api("say"), "actionwire.config.mjs": text }, "generate");
    expect(exit).toBe(2);
    expect(words).toMatch(told);
    expect(words).not.toMatch(/^\s+at /m);
  });

  test("is what README shows", async () => {
    const [, shown = ""] =
      /```ts\n(import \{ defineConfig \} from "actionwire";.*?)```/s.exec(readFileSync(`${ROOT}README.md`, "utf8")) ??
      [];
    const text = shown.replace(/^import .*$/m, "const defineConfig = (config: object): object => config;");
    const { exit, words, out } = await at({ "actionwire.config.ts": text }, "config");
    expect(words).toBe("");
    expect(exit).toBe(0);
    expect(out).toContain("orders: api/orders.yaml");
  });

  test("has an entry for every flag that says something of a contract, or of how findings are told", () => {
    const schema = JSON.parse(readFileSync(`${ROOT}schemas/config.schema.json`, "utf8")) as { properties: object }; // ours
    const entries = Object.keys(schema.properties);
    const flags = Object.keys({ ...READING, ...WRITING, ...TELLING })
      .filter((flag) => flag !== "config" && flag !== "no-implied-types")
      .map((flag) => flag.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase()));
    expect(flags.filter((flag) => !entries.includes(flag))).toEqual([]);
  });

  test("is described by its published schema, alone and for each contract", () => {
    const ajv = new Ajv({ strict: false });
    const validate = ajv.compile(JSON.parse(readFileSync(`${ROOT}schemas/config.schema.json`, "utf8")));
    const contract = { document: "a.yaml", out: "g", routesStyle: "class", rules: { example: "off" } };
    expect(validate({ ...contract, contracts: { chat: contract }, format: ["text", "sarif:a.sarif"] })).toBe(true);
    expect(validate({ contracts: { chat: { ...contract, contracts: {} } } })).toBe(false);
    expect(validate({ format: "xml" })).toBe(false);
  });
});

test.each([
  ["computes", "while (true) {}"],
  ["waits", "await new Promise((done) => setTimeout(done, 1e9));"],
])("a configuration that %s for ever is given up where it runs again", async (_, endless) => {
  const path = join(folder({ "actionwire.config.mjs": `${endless}\nexport default {};\n` }), "actionwire.config.mjs");
  await expect(importDefault(path, true, 0.5)).rejects.toThrow("it is not done after 0.5 seconds");
});

test("the modules of a configuration are those that it imports, however they are called, and may be missing", () => {
  const here = folder({
    "c.ts": `import a from "./a.js";\nexport * from './b';\nconst c = await import("./c");\nimport "yargs";\n`,
    "a.ts": 'import { self } from "./c.js";\nimport data from "../data.json" with { type: "json" };\n',
    "b/index.ts": 'const d = require("../d.cjs");\n',
    "data.json": 'from "./e.ts"',
  });
  const found = modulesOf(join(here, "c.ts")).map((path) => relative(here, path));
  expect(found).toEqual(["c.ts", "a.ts", "b/index.ts", join("..", "data.json"), "d.cjs"]);
  expect(modulesOf(join(here, "data.json"))).toHaveLength(1);
});

describe("actionwire config", () => {
  test("prints what is in force for each contract, and who said it", async () => {
    const { exit, out } = await at(FILES, "config", "--dates", "Date");
    expect(exit).toBe(0);
    expect(out).toContain("configuration: actionwire.config.json");
    expect(out).toMatch(/^chat: chat\.json$/m);
    expect(out).toMatch(/^ {2}out +src\/chat +contracts\.chat$/m);
    expect(out).toMatch(/^ {2}strict +true +actionwire\.config\.json$/m);
    expect(out).toMatch(/^ {2}dates +Date +flag$/m);
    expect(out).toMatch(/^ {2}channels +auto +default$/m);
  });

  test("prints how findings are told, with reports as they are found from here", async () => {
    const config = { ...JSON.parse(TWO), format: ["text", "json:out/report.json"], quiet: true };
    const { out } = await at({ ...FILES, "actionwire.config.json": JSON.stringify(config) }, "config");
    expect(out).toMatch(/^ {2}format +text, json:out\/report\.json +actionwire\.config\.json$/m);
    expect(out).toMatch(/^ {2}quiet +true +actionwire\.config\.json$/m);
    expect(out).toMatch(/^ {2}verbose +false +default$/m);
  });

  test("prints every setting that a configuration can have", async () => {
    const schema: unknown = JSON.parse(readFileSync(`${ROOT}schemas/config.schema.json`, "utf8"));
    const { out } = await at({ ...FILES, "actionwire.config.json": '{"$schema": "a.json"}' }, "config", "chat.json");
    const printed = [...out.matchAll(/^ {2}(\S+) /gm)].map(([, option]) => option);
    const others = ["$schema", "contracts", "document"];
    const all = Object.keys((schema as { properties: object }).properties); // ours
    expect(printed.sort()).toEqual(all.filter((option) => !others.includes(option)).sort());
  });

  test("prints it as JSON", async () => {
    const { out } = await at(FILES, "config", "--json");
    expect(JSON.parse(out)).toMatchObject({
      config: "actionwire.config.json",
      settings: [{ option: "format", value: "text", from: "default" }, { option: "quiet" }, { option: "verbose" }],
      contracts: [{ name: "chat" }, { name: "news" }],
    });
  });
});

describe("actionwire init", () => {
  test("writes a start that generates as it is", async () => {
    const here = folder();
    await inFolder(here, async () => {
      expect((await run("init")).exit).toBe(0);
      const { exit, words } = await run("generate", "--strict");
      expect(words).not.toContain("warning");
      expect(exit).toBe(0);
    });
    expect(readdirSync(join(here, "src")).sort()).toEqual(["generated", "routes.ts"]);
  });

  test.each(["ts", "mjs"] as const)("writes the configuration as .%s", async (as) => {
    const { here } = await at({ "api.json": api("say") }, "init", "--from", "api.json", "--as", as);
    const text = readFileSync(join(here, `actionwire.config.${as}`), "utf8");
    expect(text).toContain('import { defineConfig } from "actionwire";');
    expect(text).toContain('  document: "api.json",\n');
  });

  test("says at once what is wrong with a document, and writes nothing", async () => {
    const { exit, words, here } = await at({ "api.json": "{}" }, "init", "--from", "api.json");
    expect(exit).toBe(2);
    expect(words).toContain("api.json:1:1 error");
    expect(readdirSync(here)).toEqual(["api.json"]);
  });

  test("writes over nothing", async () => {
    const { exit, words, here } = await at({ "actionwire.config.json": "{}" }, "init");
    expect(exit).toBe(2);
    expect(words).toContain("There is a configuration already: actionwire.config.json.");
    expect(readdirSync(here)).toEqual(["actionwire.config.json"]);
  });
});

test.each([
  ["ends the process", "process.exit(0);"],
  ["waits for ever", "await new Promise(() => {});"],
])("a configuration that %s is no success", async (_, text) => {
  const here = folder({ "chat.json": api("say"), "actionwire.config.mjs": text });
  const { spawnSync } = await import("node:child_process");
  const bin = ["--import", `${ROOT}test/support/typescript.mjs`, `${ROOT}generator/bin.ts`];
  const { status, stderr } = spawnSync(process.execPath, [...bin, "generate"], { cwd: here, encoding: "utf8" });
  expect(stderr).toBe("The configuration ended the process, or waits for what never comes.\n");
  expect(status).toBe(2);
});

test("standard input is a document", async () => {
  const here = folder({ "shared.json": JSON.stringify({ Text: { type: "string" } }) });
  writeFileSync(join(here, "api.json"), api("say"));
  const { spawnSync } = await import("node:child_process");
  const bin = ["--import", `${ROOT}test/support/typescript.mjs`, `${ROOT}generator/bin.ts`];
  const text = asyncapi3({ receive: { say: message({ text: { $ref: "./shared.json#/Text" } }) } });
  const { status, stderr } = spawnSync(process.execPath, [...bin, "generate", "-", "--out", "g"], {
    cwd: here,
    input: text,
    encoding: "utf8",
  });
  expect(stderr).toContain("-: Test 1.0.0, AsyncAPI 3.0.0");
  expect(status).toBe(0);
  expect(readFileSync(join(here, "g/types.ts"), "utf8")).toContain("text: Text");
});
