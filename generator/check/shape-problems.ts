/**
 * What ajv finds, in words: one problem for each defect.
 */
import type { ErrorObject } from "ajv";
import type { Node } from "../document.js";
import { didYouMean, nearest } from "../nearest.js";
import type { Problems } from "../problem.js";
import type { RuleId } from "../rules/rules.js";

interface Finding {
  readonly rule: RuleId;
  readonly message: string;
  readonly hint?: string | undefined;
  /** The member that is meant, where it is not the value itself. */
  readonly key?: string;
}

/** A key that means nothing where other keys may stand, and the one that it nearly is. */
export interface Misspelt {
  readonly at: string;
  readonly key: string;
  readonly near: string;
}

/** Reports what is wrong with a part of a document; places in it are relative to `node`. */
export function reportShape(
  node: Node,
  errors: readonly ErrorObject[],
  suspects: readonly Misspelt[],
  problems: Problems,
): void {
  // What is needed and only misspelt is refused as it is where it lacks.
  const missing = new Set(
    errors.flatMap((error) => (error.keyword === "required" && !isMild(error) ? lackOf(error) : [])),
  );
  for (const { at, key, near } of suspects) {
    const found = [
      "unknown-key",
      `the key ${JSON.stringify(key)} means nothing here`,
      below(node, at)?.raw(key),
      `did you mean "${near}"?`,
    ] as const;
    if (missing.has(`${at} ${near}`)) problems.error(...found);
    else problems.warn(...found);
  }
  const reported = new Set<string>();
  const misspelt = new Set([...errors.flatMap(meantBy), ...suspects.map(({ at, near }) => `${at} ${near}`)]);
  const misnamed = errors.flatMap(refusedName);
  for (const error of errors) {
    // What has a name that it cannot have mostly is something else altogether.
    if (misnamed.some((at) => `${error.instancePath}/`.startsWith(`${at}/`))) continue;
    if (error.keyword === "required" && misspelt.has(lackOf(error))) continue;
    // "if" failed because its branch did, "not" inside of propertyNames because propertyNames did: the other error says why.
    if (error.keyword === "if" || (error.propertyName !== undefined && error.keyword !== "propertyNames")) continue;
    const { rule, message, hint, key } = describe(error);
    // The first finding about a value is the cause: what is no text is no allowed text either.
    const about = `${error.instancePath} ${key ?? ""} ${rule === "missing-key" ? message : ""}`;
    if (reported.has(about)) continue;
    reported.add(about);
    const owner = below(node, error.instancePath);
    const place = key === undefined ? owner : (owner?.raw(key) ?? owner);
    if (isMild(error)) problems.warn(rule, message, place, hint);
    else problems.error(rule, message, place, hint);
  }
}

function describe(error: ErrorObject): Finding {
  const name = nameOf(error.instancePath);
  const own = word(error.schema, "x-message") ?? word(error.parentSchema, "x-message");
  switch (error.keyword) {
    case "required":
      return { rule: "missing-key", message: `${name} lacks ${JSON.stringify(error.params["missingProperty"])}` };
    case "type":
      return {
        rule: "wrong-type",
        message: `${name} must be ${kinds(error.params["type"])}, but is ${kindOf(error.data)}`,
        hint: quote(error),
      };
    case "enum":
    case "const":
      return unknownValue(error, name);
    case "additionalProperties": {
      const key = String(error.params["additionalProperty"]);
      const known = knownKeys(error);
      const hint = didYouMean(key, freeKeys(error)) ?? `known keys: ${known.join(", ")}`;
      return { rule: "unknown-key", message: `the key ${JSON.stringify(key)} means nothing here`, hint, key };
    }
    case "propertyNames":
      return {
        rule: "reserved-name",
        message: own ?? "this name is not allowed",
        key: String(error.params["propertyName"]),
      };
    default:
      return { rule: "bad-value", message: own ?? `${name} ${error.message ?? "is not allowed"}` };
  }
}

/** A key with nothing after it is an unfinished line, which reads as if it were absent. */
function isMild({ data, parentSchema }: ErrorObject): boolean {
  return data === null || word(parentSchema, "x-severity") === "warning";
}

function lackOf({ instancePath, params }: ErrorObject): string {
  return `${instancePath} ${params["missingProperty"]}`;
}

/** The pointer to a member whose name is refused. */
function refusedName({ keyword, instancePath, params }: ErrorObject): string[] {
  if (keyword !== "propertyNames") return [];
  return [`${instancePath}/${String(params["propertyName"]).replaceAll("~", "~0").replaceAll("/", "~1")}`];
}

/** The key that an unknown one was meant to be, which is then not missing as well. */
function meantBy(error: ErrorObject): string[] {
  if (error.keyword !== "additionalProperties") return [];
  const meant = nearest(String(error.params["additionalProperty"]), freeKeys(error));
  return meant === undefined ? [] : [`${error.instancePath} ${meant}`];
}

function knownKeys(error: ErrorObject): string[] {
  return Object.keys(error.parentSchema?.["properties"] ?? {});
}

function freeKeys(error: ErrorObject): string[] {
  return knownKeys(error).filter((name) => !Object.hasOwn(Object(error.data), name));
}

function unknownValue(error: ErrorObject, name: string): Finding {
  const allowed: unknown[] = error.keyword === "const" ? [error.schema] : [error.schema].flat();
  const list = allowed.map((value) => JSON.stringify(value)).join(" or ");
  const texts = allowed.filter((value) => typeof value === "string");
  const hint = didYouMean(String(error.data), texts);
  return { rule: "unknown-value", message: `${name} must be ${list}, but is ${JSON.stringify(error.data)}`, hint };
}

/** YAML reads `1.0` as a number and `no` stays text: who meant text is told how to say so. */
function quote({ params, data }: ErrorObject): string | undefined {
  const isScalar = typeof data === "number" || typeof data === "boolean";
  return isScalar && [params["type"]].flat().includes("string") ? `put it in quotes: "${data}"` : undefined;
}

function nameOf(at: string): string {
  const token = at.split("/").at(-1) ?? "";
  return at === "" ? "this" : JSON.stringify(token.replaceAll("~1", "/").replaceAll("~0", "~"));
}

export const kindNames: Readonly<Record<string, string>> = {
  object: "a map",
  array: "a list",
  string: "text",
  number: "a number",
  boolean: "true or false",
};

function kinds(types: unknown): string {
  return [types]
    .flat()
    .map((type) => kindNames[String(type)] ?? String(type))
    .join(" or ");
}

export function kindOf(value: unknown): string {
  if (value === null || value === undefined) return "empty";
  return (Array.isArray(value) ? kindNames["array"] : kindNames[typeof value]) ?? typeof value;
}

function word(schema: unknown, key: string): string | undefined {
  if (typeof schema !== "object" || schema === null || !Object.hasOwn(schema, key)) return undefined;
  return String((schema as Record<string, unknown>)[key]); // own, as just checked
}

/** The node a JSON pointer leads to as written, without following references. */
export function below(node: Node, at: string): Node | undefined {
  let found: Node | undefined = node;
  for (const token of at.split("/").slice(1)) {
    const key = token.replaceAll("~1", "/").replaceAll("~0", "~");
    found = found?.raw(Array.isArray(found.value) ? Number(key) : key);
  }
  return found;
}
