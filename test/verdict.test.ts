import { describe, expect, test } from "vitest";
import { retryAfter } from "../runtime/retry-after.js";
import { type Loss, verdict } from "../runtime/verdict.js";

const closed = (code: number, opened = true): Loss => ({ code, reason: "", opened });
const answered = (status: number): Loss => ({ code: 1006, reason: "", opened: false, status });

describe("the verdict on a loss", () => {
  test.each([
    [closed(4401), "refused"],
    [closed(4403), "refused"],
    [answered(401), "refused"],
    [answered(403), "refused"],
    [closed(1000), "final"],
    ...[1002, 1003, 1007, 1008, 1010, 4400, 4404, 4406].map((code) => [closed(code), "final"] as const),
    ...[400, 404, 405, 410, 426].map((status) => [answered(status), "final"] as const),
    ...[1001, 1005, 1006, 1009, 1011, 1012, 1013, 1014, 4000, 4408, 4999].map((c) => [closed(c), "retry"] as const),
    ...[408, 425, 429, 500, 502, 503, 504].map((status) => [answered(status), "retry"] as const),
  ] as const)("of %j is %s", (loss, expected) => {
    expect(verdict(loss).is).toBe(expected);
  });

  test("takes a captive portal's answer, a page or a redirection, for a passing thing", () => {
    expect([200, 302, 307, 511].map((status) => verdict(answered(status)).is)).toEqual(Array(4).fill("retry"));
  });

  test("takes a bare 1006 before opening for no network, never for a refusal", () => {
    expect(verdict(closed(1006, false))).toMatchObject({ is: "retry", reason: { kind: "unreachable" } });
  });

  test("is the application's own where it has one", () => {
    expect(verdict(closed(1006, false), "refused")).toMatchObject({ is: "refused", reason: { kind: "unauthorized" } });
    expect(verdict(answered(404), "retry")).toMatchObject({ is: "retry", reason: { kind: "unavailable" } });
    expect(verdict(closed(1001), "final")).toMatchObject({ is: "final", reason: { kind: "rejected", code: 1001 } });
    expect(verdict(closed(4000), { retryAfter: 7_000 })).toMatchObject({ is: "retry", after: 7_000 });
    expect(verdict(closed(4401), undefined).is).toBe("refused");
  });

  test("says why in a kind and in words, with the peer's own", () => {
    expect(verdict({ ...closed(1012), reason: "deploy" }).reason).toEqual({
      kind: "lost",
      text: "the connection closed with 1012: deploy",
      code: 1012,
    });
    expect(verdict(closed(1000)).reason.kind).toBe("finished");
    expect(verdict(answered(404)).reason).toMatchObject({ kind: "rejected", status: 404 });
  });

  test("carries on what the server asked to wait", () => {
    expect(verdict({ ...answered(503), retryAfter: 30_000 })).toMatchObject({ is: "retry", after: 30_000 });
  });
});

describe("Retry-After", () => {
  const now = Date.parse("Sun, 06 Nov 1994 08:49:00 GMT");
  test.each([
    ["120", 120_000],
    [" 0 ", 0],
    ["Sun, 06 Nov 1994 08:49:37 GMT", 37_000],
    ["Sun, 06 Nov 1994 08:48:37 GMT", 0],
    ["Sunday, 06-Nov-94 08:49:37 GMT", 37_000],
    ["soon", undefined],
    ["-1", undefined],
    ["1.5", undefined],
    ["", undefined],
    [undefined, undefined],
  ])("of %j asks for %j ms", (header, expected) => {
    expect(retryAfter(header, now)).toBe(expected);
  });
});
