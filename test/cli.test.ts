import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { inFolder, run } from "./support/command.js";
import { asyncapi3, folder, message } from "./support/documents.js";

const DOCUMENT = asyncapi3({
  receive: { say: message({ action: { const: "say" }, text: { type: "string" } }) },
  send: { said: message({ action: { const: "said" }, text: { type: "string" } }) },
});

test("actionwire --version is the package's", async () => {
  const { version } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));
  expect(await run("--version")).toEqual({ exit: 0, out: `${version}\n`, words: "" });
});

describe("actionwire generate", () => {
  test("writes six files, says from which side it read the document, and exits with 0", async () => {
    const here = folder({ "api.json": DOCUMENT });
    const { exit, words, out } = await run("generate", join(here, "api.json"), "--out", join(here, "generated"));
    expect(exit).toBe(0);
    expect(out).toBe("");
    expect(words).toContain("read as the server describes itself (--perspective server)");
    expect(words).toContain("1 to the server, 1 to the client");
    expect(readdirSync(join(here, "generated")).sort()).toEqual([
      ".actionwire.json",
      "client.ts",
      "index.ts",
      "server.ts",
      "types.ts",
      "validators.ts",
      "wire.ts",
    ]);
  });

  test("turns directions round for a document that describes the client", async () => {
    const here = folder({ "api.json": DOCUMENT });
    await run("generate", join(here, "api.json"), "--out", join(here, "g"), "--perspective", "client");
    expect(readFileSync(join(here, "g/client.ts"), "utf8")).toContain("sendSaid(");
  });

  test("asks the client for an address where the document names none", async () => {
    const here = folder({ "api.json": DOCUMENT.replace(/"servers": \{[^}]*\}\s*\},/, "") });
    await run("generate", join(here, "api.json"), "--out", join(here, "g"));
    expect(readFileSync(join(here, "g/client.ts"), "utf8")).toContain(
      "  url: string | (() => string | Promise<string>);\n",
    );
    expect(readFileSync(join(here, "g/client.ts"), "utf8")).toContain("constructor(options: TestOptions) {");
    expect(readFileSync(join(here, "g/wire.ts"), "utf8")).toContain("  servers: {},\n");
  });

  test("says what it took addresses of channels for", async () => {
    const named = (...addresses: string[]) => {
      const channels = addresses.map((address) => [
        address,
        { subscribe: { message: { name: address, payload: {} } } },
      ]);
      const info = { title: "T", version: "1" };
      return JSON.stringify({ asyncapi: "2.6.0", info, channels: Object.fromEntries(channels) });
    };
    const wanted = {
      "(--channels paths)": named("/a", "/b"),
      "(--channels topics)": named("a", "b"),
      "(--channels auto)": named("/a", "b"),
    };
    for (const [words, document] of Object.entries(wanted)) {
      const here = folder({ "api.json": document });
      expect((await run("generate", join(here, "api.json"), "--out", join(here, "g"))).words).toContain(words);
    }
  });

  test.each([
    ["--format", "text"],
    ["--rename", "a=b"],
  ])("takes %s before the document", async (...option) => {
    const here = folder({ "api.json": DOCUMENT });
    const { exit } = await run("generate", ...option, join(here, "api.json"), "--out", join(here, "g"));
    expect(exit).toBe(0);
  });

  test("takes the last of what is said twice", async () => {
    const here = folder({ "api.json": DOCUMENT });
    const outs = ["--out", join(here, "a"), "--out", join(here, "b")];
    expect((await run("generate", join(here, "api.json"), ...outs)).exit).toBe(0);
    expect(existsSync(join(here, "a"))).toBe(false);
    expect(existsSync(join(here, "b"))).toBe(true);
  });

  test("goes on with routes that are a class, also where nobody says so again", async () => {
    const here = folder({ "api.json": DOCUMENT });
    const argv = ["generate", join(here, "api.json"), "--out", join(here, "g"), "--routes", join(here, "routes.ts")];
    await run(...argv, "--routes-style", "class");
    expect((await run(...argv)).words).toContain("nothing to change");
    expect(readFileSync(join(here, "g/server.ts"), "utf8")).toContain("export abstract class TestRoutes<");
  });

  test("writes no file where the routes cannot be written", async () => {
    const here = folder({ "api.json": DOCUMENT });
    symlinkSync(join(here, "nowhere.ts"), join(here, "routes.ts"));
    const argv = ["generate", join(here, "api.json"), "--out", join(here, "g"), "--routes", join(here, "routes.ts")];
    const { exit, words } = await run(...argv);
    expect(exit).toBe(2);
    expect(words).toContain("is a link that leads nowhere");
    expect(readdirSync(here).sort()).toEqual(["api.json", "routes.ts"]);
  });

  test("changes nothing the second time", async () => {
    const here = folder({ "api.json": DOCUMENT });
    await run("generate", join(here, "api.json"), "--out", join(here, "g"));
    const before = statSync(join(here, "g/client.ts")).mtimeMs;
    const { words } = await run("generate", join(here, "api.json"), "--out", join(here, "g"));
    expect(words).toContain("nothing to change");
    expect(statSync(join(here, "g/client.ts")).mtimeMs).toBe(before);
  });

  test("never overwrites a file that it did not write, and then writes nothing at all", async () => {
    const here = folder({ "api.json": DOCUMENT, "g/client.ts": "// mine\n" });
    const { exit, words } = await run("generate", join(here, "api.json"), "--out", join(here, "g"));
    expect(exit).toBe(2);
    expect(words).toContain("not-ours");
    expect(readdirSync(join(here, "g"))).toEqual(["client.ts"]);
    expect(readFileSync(join(here, "g/client.ts"), "utf8")).toBe("// mine\n");
  });

  test("prints the contract, and writes nothing, when asked to", async () => {
    const here = folder({ "api.json": DOCUMENT });
    const { exit, out } = await run("generate", join(here, "api.json"), "--print-contract");
    expect(exit).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ title: "Test", perspective: "server", connections: [{ path: "" }] });
    expect(readdirSync(here)).toEqual(["api.json"]);
  });

  test("takes options from a configuration file, paths relative to it; flags win", async () => {
    const config = JSON.stringify({ out: "from-config", perspective: "client" });
    const here = folder({ "api.json": DOCUMENT, "conf/actionwire.json": config });
    const args = ["generate", join(here, "api.json"), "--config", join(here, "conf/actionwire.json")];
    expect((await run(...args, "--perspective", "server")).words).toContain("--perspective server");
    expect(existsSync(join(here, "conf/from-config/client.ts"))).toBe(true);
  });

  test("says which option a configuration file misspells", async () => {
    const here = folder({ "api.json": DOCUMENT, "c.json": JSON.stringify({ perspectiv: "client" }) });
    const { exit, words } = await run("generate", join(here, "api.json"), "--config", join(here, "c.json"));
    expect(exit).toBe(2);
    expect(words).toContain('did you mean "perspective"?');
  });
});

describe("the routes file", () => {
  const args = (here: string) => [
    "generate",
    join(here, "api.json"),
    "--out",
    join(here, "g"),
    "--routes",
    join(here, "routes.ts"),
  ];

  test("is drafted once, one stub per route", async () => {
    const here = folder({ "api.json": DOCUMENT });
    const { words } = await run(...args(here));
    expect(words).toContain("first draft of your routes written");
    expect(
      readFileSync(join(here, "routes.ts"), "utf8"),
    ).toBe(`// Yours to edit: actionwire wrote this first draft, and later only adds what the contract adds.
import { notImplemented } from "@actionwire/runtime/server";
import type { TestRoutes } from "./g/server.js";

export const testRoutes: TestRoutes = {
  async say(_payload, _context): Promise<void> {
    return notImplemented("say");
  },
};
`);
  });

  test("is told of with the command's words: what was added, and what is too much, which refuses nothing", async () => {
    const text = "export const r: TestRoutes = {\n  async other() {},\n};\n";
    const here = folder({ "api.json": DOCUMENT, "routes.ts": text });
    const { exit, words } = await run(...args(here));
    expect(exit).toBe(0);
    expect(words).toContain("routes.ts: stubs added for say");
    expect(words).toMatch(/routes\.ts:2:9 warning stub-orphaned /);
  });

  test("that cannot be edited is left, with exit code 1 and what is to be pasted, and the generated files are there", async () => {
    const text = "const r: Partial<TestRoutes> = { say() {} };";
    const here = folder({ "api.json": DOCUMENT, "routes.ts": text });
    const { exit, words } = await run(...args(here));
    expect(exit).toBe(1);
    expect(words).toMatch(
      /routes\.ts:1:1 error routes-not-found {2}nothing in this file is declared to be a TestRoutes/,
    );
    expect(words).toContain('    return notImplemented("say");\n');
    expect(readFileSync(join(here, "routes.ts"), "utf8")).toBe(text);
    expect(existsSync(join(here, "g/server.ts"))).toBe(true);
  });

  test.each([
    ["a folder", "."],
    ["a generated file", "g/server.ts"],
  ])("cannot be %s, and then nothing is written", async (_, path) => {
    const here = folder({ "api.json": DOCUMENT });
    const { exit, words } = await run(
      "generate",
      join(here, "api.json"),
      "--out",
      join(here, "g"),
      "--routes",
      join(here, path),
    );
    expect(exit).toBe(2);
    expect(words).toContain("routes-path");
    expect(existsSync(join(here, "g"))).toBe(false);
  });

  test("is found complete where it is", async () => {
    const here = folder({ "api.json": DOCUMENT, "routes.ts": "const r: TestRoutes = { say: () => {} }" });
    expect((await run(...args(here))).words).toContain("it has every route");
  });
});

describe("what cannot be used", () => {
  test.each([
    ["a file that is not there", "absent.yaml", undefined, /missing-file/],
    ["a tab in YAML", "api.yaml", "asyncapi: 3.0.0\n\tinfo: {}\n", /api\.yaml:2:1/],
    ["a key written twice", "api.yaml", "asyncapi: 3.0.0\nasyncapi: 3.0.0\n", /api\.yaml:2:1/],
    ["an empty file", "api.yaml", "", /empty/],
    ["a document of another kind", "api.yaml", "openapi: 3.0.0\n", /OpenAPI/i],
    ["a dangling reference", "api.json", DOCUMENT.replace('"#/channels/main"', '"#/channels/mian"'), /channels\/main/],
    ["a misspelt type", "api.json", DOCUMENT.replace('"type": "string"', '"type": "strnig"'), /string/],
  ])("%s: exit code 2, one diagnostic, a place and a hint, no stack trace, nothing written", async (_, name, text, wanted) => {
    const here = folder(text === undefined ? {} : { [name]: text });
    const { exit, words } = await run("generate", join(here, name), "--out", join(here, "g"));
    expect(exit).toBe(2);
    expect(words).toMatch(wanted);
    expect(words.match(/^.*\b(error) [a-z-]+ /gm) ?? []).toHaveLength(1);
    expect(words).not.toMatch(/^\s+at .*:\d+:\d+\)?$/m);
    expect(existsSync(join(here, "g"))).toBe(false);
  });

  test("is reported whole in one run, in order of place", async () => {
    const text = DOCUMENT.replace('"#/components/messages/said"', '"#/components/messages/sad"')
      .replace('"action": "send"', '"action": "sent"')
      .replace('"type": "string"', '"type": "strnig"');
    const here = folder({ "api.json": text });
    const { words } = await run("generate", join(here, "api.json"), "--out", join(here, "g"));
    const rules = [...words.matchAll(/api\.json:(\d+):\d+ error ([a-z-]+)/g)].map(([, line, rule]) => [
      Number(line),
      rule,
    ]);
    expect(rules.map(([, rule]) => rule)).toEqual(["dangling-ref", "unknown-value", "unknown-type"]);
    expect(rules.map(([line]) => line)).toEqual(rules.map(([line]) => line).sort((a, b) => Number(a) - Number(b)));
  });

  test("leaves earlier output untouched", async () => {
    const here = folder({ "api.json": DOCUMENT });
    await run("generate", join(here, "api.json"), "--out", join(here, "g"));
    const before = readFileSync(join(here, "g/client.ts"), "utf8");
    writeFileSync(join(here, "api.json"), DOCUMENT.slice(0, -20));
    expect((await run("generate", join(here, "api.json"), "--out", join(here, "g"))).exit).toBe(2);
    expect(readFileSync(join(here, "g/client.ts"), "utf8")).toBe(before);
  });

  test("a command without its words: exit code 2 and what to say instead", async () => {
    for (const argv of [
      [],
      ["generate"],
      ["generate", "x.yaml", "--oot", "y"],
      ["generate", "x.yaml", "--out"],
      ["make"],
    ]) {
      const { exit, words } = await run(...argv);
      expect(exit, argv.join(" ")).toBe(2);
      expect(words, argv.join(" ")).toContain("--help");
    }
  });

  test.each([
    ["a misspelt command", ["generat", "x.yaml"], 'There is no command "generat"; did you mean "generate"?'],
    ["an unknown command", ["make"], 'There is no command "make".'],
    ["a document without a command", ["api.yaml"], "say what to do with it: actionwire generate <file>"],
    ["the word help", ["help"], 'did you mean "--help"?'],
    ["a misspelt option", ["generate", "api.yaml", "--chek"], 'There is no option --chek; did you mean "--check"?'],
    ["one with a value", ["lint", "api.yaml", "--int46=bigint"], 'no option --int46; did you mean "--int64"?'],
    ["one that is denied", ["generate", "api.yaml", "--no-chek"], 'did you mean "--no-check"?'],
    ["one in camelCase", ["generate", "api.yaml", "--routesStile", "class"], 'did you mean "--routes-style"?'],
    ["one that is cut short", ["generate", "api.yaml", "--dry"], 'did you mean "--dry-run"?'],
    ["one letter of one", ["generate", "api.yaml", "-q"], 'There is no option -q; did you mean "--quiet"?'],
    ["one with a single dash", ["generate", "api.yaml", "-check"], 'did you mean "--check"?'],
    ["one without a command", ["--versoin"], 'There is no option --versoin; did you mean "--version"?'],
    ["one that is like no other", ["lint", "api.yaml", "--colour"], "There is no option --colour of lint."],
    [
      "one of another command",
      ["config", "--format", "json"],
      "no option --format of config; generate and lint take it.",
    ],
    ["a part of one", ["generate", "api.yaml", "--check.now"], "There is no option --check.now of generate."],
    ["an option before the command", ["--strict", "lint", "api.yaml"], "The command comes first"],
    [
      "one that takes no value",
      ["generate", "api.yaml", "--check=maybe"],
      '--check is said or left out: it takes no "maybe"',
    ],
    ["one that cannot be denied", ["generate", "api.yaml", "--no-out"], "There is no option --no-out of generate."],
    [
      "one without its value",
      ["generate", "api.yaml", "--out", "--check"],
      "--out needs a value: Folder for the generated",
    ],
    ["one with an empty value", ["generate", "api.yaml", "--dates="], "--dates needs a value: string or Date."],
    ["standard input in a file's place", ["lint", "api.yaml", "--config", "-"], "--config needs a value"],
    [
      "a misspelt value",
      ["lint", "x", "--dates", "date"],
      '--dates takes string or Date, not "date"; did you mean "Date"?',
    ],
  ])("%s is told as such", async (_, argv, sentence) => {
    const { exit, words } = await run(...argv);
    expect(exit).toBe(2);
    expect(words).toContain(sentence);
  });

  test("all words that cannot be meant are told at once", async () => {
    const { words } = await run("generate", "api.yaml", "--chek", "--dates", "Dat", "--foo", "--foo");
    expect(words.split("\n")).toEqual([
      'There is no option --chek; did you mean "--check"?',
      '--dates takes string or Date, not "Dat"; did you mean "Date"?',
      "There is no option --foo of generate.",
      "actionwire --help says more.",
      "",
    ]);
  });

  test("what stands behind -- is a file", async () => {
    const here = folder({ "-chek": DOCUMENT });
    expect((await inFolder(here, () => run("generate", "--dry-run", "--out", "g", "--", "-chek"))).exit).toBe(0);
  });

  test("--help needs no other option to be right", async () => {
    const log = vi.spyOn(console, "log").mockImplementation(() => {}); // yargs prints help itself
    onTestFinished(() => log.mockRestore());
    expect((await run("lint", "--chek", "--help")).exit).toBe(0);
    expect(log.mock.lastCall?.[0]).toContain("--format");
  });

  test.each([
    ["--dryRun"],
    ["--no-strict", "--no-allowRemote", "--dryRun"],
    ["--check=true"],
    ["--no-strict", "--dry-run"],
    ["--no-implied-types", "--dry-run"],
    ["--impliedTypes=false", "--dry-run"],
  ])("%s is an option", async (...options) => {
    const here = folder({ "api.json": DOCUMENT });
    const { exit } = await run("generate", join(here, "api.json"), "--out", join(here, "g"), ...options);
    expect([exit, readdirSync(here)]).toEqual([options.includes("--check=true") ? 1 : 0, ["api.json"]]);
  });

  test.each([
    ["--out that is a file", ["--out", "taken"], "--out", "taken"],
    ["--out below a file", ["--out", "taken/a/b"], "--out", "taken"],
    ["--routes below a file", ["--out", "g", "--routes", "taken/routes.ts"], "--routes", "taken"],
  ])("%s: exit code 2, a sentence that names the option and the path, nothing written", async (_, options, option, file) => {
    const here = folder({ "api.json": DOCUMENT, taken: "a file in the way" });
    const argv = options.map((word) => (word.startsWith("--") ? word : join(here, word)));
    const { exit, words } = await run("generate", join(here, "api.json"), ...argv);
    expect(exit).toBe(2);
    expect(words).toContain(`${option} ${argv.at(-1)} cannot be written: ${join(here, file)} is a file, not a folder`);
    expect(words).not.toMatch(/ENOTDIR|EEXIST|^\s+at /m);
    expect(readdirSync(here).sort()).toEqual(["api.json", "taken"]);
  });

  test.skipIf(!existsSync("/proc/self"))("a folder that cannot be is told with its option", async () => {
    const here = folder({ "api.json": DOCUMENT });
    const { exit, words } = await run("generate", join(here, "api.json"), "--out", "/proc/nobody/here");
    expect(exit).toBe(2);
    expect(words).toContain("--out /proc/nobody/here cannot be written: no folder can be made there");
  });

  test("a name that is too long is told with its option", async () => {
    const here = folder({ "api.json": DOCUMENT });
    const { exit, words } = await run("generate", join(here, "api.json"), "--out", join(here, "x".repeat(300)));
    expect(exit).toBe(2);
    expect(words).toMatch(/--out .*x{300} cannot be written: the name is too long/);
  });

  const mayWriteAnywhere = process.getuid?.() === 0;
  if (mayWriteAnywhere)
    process.stderr.write("\nWhat is said of a folder that may not be written was NOT tried: root may write any.\n");
  test.skipIf(mayWriteAnywhere)("a folder that may not be written is told with its option", async () => {
    const here = folder({ "api.json": DOCUMENT });
    mkdirSync(join(here, "x"), { mode: 0o500 });
    const { exit, words } = await run("generate", join(here, "api.json"), "--out", join(here, "x/g"));
    expect(exit).toBe(2);
    expect(words).toContain(`--out ${join(here, "x/g")} cannot be written: this user may not write there`);
  });
});

describe("how schemas are read", () => {
  const timed = (format: string) =>
    JSON.stringify({
      ...JSON.parse(asyncapi3({ receive: { a: message({}) } })),
      components: {
        messages: {
          a: { payload: { schemaFormat: format, schema: { type: "string", format: "date-time" } } },
        },
      },
    });
  const older = "application/schema+json;version=draft-07";
  const newer = "application/schema+json;version=draft-2020-12";

  test.each([
    ["as draft-07 says", older, [], {}, true],
    ["as draft 2020-12 says", newer, [], {}, false],
    ["by a flag: asserted", newer, ["--formats", "asserted"], {}, true],
    ["by a flag: annotated", older, ["--formats", "annotated"], {}, false],
    ["by the configuration", newer, [], { formats: "asserted" }, true],
    ["by a flag that wins over it", newer, ["--formats", "annotated"], { formats: "asserted" }, false],
  ])("formats refuse values, or do not: %s", async (_, format, flags, config, refuses) => {
    const here = folder({ "api.json": timed(format), "c.json": JSON.stringify(config) });
    const argv = ["generate", join(here, "api.json"), "--out", join(here, "g"), "--config", join(here, "c.json")];
    expect((await run(...argv, ...flags)).exit).toBe(0);
    expect(readFileSync(join(here, "g/validators.ts"), "utf8").includes("date-time")).toBe(refuses);
  });

  test.each([
    ["--formats", "checked", "asserted"],
    ["--errors", "some", "first"],
  ])("%s %s is none of what it may be", async (flag, value, choice) => {
    const here = folder({ "api.json": DOCUMENT });
    const { exit, words } = await run("generate", join(here, "api.json"), "--out", join(here, "g"), flag, value);
    expect(exit).toBe(2);
    expect(words).toContain(choice);
  });

  test("--help says how to read them by the letter", async () => {
    const said: string[] = [];
    const log = vi.spyOn(console, "log").mockImplementation((text: string) => void said.push(text));
    onTestFinished(() => log.mockRestore());
    await run("generate", "--help");
    expect(said.join("\n")).toMatch(/^ +--no-implied-types +Read schemas by the letter/m);
    expect(said.join("\n")).not.toMatch(/^ +--implied-types/m);
  });
});

describe("many warnings", () => {
  const patterns = Object.fromEntries(
    Array.from({ length: 6 }, (_, index) => [`p${index}`, { type: "string", pattern: "(?i)x" }]),
  );
  const many = asyncapi3({ receive: { a: message({ ...patterns, f: { type: "string", format: "sausage" } }) } });

  test("are counted whole, and a few of each kind are shown", async () => {
    const here = folder({ "api.json": many });
    const { words } = await run("generate", join(here, "api.json"), "--out", join(here, "g"));
    expect(words.match(/ warning bad-pattern /g)).toHaveLength(3);
    expect(words).toContain("… and 3 more of bad-pattern");
    expect(words).toContain("7 warnings, 4 shown; --verbose shows all");
  });

  test("are all shown with --verbose", async () => {
    const here = folder({ "api.json": many });
    const { words } = await run("generate", join(here, "api.json"), "--out", join(here, "g"), "--verbose");
    expect(words.match(/ warning bad-pattern /g)).toHaveLength(6);
    expect(words).toMatch(/^7 warnings$/m);
    expect(words).not.toContain("more of");
  });

  test("that are errors are all shown", async () => {
    const here = folder({ "api.json": many });
    const { exit, words } = await run("generate", join(here, "api.json"), "--out", join(here, "g"), "--strict");
    expect(exit).toBe(2);
    expect(words).toMatch(/^7 errors$/m);
  });
});
