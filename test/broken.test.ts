/** What is told of broken inputs: each defect once, where its author mends it, and nothing is written. */
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, statSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join, relative, resolve } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { main } from "../generator/cli/main.js";
import { BROKEN } from "./support/broken.js";
import { folder } from "./support/documents.js";
import { ROOT } from "./support/examples.js";

const FIXTURES = join(ROOT, "test/fixtures/broken");

/** A problem as it is read off a terminal. */
interface Shown {
  readonly place: string;
  /** What the caret is under; undefined without a code frame. */
  readonly token: string | undefined;
  readonly rule: string;
  readonly text: string;
}

interface Run {
  readonly exit: number;
  readonly words: string;
  readonly shown: readonly Shown[];
}

/** Generates, and holds what is promised of every broken input. */
async function refused(document: string, ...args: string[]): Promise<readonly Shown[]> {
  const out = join(folder(), "generated");
  const { exit, words, shown } = await run(document, "--out", out, ...args);
  expect(exit, words).toBe(2);
  expect(words).not.toMatch(/^\s+at \S+ \(|mistake of actionwire/m);
  expect(existsSync(out)).toBe(false);
  return shown;
}

async function run(...args: string[]): Promise<Run> {
  const said: string[] = [];
  const say = (text: string): number => said.push(text);
  const exit = await main(["generate", ...args], { print: say, say, color: false });
  const words = said.join("\n");
  return { exit, words, shown: words.split("\n\n").flatMap(read) };
}

function read(block: string): Shown[] {
  const [head = "", ...lines] = block.split("\n");
  const [, place = "", rule] = /^(?:(\S+:\d+:\d+) )?(?:error|warning|note) ([a-z0-9-]+) {2}/.exec(head) ?? [];
  if (rule === undefined) return [];
  const caret = lines.findIndex((line) => /^ +\| +\^+$/.test(line));
  const marks = lines[caret] ?? "";
  const token = caret < 1 ? undefined : (lines[caret - 1] ?? "").slice(marks.indexOf("^"), marks.length).trim();
  return [{ place, token, rule, text: block }];
}

/** `rule place` of each, places without the folder. */
function brief(shown: readonly Shown[], here: string): string[] {
  return shown.map(({ rule, place }) => [rule, place && relative(here, resolve(place))].join(" ").trim());
}

const traces = (): string[] => readdirSync(FIXTURES, { recursive: true }).map(String);
const before = traces();
afterAll(() => expect(traces()).toEqual(before));

describe("of a file that is broken", () => {
  test.each(BROKEN)("$name", async ({ name, args, told }) => {
    const shown = await refused(join(FIXTURES, name), ...args);
    const place = (at: string): string => (at === "" || at.split(":").length > 2 ? at : `${name}:${at}`);
    const here = `${relative(process.cwd(), FIXTURES)}/`;
    expect(shown.map((one) => [one.place.replace(here, ""), one.token ?? "none", one.rule])).toEqual(
      told.map((one) => [place(one.place), one.token, one.rule]),
    );
    for (const [index, { words }] of told.entries()) expect(shown[index]?.text).toContain(words);
  });

  test("all have their line in the table", () => {
    const files = readdirSync(FIXTURES, { withFileTypes: true }).filter((entry) => entry.isFile());
    expect(files.map(({ name }) => name).sort()).toEqual(BROKEN.map(({ name }) => name).sort());
  });
});

const INFO = "asyncapi: 3.0.0\ninfo: { title: Broken, version: 1.0.0 }\n";

/** A document whose one payload is in another file. */
const referring = (ref: string): string =>
  `${INFO}channels:\n  chat:\n    address: /\n    messages:\n      hello:\n        payload: { $ref: ${JSON.stringify(ref)} }\n` +
  'operations: { hear: { action: receive, channel: { $ref: "#/channels/chat" } } }\n';

describe("of what is no file to read", () => {
  test.each([
    ["a folder", "here", (path: string) => mkdirSync(path), "is-directory"],
    ["a pipe, which nobody waits for", "pipe.yaml", (path: string) => execFileSync("mkfifo", [path]), "not-a-file"],
    ["a link to itself", "link.yaml", (path: string) => symlinkSync(path, path), "unreadable-file"],
    ["100 MB", "big.yaml", (path: string) => hollow(path, 100 * 1024 * 1024), "too-big"],
    ["zeros", "zeros.yaml", (path: string) => hollow(path, 100), "binary-file"],
  ])("%s: as a document by its name, behind a reference at the reference", async (_, name, make, rule) => {
    const here = folder({ "api.yaml": referring(name) });
    make(join(here, name));
    const [shown, ...others] = await refused(join(here, name));
    expect([shown?.rule, shown?.place, others]).toEqual([rule, "", []]);
    expect(shown?.text).toContain(name);
    expect(brief(await refused(join(here, "api.yaml")), here)).toEqual([`${rule} api.yaml:8:26`]);
  });

  test("a name that nearly is that of a file", async () => {
    const here = folder({ "chat.yaml": INFO });
    const shown = await refused(join(here, "caht.yaml"));
    expect(brief(shown, here)).toEqual(["missing-file"]);
    expect(shown[0]?.text).toContain('did you mean "chat.yaml"?');
    expect(brief(await refused("C:\\work\\chat.yaml"), here)).toEqual(["missing-file"]);
  });
});

function hollow(path: string, size: number): void {
  writeFileSync(path, "");
  truncateSync(path, size);
}

describe("of what would take for ever", () => {
  test.each([
    ["lists in lists", `${"[".repeat(100_000)}`, "too-deep", "1:258"],
    ["maps in maps", `${'{"a":'.repeat(100_000)}`, "too-deep", "1:1286"],
    [
      "aliases of aliases",
      `${INFO}x0: &x0 [1, 1]\n${levels((i) => `&x${i} [*x${i - 1}, *x${i - 1}]`)}`,
      "alias-bomb",
      "18:12",
    ],
    [
      "merges of merges",
      `${INFO}x0: &x0 { a: 1 }\n${levels((i) => `&x${i} { <<: [*x${i - 1}, *x${i - 1}], b: *x${i - 1} }`)}`,
      "alias-bomb",
      "13:23",
    ],
  ])("%s", async (_, text, rule, place) => {
    const here = folder({ "api.yaml": text });
    expect(brief(await refused(join(here, "api.yaml")), here)).toEqual([`${rule} api.yaml:${place}`]);
  });

  test("a chain of more files than a document may have", async () => {
    const parts = Array.from({ length: 1001 }, (_, i) => [`p${i}.yaml`, `$ref: p${i + 1}.yaml\n`] as const);
    const here = folder({ "api.yaml": referring("p0.yaml"), ...Object.fromEntries(parts) });
    expect(brief(await refused(join(here, "api.yaml")), here)).toEqual(["too-many-files p998.yaml:1:7"]);
  });
});

/** `x1: …` to `x40: …`, each by what it is made of. */
function levels(of: (index: number) => string): string {
  return Array.from({ length: 40 }, (_, index) => `x${index + 1}: ${of(index + 1)}\n`).join("");
}

describe("of what a document may not reach", () => {
  test("a remote reference, which nobody fetches", async () => {
    let asked = 0;
    const server = createServer((_, response) => {
      asked++;
      response.end("type: object");
    });
    server.on("connection", () => asked++);
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    const { port } = server.address() as AddressInfo; // listening on a port, as just awaited
    try {
      const here = folder({ "api.yaml": referring(`http://127.0.0.1:${port}/hello.yaml`) });
      expect(brief(await refused(join(here, "api.yaml")), here)).toEqual(["remote-ref api.yaml:8:26"]);
      expect(asked).toBe(0);
    } finally {
      server.close();
    }
  });

  test("a file outside, by its name and by a link", async () => {
    const here = folder({ "secret.yaml": "password: secret\n", "in/api.yaml": referring("../secret.yaml") });
    writeFileSync(join(here, "in/other.yaml"), referring("link.yaml"));
    symlinkSync(join(here, "secret.yaml"), join(here, "in/link.yaml"));
    for (const name of ["api.yaml", "other.yaml"]) {
      const shown = await refused(join(here, "in", name));
      expect(brief(shown, join(here, "in"))).toEqual([`outside-root ${name}:8:26`]);
      expect(shown[0]?.text).not.toContain("password");
    }
  });
});

describe("of other texts than UTF-8", () => {
  const text = `${INFO}channels: { chat: 5 }\n`;

  test("UTF-16 with its mark: the column is that of the text", async () => {
    const path = join(folder(), "api.yaml");
    writeFileSync(path, Buffer.from(`\ufeff${text}`, "utf16le"));
    expect(brief(await refused(path), join(path, ".."))).toEqual(["wrong-type api.yaml:3:19"]);
  });

  test("UTF-16 without it", async () => {
    const path = join(folder(), "api.yaml");
    writeFileSync(path, Buffer.from(text, "utf16le"));
    expect(brief(await refused(path), "")).toEqual(["binary-file"]);
  });

  test("a character that stands for what could not be read, and was written so, is none", async () => {
    const path = join(folder(), "api.yaml");
    writeFileSync(path, Buffer.concat([Buffer.from("a: \ufffd\nb: "), Buffer.from([0xe9, 0x0a])]));
    expect(brief(await refused(path), join(path, ".."))).toEqual(["not-utf8 api.yaml:2:4"]);
  });
});

describe("of options", () => {
  const good = `${referring("#/components/schemas/Hello")}components: { schemas: { Hello: { type: object } } }\n`;

  test("--out that is a file", async () => {
    const here = folder({ "api.yaml": good, generated: "mine\n" });
    const { exit, shown, words } = await run(join(here, "api.yaml"), "--out", join(here, "generated"));
    expect([exit, shown.map(({ rule }) => rule)], words).toEqual([2, ["out-path"]]);
    expect(statSync(join(here, "generated")).size).toBe(5);
  });

  test("a configuration that is not there, or is broken", async () => {
    const here = folder({
      "api.yaml": good,
      "c.json": '{ "out": "g", "perspective": "sever" }',
      "d.json": '{ "out": ',
    });
    const config = (name: string) => refused(join(here, "api.yaml"), "--config", join(here, name));
    expect(brief(await config("b.json"), here)).toEqual(["missing-file"]);
    expect(brief(await config("c.json"), here)).toEqual(["unknown-value c.json:1:30"]);
    expect(brief(await config("d.json"), here)).toEqual(["syntax d.json:1:1"]);
  });
});

describe("what only looks broken is read", () => {
  const document = JSON.stringify(
    { asyncapi: "3.0.0", info: { title: "T", version: "1" }, channels: {} },
    undefined,
    1,
  );
  const pattern = (text: string): string =>
    `${referring("#/components/schemas/Day")}components: { schemas: { Day: { type: string, pattern: '${text}' } } }\n`;

  test.each([
    ["a byte order mark", `\ufeff${document}`],
    ["CRLF", document.replaceAll("\n", "\r\n")],
    ["a comma behind the last member", document.replace(/\n\}$/, ",\n}")],
    ["single quotes", document.replaceAll('"', "'")],
    ["an address with // in it", document.replace('"T"', '"see https://example.com/*"')],
    ["an escape that needs none", pattern("^\\d+\\-\\d+$")],
  ])("%s", async (_, text) => {
    const here = folder({ "api.yaml": text });
    const { exit, words } = await run(join(here, "api.yaml"), "--out", join(here, "g"));
    expect(exit, words).toBe(0);
    expect(words).not.toMatch(/bad-pattern|syntax/);
  });
});
