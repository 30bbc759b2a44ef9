/**
 * Random edits of a contract and of the routes file, a run after each: the user's text stays to the byte. `ROUTES_RUNS`
 * says how many sequences, `ROUTES_SEED` which.
 */
import { rmSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { type Contract, type RoutesPlan, readContract } from "../generator/index.js";
import { Problems } from "../generator/problem.js";
import { planRoutes } from "../generator/routes/plan.js";
import { writeRoutes } from "../generator/routes/write.js";
import { asks, Repository, takes } from "./support/routes.js";
import { imported, isOpen, memberCounts, parses, USER_EDITS } from "./support/user-edits.js";

const RUNS = Number(process.env["ROUTES_RUNS"] ?? 200);
const SEED = Number(process.env["ROUTES_SEED"] ?? Math.floor(Math.random() * 2 ** 31));

const IDS = ["join", "say", "leave", "get", "ask", "größe", "kick", "ban", "list", "type"];

interface Asked {
  readonly id: string;
  readonly payload: string;
  readonly replies: boolean;
}

interface Chance {
  readonly a: number;
  readonly b: number;
}

/** One that is not there yet takes the place of another, or a place among them. */
const CONTRACT_EDITS: Readonly<Record<string, (asked: readonly Asked[], chance: Chance) => readonly Asked[]>> = {
  "add an action": (asked, { a, b }) => asked.toSpliced(b % (asked.length + 1), 0, ...newAction(asked, a)),
  "add two actions": (asked, { a, b }) => {
    const [first] = newAction(asked, a);
    const more = first ? asked.toSpliced(b % (asked.length + 1), 0, first) : asked;
    return more.toSpliced(a % (more.length + 1), 0, ...newAction(more, b));
  },
  "remove an action": (asked, { a }) => (asked.length < 2 ? asked : asked.toSpliced(a % asked.length, 1)),
  "rename an action": (asked, { a, b }) => {
    const index = a % asked.length;
    return asked.map((one, at) => (at === index ? { ...one, id: newAction(asked, b)[0]?.id ?? one.id } : one));
  },
  "change a payload": (asked, { a, b }) =>
    asked.map((one, at) => (at === a % asked.length ? { ...one, payload: `Payload${b % 9}` } : one)),
  "add a reply": (asked, { a }) => asked.map((one, at) => (at === a % asked.length ? { ...one, replies: true } : one)),
};

function newAction(asked: readonly Asked[], chance: number): Asked[] {
  const free = IDS.filter((id) => !asked.some((one) => one.id === id));
  const id = free[chance % Math.max(1, free.length)];
  return id === undefined ? [] : [{ id, payload: `Payload${chance % 9}`, replies: chance % 3 === 0 }];
}

const step = fc.record({
  kind: fc.oneof(
    { weight: 2, arbitrary: fc.constantFrom(...Object.keys(CONTRACT_EDITS)) },
    { weight: 3, arbitrary: fc.constantFrom(...Object.keys(USER_EDITS)) },
  ),
  a: fc.nat(9999),
  b: fc.nat(9999),
  /** What the run is told. */
  told: fc.constantFrom("nothing", "nothing", "nothing", "prune", "rename"),
});

const told = { runs: 0, inserted: 0, orphaned: 0, refused: 0, pruned: 0, renamed: 0 };

test(`${RUNS} sequences of edits of contract and file lose nothing of the user's, and a second run changes nothing`, async () => {
  const repository = new Repository({ join: takes("room"), ask: asks("room") });
  const { contract } = await readContract(join(repository.path, "chat.json"));
  const sequence = fc.array(step, { minLength: 4, maxLength: 12, size: "max" });
  await fc.assert(
    fc.asyncProperty(fc.constantFrom("object", "class"), sequence, async (style, steps) => {
      rmSync(repository.routesPath, { force: true });
      let asked: readonly Asked[] = ["join", "say", "leave"].map((id) => ({ id, payload: "Join", replies: false }));
      await run(repository, contractOf(contract, asked), { style });
      for (const [index, { kind, told: option, a, b }] of steps.entries()) {
        const before = asked;
        const edit = USER_EDITS[kind];
        if (edit) repository.routes = edit(repository.routes, { a, b, mark: `u${index}` });
        else asked = CONTRACT_EDITS[kind]?.(asked, { a, b }) ?? asked;
        const [gone] = before.filter(({ id }) => !asked.some((one) => one.id === id));
        const [added] = asked.filter(({ id }) => !before.some((one) => one.id === id));
        // A name that is anywhere already is nobody's new one.
        const isNew = added && !memberCounts(repository.routes).has(added.id);
        const rename = option === "rename" && gone && isNew ? { [gone.id]: added.id } : {};
        await run(repository, contractOf(contract, asked), { style, rename, prune: option === "prune" });
      }
    }),
    { numRuns: RUNS, seed: SEED },
  );
  console.log(`routes: ${RUNS} sequences, seed ${SEED}: ${JSON.stringify(told)}`);
  // Nothing was held that never happened.
  expect(Object.entries(told).filter(([, count]) => count === 0)).toEqual([]);
}, 600_000);

test.each(Object.entries(USER_EDITS))("to %s is something that can be done to a file", async (_, edit) => {
  const repository = new Repository({ join: takes("room"), ask: asks("room") });
  await repository.generate();
  const draft = repository.routes;
  const chance = { a: 1, b: 2, mark: "u1" };
  const texts = [draft, ...Object.values(USER_EDITS).map((before) => before(draft, chance))];
  expect(texts.some((text) => edit(text, chance) !== text)).toBe(true);
});

interface Options {
  readonly style: "object" | "class";
  readonly rename?: Readonly<Record<string, string>>;
  readonly prune?: boolean;
}

/** Plans, checks, writes, and does it again. */
async function run(here: Repository, contract: Contract, options: Options): Promise<void> {
  const plan = await planned(here, contract, options);
  const before = plan.before;
  await writeRoutes(plan, new Problems());
  const after = here.routes;
  if (before === undefined) return;
  check(before, after, plan, contract);
  const again = await planned(here, contract, options);
  if (plan.findings.every(({ severity }) => severity !== "error")) {
    expect(again).toMatchObject({ action: "keep", edits: [] });
  }
  count(plan);
}

async function planned(here: Repository, contract: Contract, options: Options): Promise<RoutesPlan> {
  const { style, rename = {}, prune = false } = options;
  return planRoutes(here.routesPath, join(here.path, "generated"), contract, { style, rename, prune }, new Problems());
}

function check(before: string, after: string, plan: RoutesPlan, contract: Contract): void {
  const hasError = plan.findings.some(({ severity }) => severity === "error");
  const isReadable = parses(before);
  // What is not understood is not touched.
  if (hasError || !isReadable) expect(after).toBe(before);
  if (!isReadable) expect(hasError).toBe(true);
  if (isReadable) expect(parses(after), `parses still:\n${after}`).toBe(true);
  // Without what is reported as put in, the text is the old one; what is taken away is a name or a stub of ours.
  expect(withoutEdits(after, before, plan), "nothing else is changed").toBe(before);
  for (const { at, remove } of plan.edits.filter((edit) => edit.remove > 0)) {
    expect(before.slice(at, at + remove)).toMatch(
      /^(?:[\p{ID_Continue}]+|\s*(?:override )?(?:async )[\s\S]*return \S*notImplemented\w*\([\s\S]*\)[\s\S]*\}\s*,?\s*)$/u,
    );
  }
  for (const { insert } of plan.edits) expect(insert).toMatch(OURS);
  const marks = (text: string) => [...text.matchAll(/\bu\d+\b/g)].map(([mark]) => mark).toSorted();
  expect(marks(after)).toEqual(marks(before));
  expect(imported(after).length, "nothing is imported twice").toBe(new Set(imported(after)).size);
  if (!/(?<!\r)\n/.test(before)) expect(after).not.toMatch(/(?<!\r)\n/);
  expect(plan.findings.filter(({ message }) => message.includes("laid out"))).toEqual([]);
  if (!isReadable) return;
  const counts = memberCounts(after);
  for (const { id } of contract.connections[0]?.toServer.actions ?? []) {
    const isReported = hasError || isOpen(after);
    const wanted = counts.get(id) ?? 0;
    if (wanted !== 1 && !(wanted === 0 && isReported)) expect.fail(`${id} is there ${wanted} times:\n${after}`);
  }
}

/** Imports, stubs, and what a rename gives. */
const OURS =
  /^[\s,;]*(?:(?:import [^\n]*|(?:override )?async [^{]*\{\s*return \S+\(["'][^\n]*["']\);?\s*\}|(?:type )?[\p{ID_Continue}]+(?: as \w+)?:?)[\s,;]*)*$/u;

/** The new text with each edit undone, by its position. */
function withoutEdits(after: string, before: string, { edits }: RoutesPlan): string {
  let text = "";
  let [at, old] = [0, 0];
  for (const edit of edits.toSorted((x, y) => x.at - y.at || Math.sign(x.remove) - Math.sign(y.remove))) {
    text += after.slice(at, at + edit.at - old) + before.slice(edit.at, edit.at + edit.remove);
    at += edit.at - old + edit.insert.length;
    old = edit.at + edit.remove;
  }
  return text + after.slice(at);
}

function count({ inserted, findings, pruned, renamed }: RoutesPlan): void {
  told.runs++;
  told.inserted += inserted.flatMap(({ ids }) => ids).length;
  told.pruned += pruned.flatMap(({ ids }) => ids).length;
  told.renamed += renamed.length;
  told.orphaned += findings.filter(({ rule }) => rule === "stub-orphaned").length;
  told.refused += findings.filter(({ severity }) => severity === "error").length;
}

function contractOf(base: Contract, asked: readonly Asked[]): Contract {
  const [connection] = base.connections;
  const [plain, answered] = connection?.toServer.actions ?? [];
  if (!connection || !plain || !answered) throw new Error("the document has two actions");
  const actions = asked.map(({ id, payload, replies }) => ({ ...(replies ? answered : plain), id, payload }));
  return { ...base, connections: [{ ...connection, toServer: { ...connection.toServer, actions } }] };
}
