import type { DispatchByValue } from "@actionwire/runtime";
import { describe, expect, test } from "vitest";
import { leavesOf, routers } from "../runtime/dispatch.js";

const node: DispatchByValue = {
  by: "value",
  at: ["head", "type"],
  cases: [
    ["a", "one"],
    [null, "none"],
  ],
};

describe("a question for a value", () => {
  const asked = (others: Partial<DispatchByValue>) => {
    const route = routers({ ...node, ...others }, () => false).json;
    return ["a", null, "b"].map((type) => route({ head: { type } })).concat([{}, { head: {} }, 1].map(route));
  };

  test.each<[string, Partial<DispatchByValue>, (string | undefined)[]]>([
    ["nowhere else", {}, [undefined, undefined]],
    ["elsewhere with any other value, or none", { otherwise: "rest" }, ["rest", "rest"]],
    ["elsewhere without a value only", { absent: "bare" }, [undefined, "bare"]],
    ["to one place with another value, to a second with none", { otherwise: "rest", absent: "bare" }, ["rest", "bare"]],
    ["nowhere without a value where the node says so", { otherwise: "rest", absent: null }, ["rest", undefined]],
  ])("leads %s", (_, others, [unknown, absent]) => {
    expect(asked(others)).toEqual(["one", "none", unknown, absent, absent, absent]);
  });

  test("leads to all of its leaves", () => {
    const absent: DispatchByValue = { ...node, cases: [["x", "deep"]], absent: "bare" };
    expect([...leavesOf({ ...node, absent, otherwise: "rest" })].sort()).toEqual([
      "bare",
      "deep",
      "none",
      "one",
      "rest",
    ]);
  });
});

describe("a question for a JSON type", () => {
  test("takes a large integer for the number that it is in JSON", () => {
    const route = routers({ by: "type", cases: [["number", "count"]], otherwise: "rest" }, () => false).json;
    expect([1, 2n ** 60n, "1", null, [1]].map(route)).toEqual(["count", "count", "rest", "rest", "rest"]);
  });
});
