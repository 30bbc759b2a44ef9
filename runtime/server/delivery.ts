/** One message of a session, by what makes it the same message when it comes again. */
export interface Delivery {
  /** What `send` returned on the client; the same however often the message comes. */
  readonly id: string;
  /** Who sent it: one run of one client, and one of its priorities. The id's part of that, and a suffix for its user. */
  readonly stream: string;
  /** The rest of the id: numbers of a stream only grow. */
  readonly number: number;
  /**
   * It may have come before: the client has written it to an earlier connection, and it is not on record that it was
   * handled.
   */
  readonly again: boolean;
}

/** A message of a session while it is handled. */
export interface Receipt {
  readonly delivery: Delivery;
  /** Tells the client that it is not handled, and why. */
  reject(code: string, message: string): void;
}
