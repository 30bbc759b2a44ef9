/**
 * Work done one at a time, in the order it came: what makes a connection's handlers serial.
 */

/** A piece of work and what it weighs while it waits, in UTF-16 units of its text, or in bytes. */
export interface Job {
  readonly size: number;
  /** Must not reject. */
  run(): Promise<void>;
}

/** When a lane is full. Work above the mark is still taken: what is already read has to go somewhere. */
export interface LaneMarks {
  readonly jobs: number;
  readonly size: number;
  /** Called with true on reaching a mark, with false once half of it or less is left. */
  full(is: boolean): void;
}

export class Lane {
  readonly #marks: LaneMarks;
  #waiting: Job[] = [];
  #size = 0;
  #running = false;
  #full = false;
  #whenIdle: (() => void)[] = [];

  constructor(marks: LaneMarks) {
    this.#marks = marks;
  }

  push(job: Job): void {
    this.#waiting.push(job);
    this.#size += job.size;
    if (!this.#running) void this.#drain();
    else this.#weigh();
  }

  /** Forgets what waits. What runs is left to end. */
  clear(): void {
    this.#waiting = [];
    this.#size = 0;
  }

  /** Resolves when nothing runs or waits. */
  idle(): Promise<void> {
    return this.#running ? new Promise((resolve) => this.#whenIdle.push(resolve)) : Promise.resolve();
  }

  async #drain(): Promise<void> {
    this.#running = true;
    for (let job = this.#waiting.shift(); job; job = this.#waiting.shift()) {
      this.#size -= job.size;
      this.#weigh();
      await job.run();
    }
    this.#running = false;
    for (const tell of this.#whenIdle.splice(0)) tell();
  }

  #weigh(): void {
    const { jobs, size } = this.#marks;
    const share = this.#full ? 0.5 : 1;
    const heavy = this.#waiting.length > jobs * share || this.#size > size * share;
    if (heavy === this.#full) return;
    this.#full = heavy;
    this.#marks.full(heavy);
  }
}
