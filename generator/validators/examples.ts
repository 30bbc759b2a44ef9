/**
 * Examples and defaults that do not fit what they are said of: a warning each, at its place, and not a word of them in
 * doc comments. Formats are not looked at: what checks them is part of the runtime.
 */
import type { Ajv } from "ajv";
import type { Action, Contract, Direction, Json, Schema } from "../contract.js";
import { type Node, pointer } from "../document.js";
import { deepFreeze } from "../freeze.js";
import { OF_NUMBERS, OF_TEXT } from "../normalise/formats.js";
import { BY_NAME, isMembers, isNames, LISTS, type Members, SINGLE } from "../normalise/keywords.js";
import { normalise } from "../normalise/normalise.js";
import type { Problems } from "../problem.js";

/** The contract without the wrong ones. */
export async function withoutWrongExamples(contract: Contract, root: Node, problems: Problems): Promise<Contract> {
  const claims = [...claimsOfTypes(contract), ...claimsOfActions(contract)];
  if (claims.length === 0) return contract;
  const wrong = new Set<string>();
  const sentence = await sentences(contract, claims);
  for (const claim of claims) {
    const reason = sentence(claim);
    if (reason === undefined) continue;
    wrong.add(claim.id);
    const place = placeOf(root, claim);
    const text = `${claim.what} does not fit its schema: ${reason}; it is left out`;
    problems.warn("example", place ? text : `${claim.at}: ${text}`, place);
  }
  return wrong.size === 0 ? contract : deepFreeze(without(wrong, contract));
}

/** A value that is said to fit a schema. */
interface Claim {
  /** Where it stands in the contract. */
  readonly id: string;
  readonly what: string;
  readonly schema: Schema;
  readonly value: Json;
  /** Where it stands in the document: below `at`. */
  readonly at: string;
  readonly path: string;
}

function claimsOfTypes({ types }: Contract): Claim[] {
  return types.flatMap(({ name, schema, at, untyped, bytes }): Claim[] => {
    const found: Claim[] = [];
    const note = (part: Members, path: string): Members => {
      for (const [key, value] of wordsIn(part)) {
        const what = key === "/default" ? "the default" : "the example";
        found.push({ id: `${name} ${path}${key}`, what, schema: part, value, at, path: path + key });
      }
      return part;
    };
    if (!untyped && !bytes) mapped(schema, "", note);
    return found;
  });
}

function wordsIn({ examples, example, default: standard }: Members): [key: string, value: Json][] {
  return [
    ...(Array.isArray(examples) ? examples.map((value, index): [string, Json] => [`/examples/${index}`, value]) : []),
    ...(example === undefined ? [] : [["/example", example] as [string, Json]]),
    ...(standard === undefined ? [] : [["/default", standard] as [string, Json]]),
  ];
}

function claimsOfActions({ connections, types }: Contract): Claim[] {
  const bytes = new Set(types.flatMap((type) => (type.bytes ? type.name : [])));
  const all = connections.flatMap(({ toServer, toClient }) => [...toServer.actions, ...toClient.actions]);
  return all.flatMap(({ title, payload, doc, at }) => {
    const schema = { $ref: `#/$defs/${payload}` };
    return (bytes.has(payload) ? [] : (doc?.examples ?? [])).map((value, index): Claim => {
      return { id: `${at} ${index}`, what: `the example of ${title}`, schema, value, at, path: `/examples/${index}` };
    });
  });
}

/** What is wrong with a claim, in a validator's words; undefined where nothing is. */
async function sentences({ types }: Contract, claims: readonly Claim[]): Promise<(claim: Claim) => string | undefined> {
  const schemas = [...new Set(claims.map(({ schema }) => schema))];
  const name = new Map(schemas.map((schema, index) => [schema, `claimed ${index}`])); // no identifier, so no type's
  const said = schemas.map((schema) => ({ name: name.get(schema) ?? "", schema, at: "" }));
  const { ajvSchema, newAjv } = await import("./ajv.js"); // few documents have examples
  const { types: normal } = normalise([...types.filter(({ bytes }) => !bytes), ...said]);
  const ids = new Map(normal.map((type, index) => [type.name, `type${index}`]));
  const idOf = (type: string) => ids.get(type) ?? type;
  const read = normal.map((type) => ({
    ...ajvSchema(type.schema, { refTo: (name) => ({ $ref: idOf(name) }) }),
    $id: idOf(type.name),
  }));
  const ajv: Ajv = newAjv({ code: { optimize: false }, ownProperties: true });
  for (const format of Object.keys(OF_TEXT)) ajv.addFormat(format, true);
  for (const format of Object.keys(OF_NUMBERS)) ajv.addFormat(format, { type: "number", validate: () => true });
  for (const schema of read) ajv.addSchema(schema);
  return ({ schema, value }) => {
    const id = idOf(name.get(schema) ?? "");
    if (ajv.validate(id, value)) return undefined;
    const { instancePath = "", message = "it is another" } = ajv.errors?.[0] ?? {};
    return instancePath === "" ? `it ${message}` : `${instancePath} ${message}`;
  };
}

function placeOf(root: Node, { at, path }: Claim): Node | undefined {
  const [keyword, index] = [path.split("/").at(-2), path.split("/").at(-1)];
  const owner = root.follow(at);
  // Of a message's examples only those with a payload are known by number here.
  const said = keyword === "examples" ? owner?.get("examples")?.children() : undefined;
  const payloads = said?.flatMap((example) => example.raw("payload") ?? []) ?? [];
  return payloads[Number(index)] ?? root.follow(`${at}${path}`) ?? owner;
}

function without(wrong: ReadonlySet<string>, contract: Contract): Contract {
  const types = contract.types.map((type) => ({
    ...type,
    schema: mapped(type.schema, "", (part, path) => tidied(part, `${type.name} ${path}`, wrong)),
  }));
  const direction = (one: Direction): Direction => ({ ...one, actions: one.actions.map(action) });
  const action = (one: Action): Action => {
    const { examples, ...doc } = one.doc ?? {};
    if (!examples) return one;
    const right = examples.filter((_, index) => !wrong.has(`${one.at} ${index}`));
    return { ...one, doc: { ...doc, ...(right.length > 0 && { examples: right }) } };
  };
  const connections = contract.connections.map((one) => ({
    ...one,
    toServer: direction(one.toServer),
    toClient: direction(one.toClient),
  }));
  return { ...contract, connections, types };
}

function tidied(part: Members, place: string, wrong: ReadonlySet<string>): Members {
  const entries = Object.entries(part).flatMap(([key, value]): [string, Json][] => {
    if (wrong.has(`${place}/${key}`)) return [];
    if (key !== "examples" || !Array.isArray(value)) return [[key, value]];
    const right = value.filter((_, index) => !wrong.has(`${place}/examples/${index}`));
    return right.length > 0 || value.length === 0 ? [[key, right]] : [];
  });
  return Object.fromEntries(entries);
}

/** A schema with each schema in it changed, outermost first; `change` is told where it stands. */
function mapped(schema: Schema, path: string, change: (part: Members, path: string) => Members): Schema {
  if (!isMembers(schema)) return schema;
  const inner = (value: Json, ...keys: (string | number)[]): Json =>
    isMembers(value) ? mapped(value, path + pointer(keys), change) : value;
  const entries = Object.entries(change(schema, path)).map(([key, value]): [string, Json] => {
    if (LISTS.has(key) && Array.isArray(value)) return [key, value.map((one, index) => inner(one, key, index))];
    if (BY_NAME.has(key) && isMembers(value)) {
      const named = Object.entries(value).map(([name, one]) => [name, isNames(one) ? one : inner(one, key, name)]);
      return [key, Object.fromEntries(named) as Json];
    }
    return [key, SINGLE.has(key) ? inner(value, key) : value];
  });
  return Object.fromEntries(entries);
}
