/** Where references between schemas lead. https://json-schema.org/draft/2020-12/json-schema-core#section-8.2 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { keysOf, type Node } from "../generator/document.js";
import { type LoadOptions, load } from "../generator/load/load.js";
import { type Problem, Problems } from "../generator/problem.js";

type Files = Readonly<Record<string, unknown>>;

const draft = (name: string): object => ({ $schema: `http://json-schema.org/${name}/schema#` });
const d4 = draft("draft-04");
const d7 = draft("draft-07");
const later = { $schema: "https://json-schema.org/draft/2020-12/schema" };
const text = { type: "string" };
const X = "https://x.test";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "actionwire-references-"));
});
afterAll(() => rm(folder, { recursive: true }));

/** Writes files beside each other and loads the first. */
async function loaded(files: Files, options: LoadOptions = {}): Promise<[Node, readonly Problem[]]> {
  const own = await mkdtemp(join(folder, "doc-"));
  for (const [name, value] of Object.entries(files)) await writeFile(join(own, name), JSON.stringify(value));
  const problems = new Problems();
  return [await load(join(own, Object.keys(files)[0] ?? ""), options, problems), problems.all];
}

/** The node at a pointer, no reference followed. */
function at(root: Node, pointer: string): Node {
  const node = keysOf(pointer).reduce<Node | undefined>((node, key) => node?.raw(key), root);
  if (!node) throw new Error(`nothing at ${pointer}`);
  return node;
}

/** The reference that stands at a pointer, whichever it is, led from there. */
function led(root: Node, pointer: string): string | undefined {
  const node = at(root, pointer);
  const value = node.value as Readonly<Record<string, string>>; // a reference, by the table
  return node.follow(value["$ref"] ?? value["$dynamicRef"] ?? value["$recursiveRef"] ?? "")?.at;
}

/** What it is, the files, and where the references in the first file lead. */
type Case = readonly [what: string, files: Files, leads: Readonly<Record<string, string>>];

const cases: readonly Case[] = [
  [
    "a relative $id counts from the one around it",
    {
      "a.json": {
        ...later,
        $id: `${X}/root`,
        $defs: { n: { $id: "dir/n.json", $defs: { m: { $id: "m.json" } } } },
        anyOf: [{ $ref: "dir/n.json" }, { $ref: `${X}/dir/m.json` }, { $ref: "/dir/m.json" }, { $ref: "dir/m.json#" }],
      },
    },
    {
      "/anyOf/0": "a.json#/$defs/n",
      "/anyOf/1": "a.json#/$defs/n/$defs/m",
      "/anyOf/2": "a.json#/$defs/n/$defs/m",
      "/anyOf/3": "a.json#/$defs/n/$defs/m",
    },
  ],
  [
    "a reference counts from the schema it stands in",
    {
      "a.json": {
        ...later,
        $id: `${X}/a/`,
        $defs: {
          b: { $id: "b/", items: { $ref: "c.json" }, not: { $ref: "#" }, if: { $ref: "../d.json" } },
          c: { $id: "b/c.json" },
          d: { $id: "d.json" },
        },
      },
    },
    {
      "/$defs/b/items": "a.json#/$defs/c",
      "/$defs/b/not": "a.json#/$defs/b",
      "/$defs/b/if": "a.json#/$defs/d",
    },
  ],
  [
    "pointers cross into schemas with an $id, and count from the root of theirs",
    {
      "a.json": {
        ...later,
        $id: `${X}/a`,
        $defs: { b: { $id: "b", $defs: { c: { $id: "c", $defs: { t: text } } } } },
        anyOf: [{ $ref: "#/$defs/b/$defs/c/$defs/t" }, { $ref: "b#/$defs/c/$defs/t" }, { $ref: "c#/$defs/t" }],
      },
    },
    Object.fromEntries([0, 1, 2].map((i) => [`/anyOf/${i}`, "a.json#/$defs/b/$defs/c/$defs/t"])),
  ],
  [
    "an anchor is one of its own schema",
    {
      "a.json": {
        ...later,
        $id: `${X}/a`,
        $defs: { b: { $id: "b", allOf: [{ $id: "c", $anchor: "t" }, { $anchor: "t" }], not: { $ref: "#t" } } },
        anyOf: [{ $ref: "b#t" }, { $ref: "c#t" }],
      },
    },
    {
      "/anyOf/0": "a.json#/$defs/b/allOf/1",
      "/anyOf/1": "a.json#/$defs/b/allOf/0",
      "/$defs/b/not": "a.json#/$defs/b/allOf/1",
    },
  ],
  [
    "a $dynamicAnchor is an anchor too, for every kind of reference",
    {
      "a.json": {
        ...later,
        $defs: { t: { $dynamicAnchor: "t" } },
        anyOf: [{ $ref: "#t" }, { $dynamicRef: "#t" }, { $dynamicRef: "#/$defs/t" }, { $recursiveRef: "#" }],
      },
    },
    {
      "/anyOf/0": "a.json#/$defs/t",
      "/anyOf/1": "a.json#/$defs/t",
      "/anyOf/2": "a.json#/$defs/t",
      "/anyOf/3": "a.json#",
    },
  ],
  [
    "URNs and tags name schemas and places in them",
    {
      "a.json": {
        ...later,
        $id: "urn:uuid:deadbeef-1234",
        $defs: { t: { $anchor: "t" }, tag: { $id: "tag:x.test,2026:a", $defs: { u: text } } },
        anyOf: [
          { $ref: "urn:uuid:deadbeef-1234#t" },
          { $ref: "urn:uuid:deadbeef-1234#/$defs/t" },
          { $ref: "urn:uuid:deadbeef-1234" },
          { $ref: "tag:x.test,2026:a#/$defs/u" },
          { $ref: "#t" },
        ],
      },
    },
    {
      "/anyOf/0": "a.json#/$defs/t",
      "/anyOf/1": "a.json#/$defs/t",
      "/anyOf/2": "a.json#",
      "/anyOf/3": "a.json#/$defs/tag/$defs/u",
      "/anyOf/4": "a.json#/$defs/t",
    },
  ],
  [
    "a file that is read is found by what it calls itself",
    {
      "a.json": { ...later, $id: `${X}/a`, anyOf: [{ $ref: `${X}/b` }, { $ref: "b#t" }, { $ref: "other.json" }] },
      "other.json": { $id: `${X}/b`, $defs: { t: { $anchor: "t" } } },
    },
    { "/anyOf/0": "other.json#", "/anyOf/1": "other.json#/$defs/t", "/anyOf/2": "other.json#" },
  ],
  [
    "a relative $id in a file counts from the file's address",
    {
      "a.json": {
        anyOf: [{ $ref: "user.json" }, { $ref: "user.json#/$defs/t" }],
        $defs: { u: { $id: "user.json", $defs: { t: text } } },
      },
    },
    { "/anyOf/0": "a.json#/$defs/u", "/anyOf/1": "a.json#/$defs/u/$defs/t" },
  ],
  [
    "where nobody has the address, a reference counts from the file",
    {
      "a.json": { $id: `${X}/schemas/a.json`, items: { $ref: "b.json" }, not: { $ref: "./b.json#/$defs/t" } },
      "b.json": { $defs: { t: text } },
    },
    { "/items": "b.json#", "/not": "b.json#/$defs/t" },
  ],
  [
    "draft-07: an $id beside a $ref counts for nothing",
    {
      "a.json": {
        ...d7,
        $id: `${X}/base/`,
        definitions: { foo: { $id: `${X}/foo.json` }, baseFoo: { $id: "foo.json" } },
        allOf: [{ $id: `${X}/`, $ref: "foo.json" }],
      },
    },
    { "/allOf/0": "a.json#/definitions/baseFoo" },
  ],
  [
    "from 2019-09 it counts",
    {
      "a.json": {
        ...later,
        $id: `${X}/base/`,
        $defs: { foo: { $id: `${X}/foo.json` }, baseFoo: { $id: "foo.json" } },
        allOf: [{ $id: `${X}/`, $ref: "foo.json" }],
      },
    },
    { "/allOf/0": "a.json#/$defs/foo" },
  ],
  [
    "draft-07: an $id that is a fragment is a name",
    {
      "a.json": {
        ...d7,
        $id: `${X}/a`,
        definitions: { n: { $id: "n.json", definitions: { t: { $id: "#t" } } } },
        anyOf: [{ $ref: `${X}/n.json#t` }, { $ref: "n.json#t" }],
      },
    },
    { "/anyOf/0": "a.json#/definitions/n/definitions/t", "/anyOf/1": "a.json#/definitions/n/definitions/t" },
  ],
  [
    "draft-07: an address with a name is a place in who has the address, with a pointer it is nothing",
    {
      "a.json": {
        ...d7,
        $id: `${X}/a`,
        definitions: {
          t: { $id: `${X}/a#t`, items: { $ref: "#/definitions/u" } },
          u: { $id: `${X}/b#u`, items: { $ref: "#" } },
          v: { $id: `${X}/c#/definitions/v`, items: { $ref: "#" } },
        },
        anyOf: [{ $ref: "#t" }, { $ref: "b#u" }, { $ref: "b" }],
      },
    },
    {
      "/anyOf/0": "a.json#/definitions/t",
      "/anyOf/1": "a.json#/definitions/u",
      "/anyOf/2": "a.json#/definitions/u",
      "/definitions/t/items": "a.json#/definitions/u",
      "/definitions/u/items": "a.json#/definitions/u",
      "/definitions/v/items": "a.json#",
    },
  ],
  [
    "draft-07 knows neither id nor $anchor, where somebody has the name by its own words",
    {
      "a.json": {
        ...d7,
        definitions: { no: { id: `${X}/t`, $anchor: "t" }, t: { $id: `${X}/t` }, u: { $id: "#t" } },
        anyOf: [{ $ref: `${X}/t` }, { $ref: "#t" }],
      },
    },
    { "/anyOf/0": "a.json#/definitions/t", "/anyOf/1": "a.json#/definitions/u" },
  ],
  [
    "draft-04 calls it id",
    {
      "a.json": {
        ...d4,
        id: `${X}/root`,
        definitions: { n: { id: "n.json", definitions: { t: { id: "#t" } }, items: { $ref: "#t" } } },
        anyOf: [{ $ref: "n.json" }, { $ref: "n.json#t" }],
      },
    },
    {
      "/anyOf/0": "a.json#/definitions/n",
      "/anyOf/1": "a.json#/definitions/n/definitions/t",
      "/definitions/n/items": "a.json#/definitions/n/definitions/t",
    },
  ],
  [
    "a member that is called id is no id, and neither is data",
    {
      "a.json": {
        ...d4,
        properties: { id: { id: "#t" }, $id: text },
        definitions: {
          enum: { enum: [{ id: "#u" }] },
          not: { default: { id: "#u" }, "x-a": { id: "#u" } },
          u: { id: "#u" },
        },
        anyOf: [{ $ref: "#t" }, { $ref: "#u" }],
      },
    },
    { "/anyOf/0": "a.json#/properties/id", "/anyOf/1": "a.json#/definitions/u" },
  ],
  [
    "what stands below an unknown keyword has no name, but a place",
    {
      "a.json": {
        ...later,
        $defs: {
          a: { not: { schemas: [{ $id: `${X}/t`, $anchor: "t" }] } },
          t: { $id: `${X}/t` },
          u: { $anchor: "t" },
        },
        anyOf: [{ $ref: `${X}/t` }, { $ref: "#t" }, { $ref: "#/$defs/a/not/schemas/0" }],
        examples: [text],
        not: { $ref: "#/examples/0" },
      },
    },
    {
      "/anyOf/0": "a.json#/$defs/t",
      "/anyOf/1": "a.json#/$defs/u",
      "/anyOf/2": "a.json#/$defs/a/not/schemas/0",
      "/not": "a.json#/examples/0",
    },
  ],
  [
    "a language says which draft it is, beside the schema and around it",
    {
      "a.json": {
        asyncapi: "2.6.0",
        id: `${X}/t`,
        components: {
          messages: {
            a: {
              schemaFormat: "application/schema+json;version=draft-04",
              payload: { id: `${X}/t`, $id: `${X}/u`, items: { $ref: "#" }, not: { $ref: `${X}/t` } },
            },
            b: {
              payload: {
                schemaFormat: "application/schema+json;version=draft-07",
                schema: { $id: `${X}/u`, not: { $ref: `${X}/u` } },
              },
            },
          },
        },
      },
    },
    {
      "/components/messages/a/payload/items": "a.json#/components/messages/a/payload",
      "/components/messages/a/payload/not": "a.json#/components/messages/a/payload",
      "/components/messages/b/payload/schema/not": "a.json#/components/messages/b/payload/schema",
    },
  ],
  [
    "each payload has names of its own, and the document's beside",
    {
      "a.json": {
        asyncapi: "3.0.0",
        components: {
          schemas: { S: text, N: { $anchor: "n" } },
          messages: Object.fromEntries(
            ["a", "b"].map((name) => [
              name,
              {
                payload: {
                  $id: name,
                  $defs: { t: { $anchor: "t" } },
                  anyOf: [
                    { $ref: "#t" },
                    { $ref: "#/$defs/t" },
                    { $ref: "#/components/schemas/S" },
                    { $ref: "#n" },
                    { $ref: "a#t" },
                  ],
                },
              },
            ]),
          ),
        },
      },
    },
    {
      "/components/messages/a/payload/anyOf/0": "a.json#/components/messages/a/payload/$defs/t",
      "/components/messages/b/payload/anyOf/0": "a.json#/components/messages/b/payload/$defs/t",
      "/components/messages/b/payload/anyOf/1": "a.json#/components/messages/b/payload/$defs/t",
      "/components/messages/b/payload/anyOf/2": "a.json#/components/schemas/S",
      "/components/messages/b/payload/anyOf/3": "a.json#/components/schemas/N",
      "/components/messages/b/payload/anyOf/4": "a.json#/components/messages/a/payload/$defs/t",
    },
  ],
  [
    "a name that no draft's words give is meant as written, wherever it stands",
    {
      "a.json": {
        ...d7,
        definitions: {
          a: { id: `${X}/a#`, definitions: { t: text }, items: { $ref: "#/definitions/t" } },
          b: { $anchor: "b" },
          c: { whatever: { $id: "#c" } },
          d: { $id: `${X}/d`, $ref: "#/definitions/b" },
        },
        anyOf: [{ $ref: `${X}/a` }, { $ref: `${X}/a#/definitions/t` }, { $ref: "#b" }, { $ref: "#c" }],
      },
    },
    {
      "/anyOf/0": "a.json#/definitions/a",
      "/anyOf/1": "a.json#/definitions/a/definitions/t",
      "/anyOf/2": "a.json#/definitions/b",
      "/anyOf/3": "a.json#/definitions/c/whatever",
      "/definitions/a/items": "a.json#/definitions/a/definitions/t",
      "/definitions/d": "a.json#/definitions/b",
    },
  ],
  [
    "a file of schemas by name has no address but its own, and each schema its draft",
    {
      "a.json": {
        Old: { ...d4, id: "old.json", definitions: { t: { id: "#t" } }, not: { $ref: "#t" } },
        New: { ...later, $id: "new.json", not: { $ref: "old.json#t" }, items: { $ref: "#/Plain" } },
        Plain: { ...later, $defs: { t: { $anchor: "t" } }, not: { $ref: "#t" }, items: { $ref: "#" } },
      },
    },
    {
      "/Old/not": "a.json#/Old/definitions/t",
      "/New/not": "a.json#/Old/definitions/t",
      "/New/items": "a.json#/Plain",
      "/Plain/not": "a.json#/Plain/$defs/t",
      "/Plain/items": "a.json#/Plain",
    },
  ],
  [
    "a file that names no draft may use the words of any",
    {
      "a.json": {
        id: `${X}/a.json`,
        definitions: { b: { id: "b.json" }, c: { $anchor: "c" } },
        anyOf: [{ $ref: "b.json" }, { $ref: `${X}/b.json` }, { $ref: `${X}/a.json#c` }],
      },
    },
    {
      "/anyOf/0": "a.json#/definitions/b",
      "/anyOf/1": "a.json#/definitions/b",
      "/anyOf/2": "a.json#/definitions/c",
    },
  ],
  [
    "a prototype's keys are names like any other",
    {
      "a.json": {
        ...later,
        $defs: { a: { $id: "__proto__" }, b: { $anchor: "constructor" }, c: { $dynamicAnchor: "toString" } },
        anyOf: [{ $ref: "__proto__" }, { $ref: "#constructor" }, { $dynamicRef: "#toString" }],
      },
    },
    { "/anyOf/0": "a.json#/$defs/a", "/anyOf/1": "a.json#/$defs/b", "/anyOf/2": "a.json#/$defs/c" },
  ],
  [
    "an address that is none, or means nothing where it stands, changes nothing",
    {
      "a.json": {
        ...later,
        $id: "urn:x",
        $defs: {
          a: { $id: "http://", items: { $ref: "#/$defs/t" }, not: { $ref: "#" } },
          b: { $id: "b.json" },
          t: text,
        },
        anyOf: [{ $ref: "c.json" }, { $ref: "#/$defs/b" }],
      },
      "c.json": {},
    },
    {
      "/$defs/a/items": "a.json#/$defs/t",
      "/$defs/a/not": "a.json#/$defs/a",
      "/anyOf/0": "c.json#",
      "/anyOf/1": "a.json#/$defs/b",
    },
  ],
];

test.each(cases)("%s", async (_, files, leads) => {
  const [root, problems] = await loaded(files);
  expect(problems).toEqual([]);
  expect(Object.fromEntries(Object.keys(leads).map((from) => [from, led(root, from)]))).toEqual(leads);
});

describe("meta-schemas are at hand, without a network, once something refers to them", () => {
  test.each([
    ["http://json-schema.org/draft-04/schema#", ""],
    ["http://json-schema.org/draft-06/schema", ""],
    ["http://json-schema.org/draft-07/schema#/definitions/nonNegativeInteger", "/definitions/nonNegativeInteger"],
    ["https://json-schema.org/draft/2019-09/schema", ""],
    ["https://json-schema.org/draft/2019-09/meta/core#/properties/$id", "/properties/$id"],
    ["https://json-schema.org/draft/2020-12/schema#meta", ""],
    ["https://json-schema.org/draft/2020-12/meta/format-assertion", ""],
  ])("%s", async (ref, pointer) => {
    const [root, problems] = await loaded({ "a.json": { items: { $ref: ref } } });
    expect(problems).toEqual([]);
    expect(led(root, "/items")).toBe(`${ref.split("#", 1)[0]}#${pointer}`);
  });

  test("and what nobody has is remote as ever", async () => {
    const [, problems] = await loaded({
      "a.json": { items: { $ref: "https://json-schema.org/draft/2020-12/meta/nope" } },
    });
    expect(problems).toMatchObject([{ rule: "remote-ref" }]);
  });
});

describe("a node knows the schema resource it stands in", () => {
  const files = {
    "a.json": {
      ...later,
      $ref: "#/$defs/t",
      $defs: {
        t: { $dynamicAnchor: "t", $ref: "#/$defs/u" },
        u: text,
        inner: {
          $id: "inner",
          $recursiveAnchor: true,
          $defs: { t: { $dynamicAnchor: "t" }, v: { $dynamicAnchor: "v" } },
        },
      },
    },
  };

  test("its root, as written", async () => {
    const [root] = await loaded(files);
    const { resource } = at(root.resource, "/$defs/inner/$defs");
    expect(root.resource.at).toBe("a.json#");
    expect(resource.at).toBe("a.json#/$defs/inner");
    expect(resource.raw("$recursiveAnchor")?.value).toBe(true);
  });

  test("and the dynamic anchors in it, which are not those of resources inside", async () => {
    const [root] = await loaded(files);
    const inner = at(root.resource, "/$defs/inner/$defs");
    expect(root.resource.dynamicAnchor("t")?.at).toBe("a.json#/$defs/t");
    expect(root.resource.dynamicAnchor("v")).toBeUndefined();
    expect(inner.dynamicAnchor("t")?.at).toBe("a.json#/$defs/inner/$defs/t");
    expect(inner.dynamicAnchor("constructor")).toBeUndefined();
  });
});

describe("defects", () => {
  const said = (problems: readonly Problem[]) =>
    problems.map(({ rule, severity, place }) => `${severity} ${rule} ${place?.path.join("/")}`);

  test.each(["$ref", "$dynamicRef", "$recursiveRef"])("a %s that leads nowhere is one", async (keyword) => {
    const [, problems] = await loaded({ "a.json": { ...later, items: { [keyword]: "#nope" } } });
    expect(said(problems)).toEqual([`error dangling-ref items/${keyword}`]);
  });

  test("files that dynamic references lead to are read", async () => {
    const files = { "a.json": { items: { $dynamicRef: "b.json#t" } }, "b.json": { not: { $dynamicAnchor: "t" } } };
    const [root, problems] = await loaded(files);
    expect([led(root, "/items"), problems]).toEqual(["b.json#/not", []]);
  });

  test("of two schemas with one address the first is meant, with a warning where something refers to it", async () => {
    const $defs = {
      a: { $id: "x", ...text },
      b: { $id: "x", type: "number" },
      c: { $id: "y" },
      d: { $id: "y", ...text },
    };
    const [root, problems] = await loaded({ "a.json": { ...later, $defs, items: { $ref: "x" } } });
    expect(led(root, "/items")).toBe("a.json#/$defs/a");
    expect(said(problems)).toEqual(["warning duplicate-id $defs/b"]);
    expect(problems[0]?.message).toContain("a.json#/$defs/a");
  });

  test("of two anchors too, but not of copies", async () => {
    const anchors = { $defs: { a: { $anchor: "x" }, b: { $anchor: "x", ...text } }, items: { $ref: "#x" } };
    expect(said((await loaded({ "a.json": anchors }))[1])).toEqual(["warning duplicate-id $defs/b"]);
    const copies = { $defs: { a: { $id: "x", ...text }, b: { $id: "x", ...text } }, items: { $ref: "x" } };
    expect((await loaded({ "a.json": copies }))[1]).toEqual([]);
  });

  test("a file that is not there is said to be, with the way to where its schema has it", async () => {
    const [, problems] = await loaded({ "a.json": { $id: `${X}/a/`, items: { $ref: "longer-name.json" } } });
    expect(problems).toMatchObject([{ rule: "missing-file", hint: expect.stringContaining("--allow-remote") }]);
  });
});

describe("hostile documents take no more than their size", () => {
  const many = Array.from({ length: 5000 }, (_, i) => i);

  test("many names", async () => {
    const named = {
      $defs: Object.fromEntries(many.map((i) => [i, { $id: `s${i}`, $anchor: "t", items: { $ref: `s${i + 1}#t` } }])),
    };
    const started = performance.now();
    const [root] = await loaded({ "a.json": named });
    expect(led(root, "/$defs/7/items")).toBe("a.json#/$defs/8");
    expect(performance.now() - started).toBeLessThan(10_000);
  });

  test("schemas inside each other, and references that lead nowhere from each", async () => {
    let nested: object = {};
    for (let i = 0; i < 120; i++)
      nested = { $id: "a/", items: nested, not: { $ref: `#/nope/${i}` }, if: { $ref: `n${i}.json` } };
    const started = performance.now();
    await loaded({ "a.json": nested });
    expect(performance.now() - started).toBeLessThan(5000);
  });

  test("references through each other", async () => {
    const chain = Object.fromEntries(many.map((i) => [i, { $id: `s${i}`, $ref: `s${(i + 1) % 5000}` }]));
    const [, problems] = await loaded({ "a.json": { ...later, $defs: chain } });
    expect(problems.map(({ rule }) => rule)).toEqual(["circular-ref"]);
  });
});

/** Serves texts by path, in which the suite's own address is the server's. */
async function serve(
  textOf: (path: string) => string | undefined,
): Promise<{ base: string; asked: string[]; close: () => void }> {
  const asked: string[] = [];
  const server = createServer(({ url = "" }, response) => {
    asked.push(url);
    const text = textOf(url);
    response.statusCode = text === undefined ? 404 : 200;
    response.end(text?.replaceAll("http://localhost:1234", base));
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`; // listening on a port, as just awaited
  return { base, asked, close: () => server.close() };
}

describe("where remote access is allowed", () => {
  const remote = { allowRemote: true };

  test("an address is fetched that no file here has, and the file's own is tried after", async () => {
    const { base, asked, close } = await serve((path) =>
      path === "/s/b.json" ? JSON.stringify({ $id: "/s/name.json", $defs: { t: { $anchor: "t" } } }) : undefined,
    );
    onTestFinished(close);
    const refs = ["b.json", "name.json#t", "c.json", "d.json", `${base}/s/own.json`];
    const files = {
      "a.json": { ...later, $id: `${base}/s/a.json`, anyOf: refs.map(($ref) => ({ $ref })) },
      "b.json": {},
      "c.json": {},
      "d.json": { $id: `${base}/s/d.json`, $defs: { own: { $id: "own.json" } } },
    };
    const [root] = await loaded(files, remote);
    expect(refs.map((_, i) => led(root, `/anyOf/${i}`))).toEqual([
      `${base}/s/b.json#`,
      `${base}/s/b.json#/$defs/t`,
      "c.json#",
      "d.json#",
      "d.json#/$defs/own",
    ]);
    expect(asked.sort()).toEqual(["/s/b.json", "/s/c.json", "/s/name.json"]);
  });

  test("and only there", async () => {
    const { base, asked, close } = await serve(() => "{}");
    onTestFinished(close);
    await loaded({
      "a.json": { $id: `${base}/a.json`, items: { $ref: "b.json" }, not: { $ref: `${base}/c` } },
      "b.json": {},
    });
    expect(asked).toEqual([]);
  });

  test("what a server sends names no file here", async () => {
    const { base, close } = await serve(() =>
      JSON.stringify({ ...later, $id: "file:///etc/", items: { $ref: "passwd" } }),
    );
    onTestFinished(close);
    const [, problems] = await loaded({ "a.json": { items: { $ref: `${base}/evil/x` } } }, remote);
    expect(problems.every(({ message }) => !message.includes("/etc/passwd is"))).toBe(true);
  });
});

// https://github.com/json-schema-org/JSON-Schema-Test-Suite
const SUITE = fileURLToPath(new URL("suite/", import.meta.url));
const drafts = {
  draft4: "draft-04",
  draft6: "draft-06",
  draft7: "draft-07",
  "draft2019-09": "2019-09",
  "draft2020-12": "2020-12",
};

describe.skipIf(!existsSync(join(SUITE, "tests")))("every reference in the suite's schemas leads somewhere", () => {
  let server: Awaited<ReturnType<typeof serve>>;
  beforeAll(async () => {
    server = await serve((path) => {
      const file = join(SUITE, "remotes", path);
      return existsSync(file) && path.endsWith(".json") ? readFileSync(file, "utf8") : undefined;
    });
  });
  afterAll(() => server.close());

  test.each(Object.entries(drafts))("%s", { timeout: 60_000 }, async (name, version) => {
    const files = readdirSync(join(SUITE, "tests", name), { recursive: true, encoding: "utf8" });
    const wrong: string[] = [];
    for (const file of files.filter((file) => file.endsWith(".json"))) {
      // Their form is the suite's: a list of descriptions with a schema each.
      const groups = JSON.parse(readFileSync(join(SUITE, "tests", name, file), "utf8")) as {
        description: string;
        schema: unknown;
      }[];
      for (const { description, schema } of groups) {
        if (!/"\$(?:ref|dynamicRef|recursiveRef)"/.test(JSON.stringify(schema))) continue;
        const own = JSON.stringify(schema).replaceAll("http://localhost:1234", server.base);
        const wrapped = {
          schemaFormat: `application/schema+json;version=${version}`,
          schema: JSON.parse(own) as unknown,
        };
        const [, problems] = await loaded({ "a.json": wrapped }, { allowRemote: true });
        wrong.push(...problems.map(({ rule, message }) => `${file}: ${description}: ${rule} ${message}`));
      }
    }
    expect(wrong).toEqual([]);
  });
});
