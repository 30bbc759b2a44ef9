/**
 * Requests that do not say what answers them, although a message is called their response.
 */
import type { LintRule } from "./rule.js";

const ASKING = /[\s._-]*(request|req|query)$/i;
const ANSWERING = /[\s._-]*(response|reply|result)$/i;

export const loneRequest: LintRule = {
  id: "lone-request",
  level: "warning",
  check({ connections }, _root, report) {
    for (const { toServer, toClient } of connections) {
      const answers = new Map(
        toClient.actions.flatMap(({ title }) =>
          ANSWERING.test(title) ? [[coreOf(title.replace(ANSWERING, "")), title]] : [],
        ),
      );
      for (const { title, at, reply } of toServer.actions) {
        const answer = answers.get(coreOf(title.replace(ASKING, "")));
        if (reply || answer === undefined) continue;
        report(
          `${title} declares no reply, and ${answer} sounds like it`,
          at,
          'with a "reply" the client gets a method that resolves with the answer; without, the two are unrelated',
        );
      }
    }
  },
};

function coreOf(title: string): string {
  return title.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, "");
}
