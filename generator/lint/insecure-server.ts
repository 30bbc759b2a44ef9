/**
 * Servers that are spoken to in clear over a network.
 */
import type { LintRule } from "./rule.js";

/** Names that never leave a machine. https://www.rfc-editor.org/rfc/rfc6761#section-6.3 */
const LOOPBACK = /^(localhost|.*\.localhost|127(\.\d+){3}|0\.0\.0\.0|\[::1?\])$/i;

export const insecureServer: LintRule = {
  id: "insecure-server",
  level: "warning",
  check({ connections }, root, report) {
    for (const { key, url } of connections.flatMap(({ servers }) => servers)) {
      if (!/^ws:/i.test(url) || isLoopback(url)) continue;
      report(
        `server ${key} is spoken to without encryption (${url}): anybody on the way reads tokens and messages, and pages from https cannot open it`,
        root.raw("servers")?.raw(key)?.at ?? root.at,
        "wss:// instead of ws://",
      );
    }
  },
};

export function isLoopback(url: string): boolean {
  const host = /^wss?:\/\/(?:[^/@]*@)?(\[[^\]]*\]|[^/:?#]*)/i.exec(url)?.[1];
  return host !== undefined && LOOPBACK.test(host);
}
