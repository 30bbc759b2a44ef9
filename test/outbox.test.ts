import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Entry, Outbox } from "../runtime/outbox.js";

const entry = (n: number, bytes = 10): Entry => ({ id: String(n), action: "say", frame: `${n}`, bytes, asks: false });
const ids = (entries: readonly Entry[]): string[] => entries.map(({ id }) => id);
const LIMITS = { maxMessages: 5, maxBytes: 100 };

function filled(count: number, limits = LIMITS): Outbox {
  const outbox = new Outbox(limits);
  for (let n = 0; n < count; n++) outbox.add(entry(n));
  return outbox;
}

function takeAll(outbox: Outbox): string[] {
  const taken: string[] = [];
  for (let next = outbox.take(); next; next = outbox.take()) taken.push(next.id);
  return taken;
}

describe("the outbox", () => {
  test("is bounded by messages and by bytes, and says when it is full", () => {
    const outbox = filled(5);
    expect(outbox.add(entry(5))).toBe(false);
    const heavy = new Outbox(LIMITS);
    expect([heavy.add(entry(0, 60)), heavy.add(entry(1, 41)), heavy.add(entry(2, 40))]).toEqual([true, false, true]);
    expect([heavy.queued, heavy.bytes]).toEqual([2, 100]);
  });

  test("gives back what was written to a connection that refused, before the rest and in order", () => {
    const outbox = filled(4);
    outbox.take();
    outbox.take();
    outbox.restore();
    expect(ids(outbox.waiting())).toEqual(["0", "1", "2", "3"]);
    expect(takeAll(outbox)).toEqual(["0", "1", "2", "3"]);
  });

  test("writes no more to a connection that may yet refuse than it can take back", () => {
    const outbox = filled(5);
    expect(takeAll(outbox)).toHaveLength(5);
    outbox.add(entry(5));
    expect(outbox.take()).toBeUndefined();
    outbox.trust();
    expect(outbox.take()?.id).toBe("5");
  });

  test("hands out once what was written to a connection that broke, and counts what it forgot of it", () => {
    const outbox = filled(5);
    outbox.trust();
    takeAll(outbox);
    for (let n = 5; n < 8; n++) {
      outbox.add(entry(n));
      outbox.take();
    }
    const { entries, more } = outbox.lose();
    expect([ids(entries), more]).toEqual([["3", "4", "5", "6", "7"], 3]);
    expect(outbox.lose()).toEqual({ entries: [], more: 0 });
  });

  test("lets go of what was written before a mark that was answered, and of nothing after it", () => {
    const outbox = filled(5);
    outbox.take();
    outbox.take();
    const mark = outbox.mark();
    outbox.take();
    outbox.arrived(mark);
    expect(ids(outbox.lose().entries)).toEqual(["2"]);
  });

  test.each([64, 65, 100, 1_000])("lets go of %i messages that one answer speaks for, and of no more", (many) => {
    const outbox = filled(many + 1, { maxMessages: many + 1, maxBytes: 1e6 });
    for (let n = 0; n < many; n++) outbox.take();
    outbox.arrived(outbox.mark());
    expect(ids(outbox.waiting())).toEqual([`${many}`]);
    expect(outbox.take()?.id).toBe(`${many}`);
    expect(ids(outbox.lose().entries)).toEqual([`${many}`]);
  });

  test("lets go of an answered message and all before it", () => {
    const outbox = filled(3);
    takeAll(outbox);
    outbox.answered("1");
    expect(ids(outbox.lose().entries)).toEqual(["2"]);
  });

  test("takes a message out only while it waits", () => {
    const outbox = filled(3);
    outbox.take();
    expect([outbox.remove("0"), outbox.remove("1"), outbox.remove("1"), outbox.remove("9")]).toEqual([
      false,
      true,
      false,
      false,
    ]);
    expect(takeAll(outbox)).toEqual(["2"]);
  });

  test("makes nothing of a mark that nobody set", () => {
    const outbox = filled(3);
    outbox.take();
    for (const mark of [Number.NaN, -1, Number.NEGATIVE_INFINITY]) outbox.arrived(mark);
    expect(ids(outbox.lose().entries)).toEqual(["0"]);
    outbox.take();
    outbox.arrived(Number.POSITIVE_INFINITY);
    expect([ids(outbox.lose().entries), ids(outbox.waiting())]).toEqual([[], ["2"]]);
  });
});

/** What an outbox should be, as plainly as it can be said. */
class Model {
  written: string[] = [];
  queued: string[] = [];
  forgotten = 0;
  withdrawn: Set<string> = new Set();
  marks: number[] = [];
  /** How many were ever written, the forgotten included, minus what was given back. */
  count = 0;
  trusted = false;
}

const operation = fc.oneof(
  { weight: 6, arbitrary: fc.constant("add" as const) },
  { weight: 6, arbitrary: fc.constant("take" as const) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      "trust",
      "restore",
      "lose",
      "mark",
      "arrived",
      "remove",
      "withdraw",
      "press",
      "answered",
      "clear",
    ),
  },
);

describe("over any history, the outbox", () => {
  test("keeps, hands out and forgets exactly what a plain list would, in order", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(operation, fc.nat(9)), { maxLength: 400 }), (history) => {
        const outbox = new Outbox({ maxMessages: 8, maxBytes: 1_000 });
        const model = new Model();
        let mark: { at: number; model: number } | undefined;
        let n = 0;
        for (const [name, pick] of history) {
          switch (name) {
            case "add": {
              const id = String(n++);
              const taken = outbox.add(entry(Number(id)));
              expect(taken).toBe(model.queued.length < 8);
              if (taken) model.queued.push(id);
              break;
            }
            case "take": {
              const blocked = model.written.length >= 8 && !model.trusted;
              expect(outbox.take()?.id).toBe(blocked ? undefined : model.queued[0]);
              const id = blocked ? undefined : model.queued.shift();
              if (id === undefined) break;
              if (model.written.length >= 8) {
                model.written.shift();
                model.forgotten++;
              }
              model.written.push(id);
              model.count++;
              break;
            }
            case "trust":
              outbox.trust();
              model.trusted = true;
              break;
            case "restore":
              expect(outbox.restore()).toEqual({ entries: [], more: model.forgotten });
              model.queued.unshift(...model.written.filter((id) => !model.withdrawn.has(id)));
              Object.assign(model, {
                count: model.count - model.written.length,
                written: [],
                forgotten: 0,
                trusted: false,
              });
              mark = undefined;
              break;
            case "lose":
              expect(outbox.lose()).toEqual({
                entries: model.written.map((id) => entry(Number(id))),
                more: model.forgotten,
              });
              Object.assign(model, { written: [], forgotten: 0, trusted: false });
              mark = undefined;
              break;
            case "mark":
              mark = { at: outbox.mark(), model: model.count };
              break;
            case "arrived": {
              if (!mark) break;
              outbox.arrived(mark.at);
              const after = model.count - mark.model;
              model.forgotten = Math.min(model.forgotten, Math.max(0, after - model.written.length));
              model.written = after === 0 ? [] : model.written.slice(-after);
              mark = undefined;
              break;
            }
            case "withdraw": {
              const id = model.written[pick] ?? "none";
              expect(outbox.remove(id)).toBe(false);
              model.withdrawn.add(id);
              break;
            }
            case "press":
              expect(outbox.press()).toBe(!model.trusted && model.written.length > 0);
              model.trusted ||= model.written.length > 0;
              break;
            case "remove": {
              const id = model.queued[pick] ?? "none";
              expect(outbox.remove(id)).toBe(id !== "none");
              model.queued = model.queued.filter((other) => other !== id);
              break;
            }
            case "answered": {
              const id = model.written[pick];
              outbox.answered(id ?? "none");
              if (id === undefined) break;
              model.written = model.written.slice(pick + 1);
              model.forgotten = 0;
              break;
            }
            case "clear":
              expect(ids(outbox.clear())).toEqual(model.queued);
              model.queued = [];
              break;
          }
          expect(ids(outbox.waiting())).toEqual(model.queued);
          expect([outbox.queued, outbox.bytes]).toEqual([model.queued.length, model.queued.length * 10]);
        }
      }),
      { numRuns: 300 },
    );
  });
});
