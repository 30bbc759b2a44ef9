/**
 * Servers of which nothing says who may speak to them.
 */
import { isLoopback } from "./insecure-server.js";
import type { LintRule } from "./rule.js";

export const noSecurity: LintRule = {
  id: "no-security",
  level: "note",
  check({ connections }, root, report) {
    const isOpen = connections.every(({ security }) => security.length === 0);
    const isPublic = connections.some(({ servers }) => servers.some(({ url }) => !isLoopback(url)));
    if (!isOpen || !isPublic) return;
    report(
      "nothing says who may connect: no server and no operation has security",
      (root.raw("servers") ?? root).at,
      'a scheme under "security" makes the client ask for its credential and the server for its check; what is public needs none',
    );
  },
};
