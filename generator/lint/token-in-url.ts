/**
 * Credentials that travel in the address, which proxies and servers write to their logs.
 */
import { listed } from "./listed.js";
import type { LintRule } from "./rule.js";

export const tokenInUrl: LintRule = {
  id: "token-in-url",
  level: "warning",
  check({ connections }, root, report) {
    const schemes = connections.flatMap(({ security }) => security.flat());
    const keys = [...new Set(schemes.flatMap(({ key, place }) => (place.in === "query" ? [key] : [])))];
    const [first] = keys;
    if (first === undefined) return;
    report(
      `${listed(keys)} travels in the query of the address, which proxies and servers log`,
      (root.get("components")?.get("securitySchemes")?.get(first) ?? root.raw("token") ?? root).at,
      "a header, where clients can set one; else a token that is worth one connection and expires in seconds",
    );
  },
};
