/**
 * What is said in this benchmark: a message of about 200 bytes of JSON, and its echo. Nothing is validated, since the cost
 * of validation is the same however messages travel.
 */
import { Client } from "@actionwire/runtime";
import { Sender } from "@actionwire/runtime/server";

const text =
  "It was a bright cold day in April, and the clocks were striking thirteen. Winston Smith slipped quickly in.";

/** A payload; as JSON, with its action, 195 bytes for an `n` of five digits. */
export const payload = (n) => ({ n, room: "lobby", author: "winston.smith@example.com", text });

/** The frame's value, member by member: spreading would cost the floor microseconds. */
export const labelled = (action, { n, room, author, text }) => ({ action, n, room, author, text });

const direction = (action) => ({
  actions: { [action]: { labels: { action }, validate: () => true } },
  dispatch: { by: "value", at: ["action"], cases: [[action, action]] },
});

/** The contract, in the form the generator writes. */
export const api = {
  runtime: 1,
  title: "Bench",
  version: "1.0.0",
  hash: "0",
  servers: {},
  path: "/",
  toServer: direction("say"),
  toClient: direction("said"),
};

export class BenchClient extends Client {
  sendSay(said) {
    return this.send("say", said);
  }

  onSaid(handler) {
    return this.on("said", handler);
  }
}

export class BenchSender extends Sender {
  sendSaid(said) {
    return this.send("said", said);
  }
}
