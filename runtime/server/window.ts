/**
 * The latest messages of one topic, numbered: as many as its bounds allow.
 */
import { type Frame, frameSize } from "../frame.js";
import type { Page, Place, Said } from "./broker.js";

/** Bounds of what is kept of one topic. */
export interface WindowLimits {
  /** Messages. Default 1,000. */
  readonly maxMessages: number;
  /** Bytes of their frames. Default 1,048,576. */
  readonly maxBytes: number;
  /** Milliseconds after which a message is not kept any longer. Default 300,000. */
  readonly keepMs: number;
}

interface Kept extends Said {
  readonly size: number;
  readonly at: number;
}

/** Places of messages let go, before the list is tidied up. */
const UNTIDY = 256;

export class Window {
  readonly stream: string;
  readonly #limits: WindowLimits;
  #list: Kept[] = [];
  #first = 0;
  #bytes = 0;
  #last = 0;
  /** When it was last written or read, in milliseconds since the epoch. */
  used: number;

  constructor(stream: string, limits: WindowLimits, now: number) {
    this.stream = stream;
    this.#limits = limits;
    this.used = now;
  }

  get bytes(): number {
    return this.#bytes;
  }

  add(frame: Frame, now: number): Said {
    const kept = { stream: this.stream, number: ++this.#last, frame, size: frameSize(frame), at: now };
    this.#list.push(kept);
    this.#bytes += kept.size;
    this.used = now;
    this.#trim(now);
    return kept;
  }

  read(after: Place | undefined, most: number, now: number): Page {
    this.used = now;
    this.#trim(now);
    const top = { stream: this.stream, number: this.#last };
    if (!after) return { at: top, said: [], lost: false };
    const oldest = this.#last - (this.#list.length - this.#first); // the place before the first that is kept
    if (after.stream !== this.stream || after.number < oldest || after.number > this.#last) {
      return { at: top, said: [], lost: true };
    }
    const from = this.#first + after.number - oldest;
    const said = this.#list.slice(from, from + most);
    return { at: said.at(-1) ?? after, said, lost: false };
  }

  /** Lets go of what is up to a place. */
  release({ stream, number }: Place): void {
    if (stream !== this.stream) return;
    for (let oldest = this.#list[this.#first]; oldest && oldest.number <= number; oldest = this.#list[this.#first]) {
      this.#bytes -= oldest.size;
      this.#first++;
    }
    this.#tidy();
  }

  /** Lets go of all messages, not of their numbers. */
  empty(): void {
    this.#list = [];
    this.#first = this.#bytes = 0;
  }

  #trim(now: number): void {
    const { maxMessages, maxBytes, keepMs } = this.#limits;
    for (let oldest = this.#list[this.#first]; oldest; oldest = this.#list[this.#first]) {
      const fits = this.#list.length - this.#first <= maxMessages && this.#bytes <= maxBytes;
      if (fits && now - oldest.at <= keepMs) break;
      this.#bytes -= oldest.size;
      this.#first++;
    }
    this.#tidy();
  }

  #tidy(): void {
    if (this.#first < UNTIDY || this.#first * 2 < this.#list.length) return;
    this.#list = this.#list.slice(this.#first);
    this.#first = 0;
  }
}
