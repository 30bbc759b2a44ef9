import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, afterEach, describe, expect, test, vi } from "vitest";
import { type Damage, type FileStoreOptions, fileStore } from "../runtime/file-store/index.js";
import { HEADER, lineOf } from "../runtime/file-store/lines.js";
import { replay } from "../runtime/file-store/replay.js";
import { memoryStore } from "../runtime/session/memory-store.js";
import type { OutboxStore, StoredMessage } from "../runtime/session/store.js";
import { ROOT } from "./support/examples.js";

const folder = mkdtempSync(join(tmpdir(), "actionwire-store-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let files = 0;
const newPath = (): string => join(folder, `${++files}`, "outbox");

/** Every store on a file, so that those that stand for dead processes let go of it in the end. */
const stores: OutboxStore[] = [];
function storeAt(path: string, options: FileStoreOptions = {}): OutboxStore {
  const store = fileStore(path, options);
  stores.push(store);
  return store;
}
afterEach(async () => {
  for (const store of stores.splice(0)) await store.close();
});

const message = (id: string, rest: Partial<StoredMessage> = {}): StoredMessage => ({
  id,
  action: "say",
  frame: `frame of ${id}`,
  asks: false,
  ...rest,
});
const ids = (messages: Iterable<StoredMessage>): string[] => Array.from(messages, ({ id }) => id);

/** A store, and how the next process finds it after this one closed it or died. */
interface Place {
  readonly store: OutboxStore;
  afterClose(): OutboxStore;
  afterCrash(): OutboxStore;
}

const places: Record<string, () => Place> = {
  memory() {
    const store = memoryStore();
    return { store, afterClose: () => store, afterCrash: () => store };
  },
  file() {
    const path = newPath();
    return { store: storeAt(path), afterClose: () => storeAt(path), afterCrash: () => crashed(path) };
  },
};

/** The file as another process finds it: what is in it, and no lock. */
function crashed(path: string, options: FileStoreOptions = {}): OutboxStore {
  rmSync(`${path}.lock`, { force: true });
  return storeAt(path, options);
}

/** What a store that was not opened yet hands out. */
async function contentOf(store: OutboxStore): Promise<readonly StoredMessage[]> {
  const messages = await store.open();
  await store.close();
  return messages;
}

const anyText = fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)) });
const anyMessage = (id: string): fc.Arbitrary<StoredMessage> =>
  fc.record(
    {
      id: fc.constant(id),
      action: anyText,
      frame: fc.oneof(anyText, fc.uint8Array()),
      asks: fc.boolean(),
      expires: fc.nat(),
      priority: fc.integer(),
    },
    { requiredKeys: ["id", "action", "frame", "asks"] },
  );

/** What one write does: so many messages, and drops of some of what was put so far, as shares of it. */
const anyWrites = fc.array(
  fc.record({ put: fc.nat(4), dropped: fc.array(fc.double({ min: 0, max: 0.999, noNaN: true }), { maxLength: 3 }) }),
  {
    maxLength: 8,
  },
);

/** The writes said in full, and what is kept after each. */
function told(writes: readonly { readonly put: number; readonly dropped: readonly number[] }[]) {
  const kept = new Map<string, StoredMessage>();
  let count = 0;
  return writes.map(({ put, dropped }) => {
    const messages = Array.from({ length: put }, () => message(`s.${++count}`, { frame: `é\ud800 ${count}` }));
    for (const each of messages) kept.set(each.id, each);
    const gone = dropped.map((share) => `s.${1 + Math.floor(share * count)}`);
    for (const id of gone) kept.delete(id);
    return { put: messages, dropped: gone, after: [...kept.values()] };
  });
}

describe.each(Object.entries(places))("a store in %s", (_, make) => {
  test("hands out what was kept and not dropped, in order, to whoever opens it after it was closed", async () => {
    const { store, afterClose } = make();
    expect(await store.open()).toEqual([]);
    await store.write([message("a.1"), message("a.2", { asks: true, expires: 17, priority: -2 })], []);
    await store.write([message("a.3")], ["a.1"]);
    await store.close();
    expect(await contentOf(afterClose())).toEqual([
      message("a.2", { asks: true, expires: 17, priority: -2 }),
      message("a.3"),
    ]);
  });

  test("hands it out to whoever opens it after its process died, too", async () => {
    const { store, afterCrash } = make();
    await store.open();
    await store.write([message("a.1"), message("a.2")], []);
    await store.write([], ["a.1"]);
    expect(ids(await contentOf(afterCrash()))).toEqual(["a.2"]);
  });

  test("what was dropped stays dropped over any number of opens, and what follows comes behind what was there", async () => {
    const { store, afterClose } = make();
    await store.open();
    await store.write([message("a.1"), message("a.2")], []);
    await store.close();
    const second = afterClose();
    await second.open();
    await second.write([message("b.1")], ["a.1", "never.1"]);
    await second.close();
    expect(ids(await contentOf(afterClose()))).toEqual(["a.2", "b.1"]);
    expect(ids(await contentOf(afterClose()))).toEqual(["a.2", "b.1"]);
  });

  test("what one write both puts and drops is not there", async () => {
    const { store, afterCrash } = make();
    await store.open();
    await store.write([message("a.1"), message("a.2")], ["a.1"]);
    expect(ids(await contentOf(afterCrash()))).toEqual(["a.2"]);
  });

  test("an id that is put again has its first place and its last content", async () => {
    const { store, afterCrash } = make();
    await store.open();
    await store.write([message("a.1"), message("a.2")], []);
    await store.write([message("a.1", { frame: "new" })], []);
    expect(await contentOf(afterCrash())).toEqual([message("a.1", { frame: "new" }), message("a.2")]);
  });

  test("bytes come back as plain bytes, and only those that were seen", async () => {
    const { store, afterClose } = make();
    await store.open();
    const memory = Uint8Array.from({ length: 300 }, (_, index) => index);
    await store.write([message("a.1", { frame: memory.subarray(250, 260) }), message("a.2", { frame: memory })], []);
    await store.write([message("a.3", { frame: new Uint8Array() })], []);
    await store.close();
    const frames = (await contentOf(afterClose())).map(({ frame }) => frame);
    expect(frames).toEqual([memory.slice(250, 260), memory, new Uint8Array()]);
    expect(frames.map((frame) => frame.constructor)).toEqual([Uint8Array, Uint8Array, Uint8Array]);
  });

  test("any text survives: lone surrogates, line ends, whatever a 16-bit unit can be", async () => {
    const nasty = fc
      .array(fc.nat(), { minLength: 1, maxLength: 3 })
      .chain((list) => fc.tuple(...list.map((_, index) => anyMessage(`\udfff \n".${index}`))));
    const { store, afterCrash } = make();
    await store.open();
    await store.write([message("a.1", { frame: '\ud800 \n\r\u2028\0 \udc00\ud800 👋 é \\ " \ufeff' })], []);
    expect((await contentOf(afterCrash()))[0]?.frame).toBe('\ud800 \n\r\u2028\0 \udc00\ud800 👋 é \\ " \ufeff');
    await fc.assert(
      fc.asyncProperty(nasty, async (messages) => {
        const place = make();
        await place.store.open();
        await place.store.write(messages, []);
        await place.store.close();
        expect(await contentOf(place.afterClose())).toEqual(messages);
      }),
      { numRuns: 30 },
    );
  });

  test("any history of writes leaves what it says", async () => {
    await fc.assert(
      fc.asyncProperty(anyWrites, async (writes) => {
        const { store, afterCrash } = make();
        await store.open();
        const history = told(writes);
        for (const { put, dropped } of history) await store.write(put, dropped);
        expect(await contentOf(afterCrash())).toEqual(history.at(-1)?.after ?? []);
      }),
      { numRuns: 30 },
    );
  });

  test("ten thousand messages of one write, and half of them dropped, are no problem", async () => {
    const { store, afterClose } = make();
    await store.open();
    const many = Array.from({ length: 10_000 }, (_, n) => message(`a.${n}`));
    await store.write(many, []);
    await store.write(
      [],
      ids(many).filter((_, n) => n % 2 === 0),
    );
    await store.close();
    expect(await contentOf(afterClose())).toEqual(many.filter((_, n) => n % 2 === 1));
  });
});

/** A Node process of its own. */
const child = (program: string, ...args: string[]): readonly string[] => [
  "--import",
  `${ROOT}test/support/typescript.mjs`,
  `${ROOT}test/support/${program}.ts`,
  ...args,
];

describe("a file store's file", () => {
  test("is its owner's alone, and so is the folder made for it", async () => {
    const path = newPath();
    await contentOf(storeAt(path));
    expect([statSync(path).mode & 0o777, statSync(join(path, "..")).mode & 0o777]).toEqual([0o600, 0o700]);
    expect(readdirSync(join(path, ".."))).toEqual(["outbox"]);
  });

  test("cut off at any byte still says all that whole writes said, whatever they said, and nothing else", () => {
    fc.assert(
      fc.property(anyWrites, (writes) => {
        const history = told(writes);
        const pieces = [Buffer.from(HEADER), ...history.map((write) => Buffer.from(lineOf(write)))];
        const whole = Buffer.concat(pieces);
        const ends = pieces.map((_, index) => Buffer.concat(pieces.slice(0, index + 1)).byteLength);
        for (let cut = HEADER.length; cut <= whole.byteLength; cut++) {
          const complete = ends.filter((end) => end <= cut).length - 1;
          const { messages, length, damaged } = replay(whole.subarray(0, cut));
          expect([...messages.values()]).toEqual(history[complete - 1]?.after ?? []);
          expect([length, damaged]).toEqual([ends[complete], []]);
        }
      }),
      { numRuns: 25 },
    );
  });

  test("torn at any byte is opened, cut to what is whole, and goes on from there", async () => {
    const writes = told([
      { put: 2, dropped: [] },
      { put: 1, dropped: [0.1] },
      { put: 0, dropped: [0.9] },
    ]);
    const origin = newPath();
    const first = storeAt(origin);
    await first.open();
    const ends = [statSync(origin).size];
    for (const { put, dropped } of writes) {
      await first.write(put, dropped);
      ends.push(statSync(origin).size);
    }
    const whole = readFileSync(origin);
    const path = newPath();
    await contentOf(storeAt(path));
    for (let cut = 0; cut <= whole.byteLength; cut++) {
      writeFileSync(path, whole.subarray(0, cut));
      const store = storeAt(path, { fsync: "never", onDamage: () => expect.fail("a torn tail is no damage") });
      const complete = Math.max(0, ends.filter((end) => end <= cut).length - 1);
      const kept = writes[complete - 1]?.after ?? [];
      expect(await store.open()).toEqual(kept);
      expect(statSync(path).size).toBe(ends[complete]);
      await store.write([message("next.1")], []);
      await store.close();
      expect(ids(await contentOf(storeAt(path)))).toEqual([...ids(kept), "next.1"]);
    }
  });

  test("damaged in the middle gives what can be read, is put aside as it was found, and says so", async () => {
    const path = newPath();
    const store = storeAt(path);
    await store.open();
    for (const n of [1, 2, 3, 4]) await store.write([message(`a.${n}`)], n === 4 ? ["a.1"] : []);
    await store.close();
    const found = readFileSync(path);
    found.write("F", found.indexOf("frame of a.2"));
    writeFileSync(path, found);
    const told: Damage[] = [];
    const damaged = storeAt(path, { onDamage: (damage) => told.push(damage) });
    expect(ids(await damaged.open())).toEqual(["a.3", "a.4"]);
    await damaged.write([message("b.1")], ["a.3"]);
    await damaged.close();
    expect(told).toMatchObject([{ path, lines: [3], kept: 2 }]);
    expect(readFileSync(told[0]?.movedTo ?? "")).toEqual(found);
    expect(told[0]?.movedTo).toMatch(/outbox\.damaged-\d{4}-/);
    expect(ids(await contentOf(storeAt(path, { onDamage: () => expect.fail("again") })))).toEqual(["a.4", "b.1"]);
  });

  test("damaged anywhere by one flipped bit loses one write at most, and never without a word", async () => {
    const path = newPath();
    const writes = told(Array.from({ length: 4 }, () => ({ put: 1, dropped: [] })));
    const whole = Buffer.concat([Buffer.from(HEADER), ...writes.map(lineOf)]);
    await contentOf(storeAt(path));
    // The very last byte aside: without it, the last write looks torn.
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.byteLength - 2), fc.nat(7), async (at, bit) => {
        const bytes = Buffer.from(whole);
        bytes[at] = (bytes[at] ?? 0) ^ (1 << bit);
        writeFileSync(path, bytes);
        const damages: Damage[] = [];
        const kept = ids(
          await contentOf(storeAt(path, { fsync: "never", onDamage: (damage) => damages.push(damage) })),
        );
        expect(damages).toHaveLength(1);
        // A line's end that is none any more makes one line of two.
        const neighbours = bytes.filter((byte) => byte === 10).length < 5 ? 2 : 1;
        expect(kept.length).toBeGreaterThanOrEqual(4 - neighbours);
        expect(["s.1", "s.2", "s.3", "s.4"].filter((id) => kept.includes(id))).toEqual(kept);
        for (const { movedTo } of damages) rmSync(movedTo);
      }),
      { numRuns: 60 },
    );
  });

  test("that is something else is refused, and left as it is", async () => {
    for (const text of ["my diary\nday one\n", "no line's end", "\0".repeat(100)]) {
      const path = newPath();
      await contentOf(storeAt(path));
      writeFileSync(path, text);
      await expect(storeAt(path).open()).rejects.toThrow(/BAD_OPTION.*is no outbox file/);
      expect(readFileSync(path, "utf8")).toBe(text);
      expect(existsSync(`${path}.lock`)).toBe(false);
    }
  });

  test("that cannot be had is refused, with the system's reason as the cause", async () => {
    const path = newPath();
    await contentOf(storeAt(path));
    const refusal = await storeAt(`${path}/under/a/file`)
      .open()
      .catch((error: unknown) => error);
    expect(refusal).toMatchObject({ code: "BAD_OPTION", cause: { code: expect.stringMatching(/ENOTDIR|EEXIST/) } });
    expect(() => fileStore("")).toThrow(/BAD_OPTION/);
    for (const fsync of [0, -1, Number.NaN, Number.POSITIVE_INFINITY])
      expect(() => fileStore(path, { fsync })).toThrow(/BAD_OPTION/);
  });

  test("takes nothing before it is opened and after it is closed", async () => {
    const store = storeAt(newPath());
    await expect(store.write([message("a.1")], [])).rejects.toMatchObject({ code: "CLOSED" });
    await contentOf(store);
    await expect(store.write([message("a.1")], [])).rejects.toMatchObject({ code: "CLOSED" });
    await store.close();
  });
});

describe("a file store that is used for long", () => {
  const big = "x".repeat(20_000);

  test("is written anew when it has grown long: it shrinks, and keeps everything", async () => {
    const path = newPath();
    const store = storeAt(path, { fsync: "never" });
    await store.open();
    await store.write([message("keep.1"), message("keep.2", { frame: Uint8Array.of(1, 2) })], []);
    let longest = 0;
    for (let n = 1; n <= 300; n++) {
      await store.write([message(`a.${n}`, { frame: big })], [`a.${n - 3}`]);
      longest = Math.max(longest, statSync(path).size);
    }
    expect(longest).toBeLessThan(1_200_000);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(ids(await contentOf(crashed(path)))).toEqual(["keep.1", "keep.2", "a.298", "a.299", "a.300"]);
    expect(readdirSync(join(path, ".."))).toEqual(["outbox"]);
  });

  test("is written anew on open too, and seldom where nothing was dropped", async () => {
    const path = newPath();
    const store = storeAt(path, { fsync: "never" });
    await store.open();
    const inodes = new Set<number>();
    for (let n = 1; n <= 200; n++) {
      await store.write([message(`a.${n}`, { frame: big })], []);
      inodes.add(statSync(path).ino);
    }
    expect(inodes.size).toBeLessThan(5);
    const all = Array.from({ length: 200 }, (_, n) => `a.${n + 1}`);
    await store.write([], all.slice(0, 150));
    const before = statSync(path).size;
    expect(ids(await contentOf(crashed(path)))).toEqual(all.slice(150));
    expect(statSync(path).size).toBeLessThan(before / 3);
  });

  test("a crash while it is written anew leaves the old file, and half a new one is forgotten", async () => {
    const path = newPath();
    const store = storeAt(path);
    await store.open();
    await store.write([message("a.1")], []);
    writeFileSync(`${path}.new`, readFileSync(path).subarray(0, 30));
    expect(ids(await contentOf(crashed(path)))).toEqual(["a.1"]);
    expect(readdirSync(join(path, ".."))).toEqual(["outbox"]);
  });

  test("goes on in the old file where there is no room for a new one", async () => {
    const path = newPath();
    const store = storeAt(path, { fsync: "never" });
    await store.open();
    writeFileSync(join(path, "..", "in-the-way"), "");
    symlinkSync("/nowhere/at/all", `${path}.new`); // opening it for writing fails
    for (let n = 1; n <= 80; n++) await store.write([message(`a.${n}`, { frame: big })], [`a.${n - 1}`]);
    expect(statSync(path).size).toBeGreaterThan(1_048_576);
    expect(ids(await contentOf(crashed(path)))).toEqual(["a.80"]);
  });
});

describe("a file store's lock", () => {
  const lockOf = (path: string) => JSON.parse(readFileSync(`${path}.lock`, "utf8"));

  test("refuses a second store on the path in the same process, under whichever name, until it is let go of", async () => {
    const path = newPath();
    const store = storeAt(path);
    await store.open();
    symlinkSync(path, `${path}-alias`);
    for (const name of [path, `${path}/../outbox`, `${path}-alias`]) {
      await expect(storeAt(name).open()).rejects.toThrow(
        `[BAD_OPTION] outbox file ${path} is in use by process ${process.pid} on`,
      );
    }
    await store.write([message("a.1")], []);
    await store.close();
    expect(ids(await contentOf(storeAt(`${path}-alias`)))).toEqual(["a.1"]);
  });

  test("of a process that died is taken over, also by a later one of the same number", async () => {
    const path = newPath();
    const store = storeAt(path);
    await store.open();
    await store.write([message("a.1")], []);
    const { pid } = spawnSync(process.execPath, ["-e", ""]);
    const claims = [
      { ...lockOf(path), pid },
      { ...lockOf(path), born: "another boot 1" },
    ];
    for (const claim of claims) {
      writeFileSync(`${path}.lock`, JSON.stringify(claim));
      expect(ids(await contentOf(storeAt(path)))).toEqual(["a.1"]);
    }
    writeFileSync(`${path}.lock`, ""); // as the loss of power may leave it
    expect(ids(await contentOf(storeAt(path)))).toEqual(["a.1"]);
    expect(readdirSync(join(path, ".."))).toEqual(["outbox"]);
  });

  test("of another machine is respected, since nothing can be known of it", async () => {
    const path = newPath();
    await storeAt(path).open();
    writeFileSync(`${path}.lock`, JSON.stringify({ ...lockOf(path), host: "elsewhere" }));
    await expect(storeAt(path).open()).rejects.toThrow(`on elsewhere; give each process a path of its own`);
  });

  test("of a dead process is taken over by exactly one of many that come at once", async () => {
    const path = newPath();
    await storeAt(path).open();
    const { pid } = spawnSync(process.execPath, ["-e", ""]);
    for (let round = 0; round < 10; round++) {
      writeFileSync(`${path}.lock`, JSON.stringify({ ...lockOf(path), pid }));
      const stores = Array.from({ length: 12 }, () => storeAt(path));
      const opened = await Promise.allSettled(stores.map((store) => store.open()));
      expect(opened.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
      expect(readdirSync(join(path, "..")).sort()).toEqual(["outbox", "outbox.lock"]);
    }
  });
});

describe("a file store whose disk fails", () => {
  afterEach(() => vi.restoreAllMocks());

  /** What all of Node's open files share: their class has no name to import it by. */
  async function fileHandles(): Promise<FileHandle> {
    const handle = await open(folder);
    await handle.close();
    return Object.getPrototypeOf(handle);
  }

  test.skipIf(process.platform === "win32")("refuses what has no room, keeps nothing of it, and takes what has", () => {
    const path = newPath();
    const script = `ulimit -f 40; exec "$0" "$@"`; // 40 blocks: whatever those are, not much
    const run = spawnSync("sh", ["-c", script, process.execPath, ...child("store-filler", path)], { encoding: "utf8" });
    expect(run.stderr).toBe("");
    const { kept, refused } = JSON.parse(run.stdout) as { kept: string[]; refused: string };
    expect(kept.length).toBeGreaterThan(2);
    expect(refused).toBe(`s.${kept.length + 1} EFBIG`);
    const { messages, damaged, length } = replay(readFileSync(path));
    expect([...messages.keys()]).toEqual([...kept.slice(1), "s.1000"]);
    expect([damaged, length]).toEqual([[], statSync(path).size]);
  });

  test("takes back what could not be synced, and goes on", async () => {
    const path = newPath();
    const store = storeAt(path);
    await store.open();
    await store.write([message("a.1")], []);
    vi.spyOn(await fileHandles(), "datasync").mockRejectedValueOnce(Object.assign(new Error("disk"), { code: "EIO" }));
    await expect(store.write([message("a.2")], ["a.1"])).rejects.toMatchObject({ code: "EIO" });
    await store.write([message("a.3")], []);
    expect(ids(await contentOf(crashed(path)))).toEqual(["a.1", "a.3"]);
  });

  test("takes nothing more where a failed write cannot be taken back", async () => {
    const path = newPath();
    const store = storeAt(path);
    await store.open();
    const handles = await fileHandles();
    vi.spyOn(handles, "datasync").mockRejectedValueOnce(new Error("no sync"));
    vi.spyOn(handles, "truncate").mockRejectedValueOnce(new Error("no truncate"));
    await expect(store.write([message("a.1")], [])).rejects.toThrow("no sync");
    await expect(store.write([message("a.2")], [])).rejects.toThrow("no truncate");
    await expect(store.write([], ["a.1"])).rejects.toThrow("no truncate");
    await store.close();
  });

  test("takes nothing more where a later sync failed", async () => {
    const store = storeAt(newPath(), { fsync: 5 });
    await store.open();
    vi.spyOn(await fileHandles(), "datasync").mockRejectedValueOnce(new Error("no sync"));
    await store.write([message("a.1")], []);
    await vi.waitFor(() => expect(store.write([message("a.2")], [])).rejects.toThrow("no sync"));
    await store.close();
  });
});

describe("how often a file store syncs", () => {
  afterEach(() => vi.restoreAllMocks());

  async function syncsOf(fsync: FileStoreOptions["fsync"], wait: number): Promise<number[]> {
    const store = storeAt(newPath(), fsync === undefined ? {} : { fsync });
    await store.open();
    const handle = await open(folder);
    await handle.close();
    const syncs = vi.spyOn(Object.getPrototypeOf(handle) as FileHandle, "datasync");
    for (let n = 0; n < 3; n++) await store.write([message(`a.${n}`)], []);
    const counts = [syncs.mock.calls.length];
    await new Promise((resolve) => setTimeout(resolve, wait));
    counts.push(syncs.mock.calls.length);
    await store.write([message("a.9")], []);
    await store.close();
    return [...counts, syncs.mock.calls.length];
  }

  test.each([
    ["once per write, unless told otherwise", undefined, [3, 3, 4]],
    ["never, where told so", "never", [0, 0, 0]],
    ["once for all writes of a while, and at the end for the rest", 100, [0, 1, 2]],
  ] as const)("%s", async (_, fsync, counts) => {
    expect(await syncsOf(fsync, 200)).toEqual(counts);
  });
});

describe("a file store whose process is killed in the middle of it", () => {
  /** Runs the writer for a while; what it said, by word. */
  async function writeUntilKilled(
    path: string,
    stream: string,
    fsync: string,
    ms: number,
  ): Promise<Map<string, string[]>> {
    const process_: ChildProcess = spawn(process.execPath, [...child("store-writer", path, stream, fsync)], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    let text = "";
    let started = false;
    process_.stdout?.setEncoding("utf8").on("data", (chunk: string) => {
      text += chunk;
      if (started || !text.includes("open .")) return;
      started = true;
      setTimeout(() => process_.kill("SIGKILL"), ms);
    });
    const [, signal] = await once(process_, "close");
    expect(signal).toBe("SIGKILL");
    const said = new Map<string, string[]>();
    for (const line of text.split("\n").slice(0, -1)) {
      const [word = "", id = ""] = line.split(" ");
      said.set(word, [...(said.get(word) ?? []), id]);
    }
    return said;
  }

  test.each([
    "always",
    "never",
  ])("finds all it was told is kept, in order, and nothing it was told is dropped (fsync %s)", async (fsync) => {
    const path = newPath();
    /** What must be there before the next round. */
    let kept: string[] = [];
    let shortened = 0;
    for (let round = 1; round <= 5; round++) {
      const said = await writeUntilKilled(path, `r${round}`, fsync, 20 + Math.random() * 400);
      const of = (word: string): string[] => said.get(word) ?? [];
      if (round > 1) expect(of("found")).toEqual(kept);
      expect(of("put").length).toBeGreaterThan(0);
      shortened += of("shortened").length;
      const damages: Damage[] = [];
      const found = ids(await contentOf(storeAt(path, { onDamage: (damage) => damages.push(damage) })));
      expect(damages).toEqual([]);
      const perhapsGone = new Set(of("dropping"));
      const all = [...kept, ...of("putting")];
      expect(all.filter((id) => found.includes(id))).toEqual(found);
      expect([...kept, ...of("put")].filter((id) => !perhapsGone.has(id) && !found.includes(id))).toEqual([]);
      expect(of("dropped").filter((id) => found.includes(id))).toEqual([]);
      kept = found;
    }
    if (fsync === "never") expect(shortened).toBeGreaterThan(0);
  });
});
