import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, onTestFinished, test } from "vitest";
import { camel, pascal, RESERVED_MEMBERS, Scope } from "../generator/build/names.js";
import { generate } from "../generator/index.js";
import { Problems } from "../generator/problem.js";
import { talk } from "./smoke/talk.js";
import { compile, VERSIONS } from "./support/compile.js";
import { asyncapi3, folder } from "./support/documents.js";
import { ROOT } from "./support/examples.js";

const IDENTIFIER = /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u;

test.each([
  ["joinRoom", "JoinRoom", "joinRoom"],
  ["join_room", "JoinRoom", "joinRoom"],
  ["JOIN-ROOM", "JoinRoom", "joinRoom"],
  ["join room!", "JoinRoom", "joinRoom"],
  ["HTTPStatus", "HTTPStatus", "httpStatus"],
  ["ID", "Id", "id"],
  ["größe", "Größe", "größe"],
  ["房间", "房间", "房间"],
  ["2nd try", "_2ndTry", "_2ndTry"],
  ["👋", "Message", "message"],
  ["", "Message", "message"],
  ["__proto__", "Proto", "proto"],
])("%s becomes %s and %s", (name, type, member) => {
  expect(pascal(name)).toBe(type);
  expect(camel(name)).toBe(member);
});

describe("in one scope", () => {
  const scope = () => new Scope("action", new Problems(), RESERVED_MEMBERS, "Action");

  test("every name given is an identifier and is given once, whatever was asked for", () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.string({ unit: "binary" }), fc.constantFrom("a", "A", "new", "then"))),
        (names) => {
          const here = scope();
          const given = names.map((name) => here.give(camel(name)));
          expect(new Set(given).size).toBe(given.length);
          for (const name of given) expect(name).toMatch(IDENTIFIER);
          expect(given.filter((name) => RESERVED_MEMBERS.includes(name))).toEqual([]);
        },
      ),
    );
  });

  test("appending a name changes none before it", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom("a", "b", "a2", "new", "a-")), fc.string(), (names, last) => {
        const give = (all: readonly string[]) => {
          const here = scope();
          return all.map((name) => here.give(camel(name)));
        };
        expect(give([...names, last]).slice(0, names.length)).toEqual(give(names));
      }),
    );
  });
});

describe("three hundred messages whose names get in each other's way", () => {
  /** `tick`, `tIck`, `TIck`, ...: every way to write a word in small and capital letters. */
  const cases = (word: string): string[] =>
    [...word].reduce<string[]>(
      (all, letter) => all.flatMap((start) => [start + letter.toLowerCase(), start + letter.toUpperCase()]),
      [""],
    );
  const HOSTILE = [
    ...["Promise", "Array", "Object", "String", "Number", "Record", "Error", "Map", "Set", "Symbol", "Uint8Array"],
    ...["undefined", "NaN", "Infinity", "globalThis", "arguments", "eval", "constructor", "prototype", "__proto__"],
    ...["toString", "hasOwnProperty", "then", "await", "yield", "let", "static", "enum", "interface", "package"],
    ...["any", "unknown", "never", "string", "number", "object", "bigint", "void", "null", "true", "class", "import"],
    ...["Client", "ClientOptions", "Sender", "Context", "Api", "Validate", "Unlabelled", "RequestOptions", "mount"],
    ...["types", "validators", "wire", "index", "server", "client", "Awaitable", "Mounted", "HttpServer"],
    ...["TestClient", "TestHandlers", "TestOptions", "TestRoutes", "TestContext", "TestSender", "serveTest", "test"],
    ...["send", "request", "on", "handle", "connect", "close", "watch", "state", "pending", "sendSend", "onOn"],
    ...["", " ", "1", "2nd", "-", "*/", "//", "`${process.exit(1)}`", "\"'", "\\", "\u2028", "👋", "ǆ", "ǅ", "ß", "SS"],
  ];
  const SPACED = [
    "join room",
    "join-room",
    "join_room",
    "join.room",
    "join/room",
    " join room ",
    "joinRoom2",
    "join room 2",
  ];
  const names = [...cases("ticker"), ...cases("orders"), ...cases("login"), ...SPACED, ...HOSTILE];
  const all = [...names, ...names].slice(0, 300); // the last ones are there twice, by name

  test("generate, each under a name of its own, compile with their routes under every TypeScript, and arrive", {
    timeout: 120_000,
  }, async () => {
    const messages = (parity: number) =>
      Object.fromEntries(
        all.flatMap((name, index) => {
          const is = { const: index };
          const payload = {
            type: "object",
            title: name,
            required: ["is"],
            properties: { is, [name]: { type: "string" } },
          };
          return index % 2 === parity ? [[`m${index}`, { name, payload }]] : [];
        }),
      );
    const document = join(folder({ "api.yaml": asyncapi3({ receive: messages(0), send: messages(1) }) }), "api.yaml");
    const work = mkdtempSync(join(ROOT, "test/.compile-names-")); // below the root, so that packages are found
    onTestFinished(() => rmSync(work, { recursive: true, force: true }));
    mkdirSync(join(work, "generated"));
    const { contract, changed } = await generate(document, {
      out: join(work, "generated"),
      routes: join(work, "routes.ts"),
    });

    const actions = contract.connections.flatMap(({ toServer, toClient }) =>
      [toServer, toClient].map((way) => way.actions),
    );
    expect(actions.map((way) => way.length)).toEqual([150, 150]);
    for (const way of actions) {
      for (const given of [way.map(({ id }) => id), way.flatMap(({ names }) => [names.send, names.on])]) {
        expect(given.length).toBe(new Set(given).size);
        for (const name of given) expect(name).toMatch(IDENTIFIER);
      }
    }
    const files = [...changed.map((name) => join(work, "generated", name)), join(work, "routes.ts")];
    const nodenext = { module: "nodenext", moduleResolution: "nodenext" };
    for (const version of VERSIONS) expect([version, await compile(version, files, nodenext)]).toEqual([version, ""]);

    const { failures, own, sent, arrived } = await talk(contract, join(work, "generated"));
    expect(failures).toEqual([]);
    expect([own, arrived]).toEqual([300, sent]);
  });
});
