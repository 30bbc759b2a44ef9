/**
 * Schemas that others wrote, in the corpus that ACTIONWIRE_CORPUS names: the payloads of AsyncAPI documents, and JSON
 * Schemas by themselves. Values are those that come with them, made-up ones, and mutations.
 */
import { readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { parse } from "yaml";
import { documentsIn } from "../../corpus/documents.js";
import type { Asked, CaseSet, Subject } from "./case.js";
import { draftOf } from "./drafts.js";
import { has, isList, isMembers, type Json, type Members } from "./json.js";
import { mutations } from "./mutate.js";
import { at, isEndless } from "./pointer.js";
import { random } from "./random.js";
import { sample } from "./sample.js";

/** Larger ones take the oracle too long. */
const LARGEST = 60_000;
const SHIPPED = 8;

interface Found {
  readonly name: string;
  readonly schema: Members;
  /** Values that came with it. */
  readonly values: readonly Json[];
}

export function realCases(folder: string, set: CaseSet, count: number, seed: number): Subject<Asked>[] {
  const found = set === "payloads" ? payloadsIn(folder) : schemasIn(folder);
  const different = new Map(found.map((one) => [JSON.stringify(one.schema), one]));
  const usable = [...different]
    .filter(([text, { schema }]) => text.length <= LARGEST && isWhole(text) && !isEndless(schema))
    .map(([, one]) => one);
  return usable.map(({ name, schema, values }, index) => {
    const own = values.slice(0, SHIPPED).map((data): Asked => ({ set, description: "shipped", data }));
    const chance = random(seed + index * 104_729);
    const samples = own.length > 0 ? [] : [0, 1, 2, 3, 4, 5].map((step) => sample(schema, chance, step / 5));
    const known = [...own.map(({ data }) => data), ...samples];
    const made = [...samples, ...mutations(known, schema, Math.ceil(count / 2), chance)];
    const instances = [...own, ...made.map((data): Asked => ({ set, description: "made", data }))];
    const byText = new Map(instances.toReversed().map((one) => [JSON.stringify(one.data), one]));
    const draft = draftOf(schema);
    return { id: `${set}/${name}`, draft, file: set, optional: false, schema, instances: [...byText.values()] };
  });
}

/** No reference leads out of it, and no member is called what no literal can be. */
function isWhole(text: string): boolean {
  return !/"\$ref":"(?!#(?:"|\/definitions\/|\/\$defs\/|\/properties\/))/.test(text) && !text.includes('"__proto__"');
}

function payloadsIn(folder: string): Found[] {
  const documents = documentsIn(folder).filter(({ group }) => group !== "AsyncAPI 1.x");
  return documents.flatMap(({ id, path }) => {
    const document = read(path);
    if (!isMembers(document)) return [];
    const components = isMembers(document["components"]) ? document["components"] : {};
    const places = [document["channels"], document["operations"], components["messages"], components["channels"]];
    const messages = places.flatMap((place) => [...messagesIn(place ?? null)]);
    return messages.flatMap(({ schema, values }, index) => {
      const whole = isMembers(schema) ? alone(schema, components) : undefined;
      return whole && isOfJson(whole) ? [{ name: `${id} ${index}`, schema: whole, values }] : [];
    });
  });
}

function* messagesIn(at: Json): Generator<{ readonly schema: Json; readonly values: readonly Json[] }> {
  if (isList(at)) for (const item of at) yield* messagesIn(item);
  if (!isMembers(at)) return;
  const payload = at["payload"];
  const format = at["schemaFormat"] ?? "asyncapi";
  if (isMembers(payload) && !has(payload, "schemaFormat") && /asyncapi|schema\+/.test(String(format))) {
    const examples = isList(at["examples"]) ? at["examples"] : [];
    const values = examples.flatMap((example) =>
      isMembers(example) && has(example, "payload") ? [example["payload"] ?? null] : [],
    );
    yield { schema: payload, values };
  }
  for (const [name, value] of Object.entries(at))
    if (name !== "examples" && name !== "payload") yield* messagesIn(value);
}

/** Neither bytes nor, in a component, a schema of another format. */
function isOfJson(schema: Members): boolean {
  return schema["format"] !== "binary" && !has(schema, "schemaFormat");
}

/** The payload with what it refers to, as a document of its own. */
function alone(payload: Members, components: Members): Members {
  const schemas = isMembers(components["schemas"]) ? components["schemas"] : {};
  const named = (part: Members): string | undefined =>
    /^#\/components\/schemas\/([^/]+)/.exec(String(part["$ref"]))?.[1];
  // In draft-07 no definitions count beside a reference.
  const target = at({ components }, String(payload["$ref"]));
  const schema = isMembers(target) ? target : payload;
  const needed = new Map<string, Json>();
  const walk = (part: Json): void => {
    if (isList(part)) part.forEach(walk);
    if (!isMembers(part)) return;
    const name = named(part);
    const inner = schemas[name ?? ""];
    if (name !== undefined && inner !== undefined && !needed.has(name)) {
      needed.set(name, inner);
      walk(inner);
    }
    Object.values(part).forEach(walk);
  };
  walk(schema);
  const whole = needed.size === 0 ? schema : { ...schema, definitions: Object.fromEntries(needed) };
  return JSON.parse(JSON.stringify(whole).replaceAll('"#/components/schemas/', '"#/definitions/')) as Members;
}

const KEYWORDS = ["$defs", "$ref", "allOf", "anyOf", "definitions", "enum", "items", "oneOf", "properties", "type"];

/** Beside `name.schema` stand `name.1.json` and so on; a schema without them has a name of any kind. */
function schemasIn(folder: string): Found[] {
  const root = join(folder, "docs", "jsonschema");
  const paths = readdirSync(root, { recursive: true, encoding: "utf8" }).map((name) => join(root, name));
  const tests = new Set(
    paths.filter((path) => path.endsWith(".schema")).map((path) => path.slice(0, -".schema".length)),
  );
  const stem = (path: string): string => join(dirname(path), basename(path).replace(/\..*$/, ""));
  return paths.sort().flatMap((path) => {
    if (!/\.(?:json|schema)$/.test(path) || path.endsWith(".options.json")) return [];
    const values = paths.filter(
      (other) => other.endsWith(".json") && tests.has(stem(other)) && stem(other) === stem(path),
    );
    if (values.includes(path)) return [];
    const schema = read(path);
    if (!isMembers(schema) || !KEYWORDS.some((keyword) => has(schema, keyword))) return [];
    return [
      { name: path.slice(root.length + 1), schema, values: path.endsWith(".schema") ? values.flatMap(read) : [] },
    ];
  });
}

/** YAML is read as JSON; what is neither is not there. */
function read(path: string): Json {
  try {
    const value: unknown = parse(readFileSync(path, "utf8"), { logLevel: "silent", maxAliasCount: 10_000 });
    return JSON.parse(JSON.stringify(value ?? null)) as Json;
  } catch {
    return null;
  }
}
