import { existsSync, readdirSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { inFolder, type Ran, run } from "./support/command.js";
import { folder } from "./support/documents.js";

const DOCUMENT = `actionwire: 1
title: T
version: 1.0.0
servers: { live: ws://api.example.com }
actions:
  say:
    from: client
    payload: { type: object, required: [text], properties: { text: { type: string } } }
`;

async function lint(config: object, ...argv: string[]): Promise<Ran & { here: string }> {
  const here = folder({ "api.yaml": DOCUMENT, "actionwire.config.json": JSON.stringify(config) });
  return { ...(await inFolder(here, () => run("lint", "api.yaml", ...argv))), here };
}

const json = (text: string) => JSON.parse(text) as { findings: { rule: string; severity: string }[] }; // as its schema says

describe("actionwire lint", () => {
  test("prints what will hurt as its result, and exits with 0 where none of it is an error", async () => {
    const { exit, out, words } = await lint({});
    expect(exit).toBe(0);
    expect(out).toContain("api.yaml:4:18 warning insecure-server");
    expect(out).toContain("note undocumented");
    expect(words).toBe("");
  });

  test("takes levels from the configuration, of what generate warns of as well, and exits with 1 for an error", async () => {
    const rules = { "insecure-server": "error", undocumented: "off", "closed-enum": "note" };
    const { exit, out } = await lint({ rules }, "--format", "json");
    expect(exit).toBe(1);
    const found = Object.fromEntries(json(out).findings.map(({ rule, severity }) => [rule, severity]));
    expect(found).toHaveProperty("insecure-server", "error");
    expect(found).not.toHaveProperty("undocumented");
  });

  test("counts warnings as errors where it is to be strict", async () => {
    expect((await lint({ strict: true })).exit).toBe(1);
    expect((await lint({ strict: true, rules: { "insecure-server": "note" } })).exit).toBe(0);
  });

  test("with --quiet prints errors alone", async () => {
    expect(await lint({}, "--quiet")).toMatchObject({ exit: 0, out: "", words: "" });
  });

  test("tells a document that cannot be used as such", async () => {
    const here = folder({ "api.yaml": DOCUMENT.replace("from:", "frm:") });
    const { exit, out } = await run("lint", join(here, "api.yaml"));
    expect(exit).toBe(2);
    expect(out).toContain("api.yaml:7:5 error unknown-key");
  });
});

describe("formats", () => {
  test("go to several files at once, and words to the terminal all the same", async () => {
    const files = ["--format", "sarif:out/a.sarif", "--format", "junit:out/a.xml", "--format", "gitlab:out/a.json"];
    const { out, here } = await lint({}, ...files);
    expect(out).toContain("insecure-server");
    expect(JSON.parse(readFileSync(join(here, "out/a.sarif"), "utf8"))).toHaveProperty("version", "2.1.0");
    expect(readFileSync(join(here, "out/a.xml"), "utf8")).toMatch(/^<\?xml/);
    expect(JSON.parse(readFileSync(join(here, "out/a.json"), "utf8"))).toHaveProperty([0, "check_name"]);
  });

  test("come from the configuration; a flag wins", async () => {
    expect(json((await lint({ format: "json" })).out).findings.length).toBeGreaterThan(0);
    expect((await lint({ format: "json" }, "--format", "github")).out).toMatch(/^::warning file=api\.yaml,line=4,/m);
  });

  test("leave standard output to a machine: what generate says to people is elsewhere", async () => {
    const here = folder({ "api.yaml": DOCUMENT });
    const argv = ["generate", "api.yaml", "--out", "g", "--format", "json"];
    const { out, words } = await inFolder(here, () => run(...argv));
    expect(json(out)).toMatchObject({ command: "generate", findings: [] });
    expect(words).toContain("6 written");
  });

  describe("are refused, and nothing is written, where they would take the place of", () => {
    const FILES = {
      "api.yaml": `${DOCUMENT}  shout: { from: client, payload: { $ref: common.yaml } }\n`,
      "common.yaml": "type: object\n",
      "actionwire.config.json": JSON.stringify({ out: "g", routes: "routes.txt" }),
      "routes.txt": "// mine\n",
      "g/.actionwire.json": "{}\n",
    };
    const broken = { "common.yaml": "type: objec\n" };

    test.each<[what: string, file: string, changed?: Readonly<Record<string, string>>]>([
      ["the document", "api.yaml"],
      ["the document by another name", "link.yaml"],
      ["a file that it refers to", "common.yaml"],
      ["one that is wrong", "common.yaml", broken],
      ["the configuration", "actionwire.config.json"],
      ["a configuration that is wrong", "actionwire.config.json", { "actionwire.config.json": "{" }],
      ["the manifest", "g/.actionwire.json"],
      ["a file that is generated", "g/client.ts"],
      ["one, where the configuration is wrong", "g/client.ts", { "actionwire.config.json": "{" }],
      ["the routes", "routes.txt"],
      ["a program", "src/main.mjs"],
    ])("%s", async (_, file, changed = {}) => {
      const files = { ...FILES, ...changed };
      const here = folder(files);
      symlinkSync("api.yaml", join(here, "link.yaml"));
      for (const command of [["lint"], ["generate"], ["generate", "--print-contract"], ["generate", "--check"]]) {
        const argv = [...command, "api.yaml", "--format", `json:${file}`];
        const { exit, words } = await inFolder(here, () => run(...argv));
        expect(words, command.join(" ")).toContain(`--format cannot write to ${file}: `);
        expect(exit).toBe(2);
      }
      expect(readdirSync(here).sort()).toEqual(
        [...new Set([...Object.keys(files).map((name) => name.split("/")[0]), "link.yaml"])].sort(),
      );
      for (const [name, text] of Object.entries(files)) expect(readFileSync(join(here, name), "utf8")).toBe(text);
      expect(readdirSync(join(here, "g"))).toEqual([".actionwire.json"]);
    });

    test.each<[what: string, file: string, files: Readonly<Record<string, string>>]>([
      [
        "the document that a wrong configuration names",
        "api.yaml",
        { "actionwire.config.json": '{"document":"api.yaml","outt":"g"}' },
      ],
      [
        "the routes that a wrong configuration names",
        "routes.txt",
        { "actionwire.config.json": '{"routes":"routes.txt","strct":true}' },
      ],
      [
        "a file, where two configurations contradict each other",
        "routes.txt",
        { "actionwire.config.mjs": "export default {};" },
      ],
      [
        "another contract's document",
        "other.yaml",
        { "actionwire.config.json": '{"contracts":{"a":{"document":"api.yaml"},"b":{"document":"other.yaml"}}}' },
      ],
      ["a program that a link leads to", "link.json", {}],
    ])("%s", async (_, file, changed) => {
      const files = { ...FILES, "other.yaml": DOCUMENT, "helper.ts": "// mine\n", ...changed };
      const here = folder(files);
      symlinkSync("helper.ts", join(here, "link.json"));
      for (const argv of [["lint"], ["lint", "a"], ["lint", "api.yaml"], ["generate", "api.yaml", "--check"]]) {
        const { exit, words } = await inFolder(here, () => run(...argv, "--format", `json:${file}`));
        expect(words, argv.join(" ")).toMatch(/--format cannot write to |Name a document|no-document|no file/);
        expect(exit).toBe(2);
      }
      for (const [name, text] of Object.entries(files)) expect(readFileSync(join(here, name), "utf8")).toBe(text);
    });

    test("each other", async () => {
      const { exit, words } = await lint({}, "--format", "json:a", "--format", "sarif:./a");
      expect(exit).toBe(2);
      expect(words).toContain("--format cannot write to ./a: another report goes there. Name another file.");
    });
  });

  describe("are not written, which is told beside the findings,", () => {
    const taken = "below api.yaml";
    const nowhere = "where no folder can be made";
    test.each([
      [taken, "api.yaml/report.json", /api\.yaml\/report\.json: \S*api\.yaml is a file, not a folder\./],
      [nowhere, "/proc/nobody/here/report.json", /here\/report\.json: no folder can be made there\./],
    ])("%s", async (where, file, why) => {
      if (where === nowhere && !existsSync("/proc/self")) return; // no Linux
      for (const config of [{}, { outt: "g" }]) {
        const { exit, out, words } = await lint(config, "--format", `json:${file}`, "--format", "text");
        expect(exit).toBe(2);
        expect(words).toMatch(why);
        expect((out + words).match(/insecure-server|unknown-key/g)).toHaveLength(1);
      }
    });
  });

  test("take the place of what they said before", async () => {
    const here = folder({ "api.yaml": DOCUMENT });
    const twice = () => inFolder(here, () => run("lint", "api.yaml", "--format", "json:g/report.json"));
    expect([(await twice()).exit, (await twice()).exit]).toEqual([0, 0]);
  });

  test("in the configuration have files beside it", async () => {
    const here = folder({ "api.yaml": DOCUMENT, "conf/c.json": JSON.stringify({ format: "json:found.json" }) });
    await inFolder(here, () => run("lint", "api.yaml", "--config", "conf/c.json"));
    expect(json(readFileSync(join(here, "conf/found.json"), "utf8")).findings.length).toBeGreaterThan(0);
  });

  test("that are misspelt do not hide what else is wrong", async () => {
    const { exit, words } = await lint({ outt: "g" }, "--format", "jsn");
    expect(exit).toBe(2);
    expect(words).toContain("unknown-key");
    expect(words).not.toMatch(/^\s+at /m);
  });

  test("tell of a configuration that cannot be used as of all else", async () => {
    const { exit, out } = await lint({ outt: "g" }, "--format", "json");
    expect(exit).toBe(2);
    expect(json(out).findings).toMatchObject([{ rule: "unknown-key" }]);
  });

  test.each([
    [["--format", "xml"], 'There is no format "xml"'],
    [["--format", "jsno"], 'did you mean "json"?'],
    [["--format", "json", "--format", "github"], "Only one format can be printed"],
  ])("that cannot be: %s", async (argv, told) => {
    const { exit, words } = await lint({}, ...argv);
    expect(exit).toBe(2);
    expect(words).toContain(told);
  });
});

test("actionwire explain says what a rule means, and knows what a misspelt one is called", async () => {
  expect((await run("explain", "insecure-server")).out).toContain("What to do: Say protocol: wss.");
  expect((await run("explain")).out).toContain("  insecure-server ");
  const { exit, words } = await run("explain", "insecure-sever");
  expect(exit).toBe(2);
  expect(words).toContain('did you mean "insecure-server"?');
});
