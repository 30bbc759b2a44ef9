/**
 * Replies that carry nothing to find their request by. Where payloads seem to carry an id, `reply-order` says so.
 */

import { idPairs } from "../build/reply-ids.js";
import { counted, listed } from "./listed.js";
import type { LintRule } from "./rule.js";
import { membersOf } from "./spots.js";

export const replyByOrder: LintRule = {
  id: "reply-by-order",
  level: "note",
  check(contract, _root, report) {
    for (const { toServer } of contract.connections) {
      const all = toServer.actions.filter(({ payload, reply }) => {
        if (reply?.by !== "order") return false;
        const asked = membersOf(contract, payload).all;
        return reply.types.every((type) => idPairs(asked, membersOf(contract, type).all).length === 0);
      });
      const [first] = all;
      if (!first) continue;
      report(
        `replies to ${counted(all.length, "request")} are matched in the order of asking: ${listed(all.map(({ title }) => title))}`,
        first.at,
        'an id that a request and its reply both carry, said as "correlationId", survives a server that answers in another order',
      );
    }
  },
};
