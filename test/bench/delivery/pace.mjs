/**
 * How many messages are under way: new ones are sent as earlier ones are known to be handled, by whatever tells.
 */

/** Messages for which the server says once that they are handled. */
export const STEP = 250;

export class Pace {
  #sent = 0;
  #handled = 0;
  #goal = 0;
  #ahead = 0;
  #send;
  #reached = () => {};

  /** `send`: sends the message with a number. */
  constructor(send) {
    this.#send = send;
  }

  /** Sends so many more, at most `ahead` of what is handled; resolves when all are. */
  run(messages, ahead) {
    this.#goal += messages;
    this.#ahead = ahead;
    const done = new Promise((reached) => {
      this.#reached = reached;
    });
    this.#go();
    return done;
  }

  /** So many more are handled. */
  advance(messages) {
    this.#handled += messages;
    this.#go();
    if (this.#handled === this.#goal) this.#reached();
  }

  #go() {
    const until = Math.min(this.#goal, this.#handled + this.#ahead);
    while (this.#sent < until) this.#send(this.#sent++);
  }
}
