import { mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Node } from "../generator/document.js";
import { type LoadOptions, load } from "../generator/load/load.js";
import { InputError, type Problem, Problems } from "../generator/problem.js";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "actionwire-load-"));
});
afterAll(() => rm(folder, { recursive: true }));

/** Writes files beside each other and loads the first. */
async function loadText(
  files: Record<string, string | Uint8Array>,
  options: LoadOptions = {},
): Promise<[Node, readonly Problem[]]> {
  const own = await mkdtemp(join(folder, "doc-"));
  for (const [name, text] of Object.entries(files)) await writeFile(join(own, name), text);
  return loaded(join(own, Object.keys(files)[0] ?? ""), options);
}

/** Loads, and fails as a run does that needs every reference. */
async function loaded(path: string, options: LoadOptions): Promise<[Node, readonly Problem[]]> {
  const problems = new Problems();
  const root = await load(path, options, problems);
  problems.throwIfErrors();
  return [root, problems.all];
}

/** `rule line:column hint` of every problem. */
async function failures(path: string, options: LoadOptions = {}): Promise<string[]> {
  try {
    await loaded(path, options);
    return [];
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return error.problems.map(({ rule, place, hint }) => {
      const at = place?.file.position(place.path);
      return [rule, at && `${place?.file.path}:${at.line}:${at.column}`, hint].filter(Boolean).join(" | ");
    });
  }
}

describe("a bracket or brace that is not closed is said so, where it opens", () => {
  const closing = (mark: string): string => `a closing "${mark}" is missing`;
  test.each([
    ["before further keys", "asyncapi: 3.0.0\ninfo:\n  version: [\n  title: T\nchannels: {}\n", "3:12", "]"],
    ["before keys further out", "asyncapi: 3.0.0\ninfo: {\n  title: T\n  version: 1\nchannels: {}\n", "2:7", "}"],
    ["before further items", "a:\n  - {x: 1\n  - {y: 2}\n", "2:5", "}"],
    ["inside of one that is", "a: {b: [1, 2}\nc: 1\n", "1:8", "]"],
    ["at the end", "a: [1, {b: 2}", "1:4", "]"],
  ])("%s", async (_, text, place, mark) => {
    const own = await mkdtemp(join(folder, "doc-"));
    await writeFile(join(own, "a.yaml"), text);
    expect(await failures(join(own, "a.yaml"))).toEqual([`syntax | a.yaml:${place} | ${closing(mark)}`]);
  });
});

test("a reference is followed into another file, and through other references to a direct path", async () => {
  const [root, problems] = await loadText({
    "a.yaml": "x: { $ref: 'b.yaml#/one/inner' }\ny: { inner: { deep: 1 } }\n",
    "b.yaml": "one: { $ref: 'a.yaml#/y' }\n",
  });
  expect(problems).toEqual([]);
  expect(root.get("x")?.at).toBe("a.yaml#/y/inner");
  expect(root.get("x")?.value).toEqual({ deep: 1 });
});

test("what stands under example, default, const, enum or x- is data, unless it is a name", async () => {
  const data = "{ $ref: '#/nowhere' }";
  const keys = ["example", "examples", "default", "const", "enum", "x-any"]
    .map((key) => `  ${key}: ${data}\n`)
    .join("");
  await loadText({ "a.yaml": `schema:\n${keys}` });
  await expect(loadText({ "a.yaml": `schema:\n  properties:\n    default: ${data}\n` })).rejects.toThrow(
    "dangling-ref",
  );
});

test("an unescaped slash in a pointer is guessed, with one warning for the file", async () => {
  const [root, problems] = await loadText({
    "a.yaml": "/v1/talk: { a/b: 1 }\nx: { $ref: '#//v1/talk/a/b' }\ny: { $ref: '#//v1/talk' }\n",
  });
  expect(root.get("x")?.at).toBe("a.yaml#/~1v1~1talk/a~1b");
  expect(problems.map(({ rule, severity }) => [rule, severity])).toEqual([["unescaped-pointer", "warning"]]);
});

test("pointers are percent-decoded, then unescaped", async () => {
  const [root] = await loadText({
    "a.yaml": "a~1: { 'b c': 1 }\n'50%': 2\nx: { $ref: '#/a~01/b%20c' }\ny: { $ref: '#/50%' }\n",
  });
  expect([root.get("x")?.value, root.get("y")?.value]).toEqual([1, 2]);
});

test("merge keys bring members that the map itself does not have", async () => {
  const [root] = await loadText({ "a.yaml": "a: &a { x: 1, y: 2 }\nb:\n  <<: *a\n  y: 3\n" });
  expect(root.get("b")?.value).toEqual({ x: 1, y: 3 });
  expect(root.file.position(["b", "x"])).toEqual({ line: 3, column: 3 });
});

test("keys keep their text, and prototypes are out of reach", async () => {
  const [root] = await loadText({
    "a.yaml": "1.10: a\nno: b\n__proto__: { polluted: true }\nconstructor: { prototype: 1 }\n",
  });
  expect(Object.keys(root.value as object)).toEqual(["1.10", "no", "__proto__", "constructor"]); // a map, as written
  expect(root.get("__proto__")?.value).toEqual({ polluted: true });
  expect("polluted" in {}).toBe(false);
  await expect(loadText({ "a.yaml": "x: { $ref: '#/toString' }" })).rejects.toThrow("dangling-ref");
});

test.each([
  ["a byte order mark and CRLF", new TextEncoder().encode("\ufeffa: 1\r\nb:\r\n  c: 2\r\n")],
  ["UTF-16", Buffer.from("\ufeffa: 1\nb:\n  c: 2\n", "utf16le")],
  ["JSON indented with tabs", '{\n\t"a": 1,\n\t"b": {\n\t\t"c": 2\n\t}\n}'],
])("%s is read", async (_, bytes) => {
  const [root] = await loadText({ "a.yaml": bytes });
  expect(root.value).toEqual({ a: 1, b: { c: 2 } });
});

test("positions are those of keys, of list items, and of the nearest ancestor of what is not there", async () => {
  const [{ file }] = await loadText({ "a.yaml": "a:\n  b:\n    - 1\n    - c: 2\n" });
  expect(file.position(["a", "b"])).toEqual({ line: 2, column: 3 });
  expect(file.position(["a", "b", 1])).toEqual({ line: 4, column: 7 });
  expect(file.position(["a", "b", 1, "nope", "deeper"])).toEqual({ line: 4, column: 7 });
  expect(file.position([])).toEqual({ line: 1, column: 1 });
});

test("a file address is a path too", async () => {
  await writeFile(join(folder, "a b.yaml"), "a: 1");
  const root = await load(pathToFileURL(join(folder, "a b.yaml")).href, {}, new Problems());
  expect(root.at).toBe("a b.yaml#");
});

test("a link inside of the root that leads outside is refused, until the root is widened", async () => {
  const inner = await mkdtemp(join(folder, "inner-"));
  await writeFile(join(folder, "secret.yaml"), "a: 1");
  await symlink(join(folder, "secret.yaml"), join(inner, "link.yaml"));
  await writeFile(join(inner, "a.yaml"), "x: { $ref: 'link.yaml#/a' }");
  expect((await failures(join(inner, "a.yaml"))).map((line) => line.slice(0, 12))).toEqual(["outside-root"]);
  expect(await failures(join(inner, "a.yaml"), { root: folder })).toEqual([]);
});

test("remote references are fetched where allowed, and what a server sends refers to no file here", async () => {
  const server = createServer((request, response) => {
    if (request.url === "/gone") response.statusCode = 404;
    response.end(
      request.url === "/evil" ? `x: { $ref: '${pathToFileURL(join(folder, "a.yaml")).href}' }` : "x: { type: string }",
    );
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`; // listening on a port, as just awaited
  try {
    const [root] = await loadText({ "a.yaml": `x: { $ref: '${base}/good#/x' }` }, { allowRemote: true });
    expect(root.get("x")?.value).toEqual({ type: "string" });
    const rules = async (path: string): Promise<string> =>
      loadText({ "a.yaml": `x: { $ref: '${base}/${path}#/x' }` }, { allowRemote: true }).then(
        () => "",
        (error: InputError) => error.problems.map(({ rule }) => rule).join(),
      );
    expect(await rules("gone")).toBe("remote-failed");
    expect(await rules("evil")).toBe("outside-root");
  } finally {
    server.close();
  }
});

test("long chains and wide maps of references take no quadratic time", async () => {
  const chain = Array.from({ length: 10_000 }, (_, i) => `a${i + 1}: { $ref: '#/a${i}' }`).join("\n");
  const started = performance.now();
  await loadText({ "a.yaml": `a0: 1\n${chain}\n` });
  expect(performance.now() - started).toBeLessThan(30_000); // a square of it is minutes
});

// https://json-schema.org/draft/2020-12/json-schema-core#section-8.2, and draft-04 and draft-07's ways of it
test.each([
  ["an anchor", "#it", "$anchor: it"],
  ["an $id that is a fragment", "#it", '$id: "#it"'],
  ["an id of draft-04", "#it", 'id: "#it"'],
  ["an address", "https://example.com/it.json", '$id: "https://example.com/it.json"'],
  ["an address and a pointer", "https://example.com/it.json#/properties/a", '$id: "https://example.com/it.json#"'],
])("a reference means the schema that calls itself so: %s", async (_, ref, name) => {
  const it = `{ ${name}, type: object, properties: { a: { type: object } } }`;
  const document = `asyncapi: 3.0.0\na: { $ref: "${ref}" }\nb: { default: ${it} }\nc: ${it}`;
  const [root, problems] = await loadText({ "a.yaml": document });
  expect(problems).toEqual([]);
  expect(root.get("a")?.at).toBe(ref.includes("/properties/") ? "a.yaml#/c/properties/a" : "a.yaml#/c");
});

test("a name in another file is found there, and one that nobody has is an error", async () => {
  const [root] = await loadText({ "a.yaml": 'a: { $ref: "b.yaml#it" }', "b.yaml": "x: { $anchor: it }" });
  expect(root.get("a")?.at).toBe("b.yaml#/x");
  await expect(loadText({ "a.yaml": 'a: { $ref: "#it" }\nx: { enum: [{ $anchor: it }] }' })).rejects.toMatchObject({
    problems: [{ rule: "dangling-ref" }],
  });
});
