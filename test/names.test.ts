import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { camel, pascal, RESERVED_MEMBERS, Scope } from "../generator/build/names.js";
import { Problems } from "../generator/problem.js";

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
