/**
 * Names of messages that say the other direction. That most of a document's names do is a warning of its own, `perspective`;
 * an operation is named from the described side, so what it lends its name to is not looked at.
 */
import type { Action, Contract } from "../contract.js";
import type { Node } from "../document.js";
import { listed } from "./listed.js";
import type { LintRule } from "./rule.js";

/** What a client calls what it hears. "Event" says nothing: clients tell of some, too. */
const HEARD = /^on(?=[A-Z_.-])|[a-z][_.-]?[Rr]eceived$/;

/** What a client asks. */
const ASKED = /^(get|fetch|list|subscribe|unsubscribe|login|send)(?=[A-Z_.-])/;

/** What answers a request may keep its name: getRoomResult. */
const ANSWER = /(response|reply|result|ack|ok|error|event|data|success|failure|status|ed)s?$/i;

export const directionName: LintRule = {
  id: "direction-name",
  level: "warning",
  unless: "perspective",
  check(contract, root, report) {
    for (const { toServer, toClient } of contract.connections) {
      const both = new Set(
        toServer.actions.map(({ at }) => at).filter((at) => toClient.actions.some((one) => one.at === at)),
      );
      const isTelling = (action: Action) => !both.has(action.at) && hasOwnName(action, contract, root);
      const up = toServer.actions.filter(isTelling);
      const down = toClient.actions.filter(isTelling);
      const answered = new Set(up.map(({ title }) => coreOf(title)));
      const heard = up.filter(({ title }) => HEARD.test(title));
      // A server may ask, too: then the client has an answer.
      const asked = down.filter((action) => isAsked(action) && !answered.has(coreOf(action.title)));
      for (const [odd, from, to] of [[heard, "client", "server"] as const, [asked, "server", "client"] as const]) {
        const [first] = odd;
        if (!first) continue;
        const titles = listed(odd.map(({ title }) => title));
        const verb = odd.length === 1 ? "is said by the" : "are said by the";
        const names = odd.length === 1 ? "its name sounds" : "their names sound";
        report(`${titles} ${verb} ${from}; ${names} like what the ${to} says`, first.at, hintFor(contract));
      }
    }
  },
};

function hintFor({ source, perspective }: Contract): string {
  if (source.format === "actions") return 'correct "from", or give it a name that says who speaks';
  const other = perspective === "server" ? "client" : "server";
  return `give it a name that says who speaks, turn its operation around, or, if the document describes the ${other}, say --perspective ${other}`;
}

function hasOwnName({ title, at }: Action, { source }: Contract, root: Node): boolean {
  return source.format === "actions" || at.endsWith(`/${title}`) || root.follow(at)?.text("name") === title;
}

function isAsked({ title }: Action): boolean {
  return ASKED.test(title) && !ANSWER.test(title);
}

/** What is asked for: `get_version` and `version_response` are about one thing. */
function coreOf(title: string): string {
  const bare = title.replace(ASKED, "").replace(/(response|reply|result)$/i, "");
  return bare.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, "");
}
