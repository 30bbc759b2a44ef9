/**
 * Mistakes that could be made in the delivery of messages, each of which the simulation must notice.
 */
import type { Mistake } from "./bundle.js";

export const mistakes: readonly Mistake[] = [
  {
    name: "the client forgets to write again what was in flight",
    file: "session/ledger.ts",
    from: "for (const stream of this.#streams) stream.rewind();",
    to: "",
  },
  {
    name: "a message leaves before the store has it",
    file: "session/ledger.ts",
    from: "if (!head.durable) break;",
    to: "",
  },
  {
    name: "the store is believed before it has written",
    file: "session/keeper.ts",
    from: "await this.#store.write(put.map(stored), drop);",
    to: "void this.#store.write(put.map(stored), drop);",
  },
  {
    name: "what expired after it was written is said to have failed",
    file: "session/ledger.ts",
    from: "const perhaps = held.number <= held.stream.written;",
    to: "const perhaps = false;",
  },
  {
    name: "what has expired is sent all the same",
    file: "session/ledger.ts",
    from: "} else if (held.expires <= now) {",
    to: "} else if (held.expires <= now - 1e9) {",
  },
  {
    name: "a message is passed over before the store has let go of it",
    file: "session/ledger.ts",
    from: "if (head.barrier) break;",
    to: "",
  },
  {
    name: "the client writes beyond the window",
    file: "session/session.ts",
    from: "const room = this.#ledger.flying < this.#window;",
    to: "const room = true;",
  },
  {
    name: "the client forgets what is in flight when a connection breaks",
    file: "session/ledger.ts",
    from: "    this.#flying = 0;\n",
    to: "",
  },
  {
    name: "the outbox grows without bound",
    file: "session/ledger.ts",
    from: "if (this.#messages >= maxMessages ||",
    to: "if (",
  },
  {
    name: "a closed client leaves a timer behind",
    file: "session/session.ts",
    from: "    this.#greeted = false;\n    this.#listening.stop();\n    return this.#book.close();",
    to: "    return this.#book.close();",
  },
  {
    name: "a client that was forgotten does not notice",
    file: "session/session.ts",
    from: "const forgotten = !resumed || own !== before;",
    to: "const forgotten = false;",
  },
  {
    name: "requests whose replies were lost wait for ever",
    file: "session/session.ts",
    from: "if (!goesOn) this.#unanswered();",
    to: "",
  },
  {
    name: "requests whose handlers were cut short wait for ever",
    file: "session/session.ts",
    from: "if (!this.#doubtful || stream !== this.#own || number < this.#doubtful.until) return;",
    to: "if (true) return;",
  },
  {
    name: "the server acknowledges before it has handled",
    file: "server/session/visit.ts",
    from: "    await this.#guest.hear(frame, {",
    to: "    this.#acknowledging.handled(index, number);\n    await this.#guest.hear(frame, {",
  },
  {
    name: "the server does not record what it has handled",
    file: "server/session/visit.ts",
    from: "const recording = store.record(name, number);",
    to: "const recording = undefined;",
  },
  {
    name: "a newer connection does not wait for the handlers of an older one",
    file: "server/session/holders.ts",
    from: "await Promise.all([...older].map((other) => other.fence()));",
    to: "for (const other of older) void other.fence();",
  },
  {
    name: "an older connection goes on handling what it has read",
    file: "server/session/visit.ts",
    from: "  async fence(): Promise<void> {\n    this.#mute = true;",
    to: "  async fence(): Promise<void> {",
  },
  {
    name: "the server does not say that a message may have come before",
    file: "server/session/visit.ts",
    from: "const again = number <= written;",
    to: "const again = false;",
  },
  {
    name: "a topic goes on from its end instead of from where the client was",
    file: "server/session/greeting.ts",
    from: "const page = joined ?",
    to: "const page = false ?",
  },
  {
    name: "a topic goes on from where it was joined, whatever the client has heard since",
    file: "server/session/greeting.ts",
    from: "number: Math.max(heard, joined.number)",
    to: "number: joined.number",
  },
  {
    name: "a client that fell out of a topic's window is not told",
    file: "server/session/greeting.ts",
    from: "lost ||= page.lost;",
    to: "",
  },
  {
    name: "a slow client that fell out of a topic's window is not told",
    file: "server/session/feed.ts",
    from: "if (page.lost) this.#pipe.lost(at, page.at);",
    to: "",
  },
  {
    name: "what is said while a topic is being read is missed",
    file: "server/session/feed.ts",
    from: "if (page.said.length > 0 || page.lost || this.#more) continue;",
    to: "if (page.said.length > 0 || page.lost) continue;",
  },
  {
    name: "a topic's messages overtake the welcome",
    file: "server/session/feed.ts",
    from: "if (!this.#flowing) return Promise.resolve();",
    to: "",
  },
  {
    name: "a reply does not say what it answers",
    file: "server/session/visit.ts",
    from: "tailOf(frame, answers)",
    to: "tailOf(frame)",
  },
];
