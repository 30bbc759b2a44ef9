/** From known instances to many near misses. */
import { isList, isMembers, type Json, type Members } from "./json.js";
import { pick, type Random } from "./random.js";

const POOL: readonly Json[] = [
  ...[null, true, false, 0, 1, -1, 1.5, 12, "", "foo", "bar", "a longer string"],
  ...[[], [1], ["foo"], [1, "foo", true], [null], [[]], [{}]],
  ...[{}, { foo: 1 }, { foo: "foo" }, { bar: 2 }, { foo: 1, bar: 2 }, { zzz: null }],
  { foo: "foo", bar: "bar", baz: "baz" },
];

/** Up to `count` values, no two alike, made of the given ones. */
export function mutations(values: readonly Json[], schema: Json, count: number, chance: Random): Json[] {
  const names = namesIn(schema);
  const base = values.length > 0 ? values : POOL;
  const found = new Map<string, Json>();
  for (let tries = 0; tries < count * 4 && found.size < count; tries++) {
    let value = chance() < 0.15 ? pick(chance, POOL) : pick(chance, base);
    const times = 1 + Math.floor(chance() * 3);
    for (let time = 0; time < times; time++) value = mutated(value, chance, names);
    const text = JSON.stringify(value);
    if (text.length < 4000 && !found.has(text)) found.set(text, value);
  }
  return [...found.values()];
}

type Path = readonly (string | number)[];

function mutated(value: Json, chance: Random, names: readonly string[]): Json {
  const place = pick(chance, [...pathsIn(value)]);
  const old = place.reduce<Json>((at, key) => (at as Record<string | number, Json>)[key] ?? null, value);
  return replaced(value, place, pick(chance, changes(old, chance, names))());
}

/** One of them is chosen, then done. */
function changes(value: Json, chance: Random, names: readonly string[]): (() => Json)[] {
  const other = (): Json => pick(chance, POOL);
  const all = [other];
  if (isMembers(value)) {
    const own = Object.keys(value);
    all.push(() => withMember(value, pick(chance, names), other()));
    all.push(() => withMember(value, `extra${Math.floor(chance() * 9)}`, other()));
    if (own.length > 0) {
      all.push(() => withMember(value, pick(chance, own), other()));
      all.push(() => without(value, pick(chance, own)));
    }
  } else if (isList(value)) {
    all.push(
      () => [...value, other()],
      () => value.slice(0, -1),
      () => [other(), ...value],
    );
    if (value.length > 0) all.push(() => value.with(Math.floor(chance() * value.length), other()));
  } else if (typeof value === "string") {
    all.push(
      () => `${value}x`,
      () => value.toUpperCase(),
    );
  } else if (typeof value === "number") {
    all.push(
      () => value + 1,
      () => value + 0.5,
      () => String(value),
    );
  }
  return all;
}

function withMember(value: Members, name: string, member: Json): Members {
  return Object.fromEntries([...Object.entries(value), [name, member]]);
}

function without(value: Members, name: string): Members {
  return Object.fromEntries(Object.entries(value).filter(([other]) => other !== name));
}

function* pathsIn(value: Json, at: Path = []): Generator<Path> {
  yield at;
  if (isList(value)) for (const [index, item] of value.entries()) yield* pathsIn(item, [...at, index]);
  else if (isMembers(value)) for (const [name, member] of Object.entries(value)) yield* pathsIn(member, [...at, name]);
}

function replaced(value: Json, [key, ...deeper]: Path, by: Json): Json {
  if (key === undefined) return by;
  if (isList(value)) return value.map((item, index) => (index === key ? replaced(item, deeper, by) : item));
  if (!isMembers(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, name === key ? replaced(member, deeper, by) : member]),
  );
}

/** Names of members that a schema speaks of. */
function namesIn(schema: Json): string[] {
  const names = new Set(["foo", "bar", "extra"]);
  const walk = (at: Json): void => {
    if (isList(at)) at.forEach(walk);
    if (!isMembers(at)) return;
    for (const keyword of ["properties", "dependentRequired", "dependentSchemas", "dependencies"]) {
      const named = at[keyword];
      if (isMembers(named)) for (const name of Object.keys(named)) names.add(name);
    }
    const required = at["required"];
    if (isList(required)) for (const name of required) if (typeof name === "string") names.add(name);
    for (const value of Object.values(at)) walk(value);
  };
  walk(schema);
  names.delete("__proto__"); // no literal in TypeScript has such a member
  return [...names];
}
