/**
 * Lint: for each rule a document in which it speaks, and one that is nearly the same and in which it does not.
 */
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { type ContractOptions, readContract } from "../generator/index.js";
import { lint } from "../generator/lint/lint.js";
import { LINT_RULES } from "../generator/lint/rules.js";
import { load } from "../generator/load/load.js";
import type { Level } from "../generator/problem.js";
import { type Problem, Problems } from "../generator/problem.js";
import { asyncapi3, folder, type Messages, message } from "./support/documents.js";

interface Asked extends ContractOptions {
  readonly levels?: Readonly<Record<string, Level>>;
}

async function findings(text: string, { levels, ...options }: Asked = {}): Promise<readonly Problem[]> {
  const path = join(folder({ "api.yaml": text }), "api.yaml");
  const { contract, warnings } = await readContract(path, options);
  const problems = new Problems();
  for (const { rule, message, place } of warnings) problems.warn(rule, message, place);
  lint(contract, await load(path, options, new Problems()), problems, levels);
  return problems.all.slice(warnings.length);
}

/** What one rule says, asked whatever its level. */
async function said(rule: string, text: string, options: ContractOptions = {}): Promise<readonly string[]> {
  const all = await findings(text, { ...options, levels: { [rule]: "warning" } });
  return all.filter((problem) => problem.rule === rule).map(({ message }) => message);
}

const label = (name: string) => ({ const: name });
const text = { type: "string", maxLength: 9 };
const up = (receive: Messages) => asyncapi3({ receive });
const down = (send: Messages) => asyncapi3({ send });

/** One message each way, the given one to the client. */
const member = (schema: object) => down({ m: message({ x: schema }) });
const sent = (schema: object) => up({ m: message({ x: schema }) });

/** The document with other servers, or more of anything else. */
function changed(document: string, change: object): string {
  return JSON.stringify({ ...JSON.parse(document), ...change });
}

const at = (host: string, protocol = "ws") => changed(up({ m: message({}) }), { servers: { one: { host, protocol } } });

function secured(scheme: object): string {
  return changed(up({ m: message({}) }), {
    servers: {
      one: { host: "x.example.com", protocol: "wss", security: [{ $ref: "#/components/securitySchemes/key" }] },
    },
    components: { messages: { m: message({}) }, securitySchemes: { key: scheme } },
  });
}

/** A request that is answered, on one channel. */
function asking(request: object, reply: object, declared = true): string {
  const document = JSON.parse(asyncapi3({ receive: { JoinRequest: request }, send: { JoinResponse: reply } }));
  const messages = [{ $ref: "#/channels/main/messages/JoinResponse" }];
  const { hear, tell } = document.operations;
  const operations = declared
    ? { hear: { ...hear, reply: { channel: { $ref: "#/channels/main" }, messages } } }
    : { hear, tell };
  return JSON.stringify({ ...document, operations });
}

const person = { type: "object", properties: { a: text, b: text, c: text, d: text }, required: ["a"] };

const actions = (name: string, from: string) =>
  `actionwire: 1\ntitle: T\nversion: "1"\nactions:\n  ${name}: { from: ${from}, description: x }\n`;

/** Rule; what is asked; what it says, or part of it; the near miss. */
const cases: readonly (readonly [rule: string, wrong: string, says: string, right: string])[] = [
  [
    "unlabelled",
    down({ a: message({ x: text }), b: message({ y: text }) }),
    "nothing in 2 messages to the client names them; they are told apart by the members they have: a and b",
    down({ a: message({ type: label("a"), x: text }), b: message({ type: label("b"), y: text }) }),
  ],
  [
    "untyped-payload",
    up({ a: { payload: { type: "object" } } }),
    "any object is a payload of a: nothing is said of what is in it",
    up({ a: { payload: { type: "object", additionalProperties: text } } }),
  ],
  ["untyped-member", member({ description: "anything" }), "nothing is said of what 1 member may be: x", member(text)],
  [
    "nothing-required",
    up({ a: message({ "x?": text, "y?": text, "z?": text }) }),
    "1 of 1 message requires no member, so {} is valid: a",
    up({ a: message({ x: text, "y?": text, "z?": text }) }),
  ],
  [
    "unsafe-integer",
    member({ type: "integer", format: "int64" }),
    "1 integer may be beyond 2^53, where a number is rounded: x",
    member({ type: "integer", format: "int64", minimum: 0, maximum: 1e15 }),
  ],
  [
    "unsafe-integer",
    member({ type: "integer", maximum: 1e18 }),
    "1 integer may be beyond 2^53",
    member({ type: "number", maximum: 1e18 }),
  ],
  [
    "direction-name",
    actions("onMoved", "client"),
    "onMoved is said by the client; its name sounds like what the server says",
    actions("onMoved", "server"),
  ],
  [
    "direction-name",
    down({ subscribeRoom: message({}), unsubscribeRoom: message({}), said: message({}) }),
    "subscribeRoom and unsubscribeRoom are said by the server; their names sound like what the client says",
    asyncapi3({
      send: { getRoom: message({ type: label("getRoom") }) },
      receive: { room: message({ type: label("room") }) },
    }),
  ],
  [
    "lone-request",
    asking(message({ x: text }), message({ y: text }), false),
    "JoinRequest declares no reply, and JoinResponse sounds like it",
    asking(message({ x: text }), message({ y: text })),
  ],
  [
    "reply-by-order",
    asking(message({ x: text }), message({ y: text })),
    "replies to 1 request are matched in the order of asking: JoinRequest",
    asking(message({ x: text }), message({ y: text }), false),
  ],
  [
    "unlimited",
    sent({ type: "array", items: { type: "string" } }),
    "2 parts of what clients send may have any length: m x (maxItems) and m x[] (maxLength)",
    sent({ type: "array", maxItems: 9, items: { type: "string", format: "uuid" } }),
  ],
  [
    "unlimited",
    sent({ allOf: [{ type: "string" }] }),
    "1 part of what",
    sent({ allOf: [{ type: "string" }], maxLength: 9 }),
  ],
  [
    "unlimited",
    sent({ type: "object", additionalProperties: text }),
    "m x (maxProperties)",
    member({ type: "string" }),
  ],
  [
    "open-pattern",
    sent({ type: "string", pattern: "[A-Z]{3}" }),
    "1 pattern without ^ and $ takes any text with a match somewhere in it: x ([A-Z]{3})",
    sent({ type: "string", pattern: "^[A-Z]{3}$" }),
  ],
  [
    "closed-to-growth",
    member({ type: "object", properties: { a: text }, additionalProperties: false }),
    "1 object that the server says may never have another member: x",
    sent({ type: "object", properties: { a: text }, additionalProperties: false }),
  ],
  [
    "closed-enum",
    member({ enum: ["a", "b"] }),
    "clients refuse a message with a new value in 1 place: x",
    member({ const: "a" }),
  ],
  ["insecure-server", at("x.example.com"), "server one is spoken to without encryption", at("x.example.com", "wss")],
  ["insecure-server", at("localhost.example.com:80"), "server one is spoken to without", at("127.0.0.1:8080")],
  [
    "token-in-url",
    secured({ type: "httpApiKey", in: "query", name: "key" }),
    "key travels in the query of the address",
    secured({ type: "httpApiKey", in: "header", name: "key" }),
  ],
  ["no-security", at("x.example.com"), "nothing says who may connect", at("localhost")],
  ["no-security", at("x.example.com"), "nothing says who may connect", secured({ type: "http", scheme: "bearer" })],
  [
    "undocumented",
    up({ a: message({}), b: { ...message({}), summary: "Says b." } }),
    "1 of 2 messages has no description: a",
    up({ a: { payload: { ...Object(message({})).payload, description: "Says a." } } }),
  ],
  [
    "same-schema",
    up({ m: message({ x: person, y: { ...person, description: "another" } }) }),
    "an object of 4 members is written 2 times: #/components/messages/m/payload/properties/x and",
    up({ m: message({ x: person, y: { ...person, required: ["a", "b"] } }) }),
  ],
];

describe("a rule", () => {
  test.each(
    cases,
  )("%s speaks where it should, and not of what is nearly the same", async (rule, wrong, says, right) => {
    const heard = await said(rule, wrong);
    expect(heard).toHaveLength(1);
    expect(heard[0]).toContain(says);
    expect(await said(rule, right)).toEqual([]);
  });

  test("every one is tried", () => {
    expect([...new Set(cases.map(([rule]) => rule))].sort()).toEqual(LINT_RULES.map(({ id }) => id).sort());
  });

  test("is kebab-case and there once", () => {
    const ids = LINT_RULES.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.filter((id) => !/^[a-z]+(-[a-z]+)*$/.test(id))).toEqual([]);
  });
});

test("a finding stands where its author wrote, and says what to do", async () => {
  const wrong = sent({ type: "string", pattern: "[A-Z]" });
  const [finding] = (await findings(wrong)).filter(({ rule }) => rule === "open-pattern");
  expect(finding?.place?.path.join("/")).toBe("components/messages/m/payload/properties/x");
  expect(finding?.hint).toBe("write ^(…)$ where the whole text is meant");
});

test("a finding behind a reference to another file stands in that file", async () => {
  const reference = { $ref: "parts.yaml#/Name" };
  const path = join(
    folder({ "api.yaml": sent(reference), "parts.yaml": 'Name: { type: string, pattern: "[A-Z]" }\n' }),
    "api.yaml",
  );
  const problems = new Problems();
  lint((await readContract(path)).contract, await load(path, {}, new Problems()), problems);
  const [finding] = problems.all.filter(({ rule }) => rule === "open-pattern");
  expect([finding?.place?.file.path, finding?.place?.path.join("/")]).toEqual(["parts.yaml", "Name"]);
});

test("a level that is given is taken; off is not asked", async () => {
  const wrong = sent({ type: "string", pattern: "[A-Z]" });
  const severity = async (level: Level) =>
    (await findings(wrong, { levels: { "open-pattern": level } }))
      .filter(({ rule }) => rule === "open-pattern")
      .map((problem) => problem.severity);
  expect(await severity("error")).toEqual(["error"]);
  expect(await severity("note")).toEqual(["note"]);
  expect(await severity("off")).toEqual([]);
});

test("integers of 64 bits that are bigints are as exact as they are written", async () => {
  expect(await said("unsafe-integer", member({ type: "integer", format: "int64" }), { int64: "bigint" })).toEqual([]);
});

test("names are not counted again where the side a document describes is in doubt already", async () => {
  const doubtful = down({ subscribeRequest: message({}), onlyCommand: message({ a: text }) });
  const { warnings } = await readContract(join(folder({ "api.yaml": doubtful }), "api.yaml"));
  expect(warnings.map(({ rule }) => rule)).toContain("perspective");
  expect(await said("direction-name", doubtful)).toEqual([]);
});

test("an operation that lends its name to a message is named from the described side", async () => {
  const channels = { main: { subscribe: { operationId: "subscribeRoom", message: { payload: person } } } };
  const document = { asyncapi: "2.6.0", info: { title: "Test", version: "1" }, channels };
  expect(await said("direction-name", JSON.stringify(document))).toEqual([]);
});

test("types that refer to each other in circles are looked at once", async () => {
  const tree = {
    type: "object",
    properties: { name: { type: "string" }, children: { type: "array", items: { $ref: "#/components/schemas/Tree" } } },
  };
  const document = JSON.parse(sent({ $ref: "#/components/schemas/Tree" }));
  const components = { ...document.components, schemas: { Tree: tree } };
  expect(await said("unlimited", JSON.stringify({ ...document, components }))).toEqual([
    "2 parts of what clients send may have any length: m x.children (maxItems) and m x.name (maxLength)",
  ]);
});
