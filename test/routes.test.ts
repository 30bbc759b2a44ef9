import { chmodSync, lstatSync, mkdirSync, readFileSync, renameSync, statSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { InputError, readContract } from "../generator/index.js";
import { Problems } from "../generator/problem.js";
import { planRoutes } from "../generator/routes/plan.js";
import { writeRoutes } from "../generator/routes/write.js";
import { asks, Repository, takes } from "./support/routes.js";

const FOUR = { join: takes("room"), say: takes("text"), leave: takes("room"), ask: asks("room") };
const without = (...ids: string[]) => Object.fromEntries(Object.entries(FOUR).filter(([id]) => !ids.includes(id)));

const IMPORTS = `import { notImplemented } from "@actionwire/runtime/server";
import type { ChatReplies, ChatRoutes } from "./generated/server.js";
`;
const stub = (id: string, type = "void") =>
  `  async ${id}(_payload, _context): Promise<${type}> {\n    return notImplemented("${id}");\n  }`;
const JOIN = `  async join({ room }) {\n    console.log(room); // and a word\n  }`;

interface Stubs {
  join(payload: object, context: object): Promise<unknown>;
  ask(payload: object, context: object): Promise<unknown>;
}

const rules = ({ findings }: { findings: readonly { rule: string }[] }) => findings.map(({ rule }) => rule);

describe("the first draft", () => {
  test("says what its stubs return, compiles under the strictest flags, and answers not implemented", async () => {
    const here = Repository.compiled(FOUR);
    const { routes } = await here.generate();
    expect(routes).toMatchObject({ action: "create", findings: [] });
    expect(here.routes).toContain(`${stub("ask", 'ChatReplies["ask"]')},\n};\n`);
    expect(here.errors()).toEqual([]);
    const { chatRoutes }: { chatRoutes: Stubs } = await import(here.routesPath);
    await expect(chatRoutes.ask({}, {})).rejects.toMatchObject({ code: "NOT_IMPLEMENTED" });
  });

  test("of a class overrides what is generated, compiles, mounts, and answers not implemented", async () => {
    const here = Repository.compiled(FOUR);
    await here.generate({ routesStyle: "class" });
    expect(here.routes).toContain("export class ChatService extends ChatRoutes {\n");
    expect(here.routes).toContain(
      '  override async ask(_payload: types.Ask, _context: ChatContext): Promise<ChatReplies["ask"]> {\n',
    );
    here.routes += `
import { createServer } from "node:http";
import { serveChat } from "./generated/server.js";
export const mounted: unknown = serveChat(createServer(), new ChatService(), { authorize: "anyone" });
`;
    expect(here.errors()).toEqual([]);
    const { ChatService, mounted }: { ChatService: new () => Stubs; mounted: unknown } = await import(here.routesPath);
    expect(mounted).toBeTypeOf("object");
    await expect(new ChatService().join({}, {})).rejects.toMatchObject({ code: "NOT_IMPLEMENTED" });
  });

  test.each(["object", "class"] as const)("reports a wrong reply at its return: %s", async (style) => {
    const here = Repository.compiled(FOUR);
    await here.generate({ routesStyle: style });
    here.routes = here.routes.replace('return notImplemented("ask");', "return { text: 1 };");
    expect(here.errors()).toEqual([expect.stringMatching(/^TS2322 return \{ text: 1 \};/)]);
  });

  test("is left alone by the next run", async () => {
    const here = new Repository(FOUR);
    await here.generate();
    const text = here.routes;
    expect((await here.generate()).routes).toMatchObject({ action: "keep", inserted: [], findings: [] });
    expect(here.routes).toBe(text);
  });
});

describe("a new action", () => {
  const object = (...members: string[]) => `export const r: ChatRoutes = {\n${members.join(",\n\n")},\n};\n`;

  test.each([
    ["after its nearest sibling before it", ["join", "leave"]],
    ["before the next where none is before it", ["say", "leave"]],
    ["as the contract has them, where several come at once", ["leave"]],
    ["after its sibling wherever that was moved", ["leave", "join"]],
  ])("gains a stub %s", async (_, there) => {
    const own = (id: string) => `  ${id}: () => {\n    // ${id}\n  }`;
    const here = new Repository(without("ask"), IMPORTS + object(...there.map(own)));
    const { routes } = await here.generate();
    const ids = there[0] === "leave" && there.length > 1 ? ["leave", "join", "say"] : ["join", "say", "leave"];
    expect(here.routes).toBe(IMPORTS + object(...ids.map((id) => (there.includes(id) ? own(id) : stub(id)))));
    expect(routes.inserted).toEqual([
      { routes: "ChatRoutes", ids: ["join", "say", "leave"].filter((id) => !there.includes(id)) },
    ]);
  });

  test("comes before the closing brace where no sibling is there", async () => {
    const here = new Repository(without("say", "leave", "ask"), `${IMPORTS}${object("  other: () => {}")}`);
    await here.generate();
    expect(here.routes).toContain(`  other: () => {},\n  async join(`);
  });

  test.each([
    [
      "one line",
      "const r: ChatRoutes = { join() {} };",
      'const r: ChatRoutes = { join() {}, async say(_payload, _context): Promise<void> { return notImplemented("say"); } };',
    ],
    ["nothing", "const r: ChatRoutes = {};", `const r: ChatRoutes = {\n${stub("join")},\n\n${stub("say")},\n};`],
    [
      "no last comma",
      "const r: ChatRoutes = {\n  join() {} // here\n  // more\n};",
      `const r: ChatRoutes = {\n  join() {}, // here\n${stub("say")}\n  // more\n};`,
    ],
    [
      "a comment alone",
      "const r: ChatRoutes = {\n  // to do\n};",
      `const r: ChatRoutes = {\n  // to do\n${stub("join")},\n\n${stub("say")},\n};`,
    ],
    [
      "a comment behind the comma",
      "const r: ChatRoutes = {\n  join() {}, /* here */\n};",
      `const r: ChatRoutes = {\n  join() {}, /* here */\n${stub("say")},\n};`,
    ],
    [
      "a function that returns it",
      "function f(): ChatRoutes {\n  return {\n    join() {},\n  };\n}",
      `function f(): ChatRoutes {\n  return {\n    join() {},\n${stub("say").replaceAll(/^/gm, "  ")},\n  };\n}`,
    ],
    [
      "parentheses, as and satisfies",
      "const r = ({\n  join() {},\n} as const) satisfies ChatRoutes;",
      `const r = ({\n  join() {},\n${stub("say")},\n} as const) satisfies ChatRoutes;`,
    ],
    [
      "what is served",
      "serveChat(server, {\n  join() {},\n}, options);",
      `serveChat(server, {\n  join() {},\n${stub("say")},\n}, options);`,
    ],
    [
      "an alias",
      "type Mine = ChatRoutes<string>;\nconst r: Mine = {\n  join() {},\n};",
      `type Mine = ChatRoutes<string>;\nconst r: Mine = {\n  join() {},\n${stub("say")},\n};`,
    ],
  ])("is set as what is there: %s", async (_, before, after) => {
    const here = new Repository(without("leave", "ask"), `${IMPORTS}${before}\n`);
    await here.generate();
    expect(here.routes).toBe(`${IMPORTS}${after}\n`);
  });

  test("follows the file's indentation, quotes, semicolons, line ends and mark", async () => {
    const text =
      "\ufeffimport { notImplemented } from '@actionwire/runtime/server'\r\nimport type { ChatRoutes } from './generated/server.js'\r\n\r\nexport const r: ChatRoutes = {\r\n\tjoin() {\r\n\t\treturn\r\n\t},\r\n}\r\n";
    const here = new Repository(without("leave", "ask"), text);
    await here.generate();
    const stub = "\r\n\r\n\tasync say(_payload, _context): Promise<void> {\r\n\t\treturn notImplemented('say')\r\n\t},";
    expect(here.routes).toBe(text.replace("\t},", `\t},${stub}`));
  });

  test("is a method that overrides, in a class that extends the generated one", async () => {
    const here = Repository.compiled(without("leave"));
    await here.generate({ routesStyle: "class" });
    here.routes = here.routes
      .replace("extends ChatRoutes {", "extends ChatRoutes<{ name: string }> {")
      .replaceAll("ChatContext):", "ChatContext<{ name: string }>):");
    here.actions = FOUR;
    await here.generate({ routesStyle: "class" });
    expect(here.routes).toContain(
      "override async leave(_payload: types.Leave, _context: ChatContext<{ name: string }>): Promise<void> {\n",
    );
    expect(here.errors()).toEqual([]);
  });

  test("is a plain method in a class that implements the interface", async () => {
    const here = Repository.compiled(
      without("say"),
      `${IMPORTS}export class R implements ChatRoutes {\n  async join(): Promise<void> {}\n  readonly leave = (): void => {};\n  async ask(): Promise<ChatReplies["ask"]> { return notImplemented("ask"); }\n}\n`,
    );
    here.actions = FOUR;
    await here.generate();
    expect(here.routes).toContain("{}\n  async say(_payload: types.Say, _context: ChatContext): Promise<void> {\n");
    expect(here.errors()).toEqual([]);
  });

  test.each([
    [
      "a line of its own, among the others",
      'import type { ChatRoutes } from "./generated/server.js";\nimport { zod } from "./zed.js";\n',
      'import { notImplemented } from "@actionwire/runtime/server";\nimport type { ChatReplies, ChatRoutes } from "./generated/server.js";\nimport { zod } from "./zed.js";\n',
    ],
    [
      "braces that are there",
      'import { Refusal } from "@actionwire/runtime/server";\nimport { type ChatRoutes, serveChat } from "./generated/server.js";\n',
      'import { notImplemented, Refusal } from "@actionwire/runtime/server";\nimport { type ChatReplies, type ChatRoutes, serveChat } from "./generated/server.js";\n',
    ],
    [
      "braces on several lines",
      'import {\n  Refusal,\n} from "@actionwire/runtime/server";\nimport type {\n  ChatRoutes\n} from "./generated/server.js";\n',
      'import {\n  notImplemented,\n  Refusal,\n} from "@actionwire/runtime/server";\nimport type {\n  ChatReplies,\n  ChatRoutes\n} from "./generated/server.js";\n',
    ],
    [
      "nothing, where modules are imported whole",
      'import * as wire from "@actionwire/runtime/server";\nimport type * as g from "./generated/server.js";\n',
      'import * as wire from "@actionwire/runtime/server";\nimport type * as g from "./generated/server.js";\n',
    ],
  ])("brings the imports that are missing, and only those: %s", async (_, before, after) => {
    const type = before.includes("* as g") ? "g.ChatRoutes" : "ChatRoutes";
    const here = new Repository(FOUR, `${before}const r: ${type} = {\n  join() {},\n  say() {},\n  leave() {},\n};\n`);
    await here.generate();
    expect(here.routes.slice(0, here.routes.indexOf("const r"))).toBe(after);
  });

  test("uses the file's own names, and none that means something else there", async () => {
    const before = `import { notImplemented as todo } from "@actionwire/runtime/server";\nimport type { ChatRoutes as Routes } from "./generated/server.js";\ntype ChatReplies = string;\n`;
    const here = new Repository(FOUR, `${before}const r: Routes = {\n  join() {},\n  say() {},\n  leave() {},\n};\n`);
    await here.generate();
    expect(here.routes).toContain("import type { ChatReplies as ChatReplies2, ChatRoutes as Routes }");
    expect(here.routes).toContain(`Promise<ChatReplies2["ask"]> {\n    return todo("ask");\n`);
  });

  test.each([
    ["a spread", "const r: ChatRoutes = { ...others, join() {} };"],
    ["a computed name", "const r: ChatRoutes = { [name]() {}, join() {} };"],
    ["a base class", "class R extends Base implements ChatRoutes { join() {} }"],
    ["a value from elsewhere", "const r: ChatRoutes = routesFrom(elsewhere);"],
    ["what is served from elsewhere", "serveChat(server, routes, options);"],
  ])("is not put where it may come from elsewhere: %s", async (_, text) => {
    const here = new Repository(FOUR, `${IMPORTS}${text}\n`);
    expect((await here.generate()).routes).toMatchObject({ action: "keep", findings: [] });
    expect(here.routes).toBe(`${IMPORTS}${text}\n`);
  });
});

describe("an action that is gone", () => {
  test.each([
    "object",
    "class",
  ] as const)("is told at its method, which is kept and fails to compile there: %s", async (style) => {
    const here = Repository.compiled(FOUR);
    await here.generate({ routesStyle: style });
    here.routes = here.routes.replace('return notImplemented("say");', "/* mine */");
    const text = here.routes;
    here.actions = without("say");
    const { routes } = await here.generate({ routesStyle: style });
    expect(here.routes).toBe(text);
    const [finding] = routes.findings;
    expect(finding).toMatchObject({ rule: "stub-orphaned", severity: "warning" });
    expect(finding?.message).toContain("say was removed from the contract");
    const line = text.split("\n").findIndex((one) => /async say\(/.test(one));
    const column = (text.split("\n")[line] ?? "").indexOf("say(") + 1;
    expect(finding?.place?.file.position(finding.place.path)).toEqual({ line: line + 1, column });
    const lines = text
      .split("\n")
      .slice(line, line + 3)
      .map((one) => one.trim());
    const errors = here.errors();
    expect(errors.length).toBeGreaterThan(0);
    expect(errors.filter((error) => !lines.includes(error.replace(/^TS\d+ /, "")))).toEqual([]);
    expect(errors[0]).toMatch(/async say\(/);
  });

  test("is no member of a class that has others for itself", async () => {
    const here = new Repository(
      without("leave", "say", "ask"),
      `${IMPORTS}class R implements ChatRoutes {\n  join() {}\n  helper() {}\n}\n`,
    );
    expect((await here.generate()).routes.findings).toEqual([]);
  });
});

describe("a renamed action", () => {
  const renamed = { join: FOUR.join, tell: FOUR.say, leave: FOUR.leave, ask: FOUR.ask };

  test("is suggested where exactly one new one takes the same payload", async () => {
    const here = new Repository(FOUR);
    await here.generate();
    here.actions = renamed;
    const { routes } = await here.generate();
    expect(routes.findings[0]?.hint).toContain("--rename say=tell");
  });

  test.each([
    ["another payload", { ...without("say"), tell: takes("words") }],
    ["two candidates", { ...without("say"), tell: takes("text"), shout: takes("text") }],
  ])("is not suggested for %s", async (_, actions) => {
    const here = new Repository(FOUR);
    await here.generate();
    here.actions = actions;
    expect((await here.generate()).routes.findings[0]?.hint).not.toContain("Was it renamed?");
  });

  test("has its code under the new name, with the option", async () => {
    const text = `${IMPORTS}export const r: ChatRoutes = {\n${JOIN},\n  "say": async ({ text }) => console.log(text),\n  leave,\n  async ask() {\n    return { text: "say" };\n  },\n};\n`;
    const here = new Repository(renamed, text);
    expect((await here.generate({ rename: { say: "tell" } })).routes).toMatchObject({
      renamed: [{ from: "say", to: "tell" }],
      inserted: [],
      findings: [],
    });
    expect(here.routes).toBe(text.replace('"say":', '"tell":'));
    expect((await here.generate({ rename: { say: "tell" } })).routes).toMatchObject({ action: "keep", findings: [] });
  });

  test.each([
    "object",
    "class",
  ] as const)("takes the place of the stub that an earlier run added: %s", async (style) => {
    const here = Repository.compiled(FOUR);
    await here.generate({ routesStyle: style });
    const text = here.routes;
    here.actions = { join: FOUR.join, say: FOUR.say, leave: FOUR.leave, inquire: FOUR.ask };
    await here.generate({ routesStyle: style });
    expect(here.routes).toContain("async inquire(");
    await here.generate({ routesStyle: style, rename: { ask: "inquire" } });
    expect(here.routes).toBe(text.replace("async ask(", "async inquire(").replaceAll('"ask"', '"inquire"'));
    if (style === "object") expect(here.errors()).toEqual([]);
  });

  test.each([
    ["a name that the contract has not", { say: "tel" }, 'did you mean "tell"?'],
    ["a name that the file has not", { sya: "tell" }, 'did you mean "say"?'],
    ["an action that is still there", { join: "tell" }, undefined],
  ])("is refused for %s, and nothing is touched", async (_, rename, hint) => {
    const text = `${IMPORTS}export const r: ChatRoutes = {\n  join() {},\n  say() {},\n  leave() {},\n};\n`;
    const here = new Repository(renamed, text);
    const { routes } = await here.generate({ rename });
    const found = routes.findings.find(({ rule }) => rule === "unknown-rename");
    expect(found).toMatchObject({ severity: "error" });
    expect(found?.hint).toBe(hint);
    expect(here.routes).toBe(text);
  });

  test("is refused where there is code under the new name", async () => {
    const text = `${IMPORTS}export const r: ChatRoutes = {\n  say() {},\n  tell() {},\n};\n`;
    const here = new Repository({ tell: FOUR.say }, text);
    expect(rules((await here.generate({ rename: { say: "tell" } })).routes)).toContain("rename-taken");
    expect(here.routes).toBe(text);
  });
});

test("a changed payload changes nothing in the file", async () => {
  const here = new Repository(FOUR);
  await here.generate();
  const text = here.routes;
  here.actions = { ...FOUR, say: takes("text", "room") };
  expect((await here.generate()).routes).toMatchObject({ action: "keep", findings: [] });
  expect(here.routes).toBe(text);
});

describe("a file that cannot be edited is left as it is, and what to paste is said", () => {
  test.each([
    [
      "one that does not parse",
      "const r: ChatRoutes = {\n  join() {,\n};\n",
      "routes-unreadable",
      { line: 4, column: 11 },
    ],
    [
      "one in which nothing is declared to be the interface",
      "const r = { join() {} };\n",
      "routes-not-found",
      { line: 1, column: 1 },
    ],
    [
      "one of two that could be meant",
      "const a: ChatRoutes = { join() {} };\nconst b: ChatRoutes = { say() {} };\n",
      "routes-ambiguous",
      { line: 4, column: 23 },
    ],
  ])("%s", async (_, text, rule, at) => {
    const here = new Repository(FOUR, IMPORTS + text);
    const { routes, changed } = await here.generate();
    expect(here.routes).toBe(IMPORTS + text);
    expect(routes.findings).toMatchObject([{ rule, severity: "error" }]);
    const place = routes.findings[0]?.place;
    expect(place?.file.position(place.path)).toEqual(at);
    expect(routes.snippet).toContain('  return notImplemented("leave");\n');
    expect(changed).toContain("server.ts");
  });

  test("one that is not UTF-8", async () => {
    const bytes = Buffer.from(`\ufeff${IMPORTS}const r: ChatRoutes = {};\n`, "utf16le");
    const here = new Repository(FOUR, bytes);
    expect(rules((await here.generate()).routes)).toEqual(["routes-unreadable"]);
    expect(readFileSync(here.routesPath).equals(bytes)).toBe(true);
  });

  test("what is to be pasted makes a whole file where there was nothing", async () => {
    const here = Repository.compiled(FOUR, "export {};\n");
    const { routes } = await here.generate();
    here.routes = routes.snippet ?? "";
    expect(here.errors()).toEqual([]);
    expect((await here.generate()).routes).toMatchObject({ action: "keep", findings: [] });
  });
});

describe("pruning", () => {
  const say = 'async say(_p, _c): Promise<void> {\n    return notImplemented("say");\n  },\n';
  const around = (member: string) =>
    `${IMPORTS}const r: ChatRoutes = {\n  join() {},\n\n  ${member}\n  leave() {},\n};\n`;

  test.each([
    ["as it was drafted", say],
    ["laid out in another way", 'async say(_p, _c) { return notImplemented( "say" ) },\n'],
  ])("takes away a stub %s, with its line and one empty line", async (_, member) => {
    const here = new Repository(without("say", "ask"), around(member));
    const { routes } = await here.generate({ prune: true });
    expect(routes).toMatchObject({ pruned: [{ routes: "ChatRoutes", ids: ["say"] }], findings: [] });
    expect(here.routes).toBe(around("").replace("\n  \n", "\n"));
  });

  test.each([
    ["code", "async say() {\n    work();\n  },\n"],
    ["a comment inside", 'async say() {\n    // soon\n    return notImplemented("say");\n  },\n'],
    ["a comment above", `/** Mine. */\n  ${say}`],
    ["a comment behind", `${say.trimEnd()} // soon\n`],
    ["another stub's answer", 'async say() {\n    return notImplemented("join");\n  },\n'],
  ])("leaves what has %s", async (_, member) => {
    const here = new Repository(without("say", "ask"), around(member));
    expect(rules((await here.generate({ prune: true })).routes)).toEqual(["stub-orphaned"]);
    expect(here.routes).toBe(around(member));
  });

  test("takes away all of several, and puts in what is new beside them", async () => {
    const here = new Repository(FOUR);
    await here.generate();
    here.actions = { first: takes("a"), last: takes("b") };
    await here.generate({ prune: true });
    expect(here.routes).toContain(`= {\n${stub("first")},\n\n${stub("last")},\n`);
    expect(here.routes).not.toContain("join");
  });
});

describe("writing", () => {
  const lacking = `${IMPORTS}const r: ChatRoutes = {\n  join() {},\n};\n`;

  test("keeps a file's mode, and a link a link", async () => {
    const here = new Repository(FOUR, lacking);
    mkdirSync(join(here.path, "src"));
    renameSync(here.routesPath, join(here.path, "src/real.ts"));
    symlinkSync("src/real.ts", here.routesPath);
    chmodSync(here.routesPath, 0o640);
    await here.generate();
    expect(lstatSync(here.routesPath).isSymbolicLink()).toBe(true);
    expect(statSync(here.routesPath).mode & 0o777).toBe(0o640);
    expect(here.routes).toContain("async say(");
  });

  test.each([
    ["appeared", undefined],
    ["changed", lacking],
  ])("leaves a file that %s meanwhile", async (_, before) => {
    const here = new Repository(FOUR, before);
    const { contract } = await readContract(join(here.path, "chat.json"));
    const problems = new Problems();
    const options = { style: "object", rename: {}, prune: false } as const;
    const plan = await planRoutes(here.routesPath, join(here.path, "generated"), contract, options, problems);
    here.routes = "// newer\n";
    await expect(writeRoutes(plan, problems)).rejects.toThrow(InputError);
    expect(problems.all).toMatchObject([{ rule: "routes-changed" }]);
    expect(here.routes).toBe("// newer\n");
  });
});
