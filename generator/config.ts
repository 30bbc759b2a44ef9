/**
 * The configuration file: the flags, as JSON. Described by schemas/config.schema.json.
 */
import { readFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { nearest } from "./nearest.js";
import { Problems } from "./problem.js";
import { codeOf } from "./write.js";

/** What the file may say; paths are resolved against its folder. */
export interface Config {
  readonly out?: string;
  readonly routes?: string;
  readonly root?: string;
  readonly perspective?: "server" | "client";
  readonly channels?: "auto" | "paths" | "topics";
  readonly allowRemote?: boolean;
  readonly names?: Readonly<Record<string, string>>;
}

type Check = (value: unknown) => string | undefined;

const text: Check = (value) => (typeof value === "string" ? undefined : "a text");
const truth: Check = (value) => (typeof value === "boolean" ? undefined : "true or false");
const oneOf =
  (...values: readonly string[]): Check =>
  (value) =>
    values.includes(String(value)) ? undefined : values.map((one) => JSON.stringify(one)).join(" or ");
const identifiers: Check = (value) =>
  typeof value === "object" && value !== null && Object.values(value).every(isIdentifier)
    ? undefined
    : "names in a document, each with the identifier to use";

const CHECKS: Readonly<Record<keyof Config | "$schema", Check>> = {
  $schema: text,
  out: text,
  routes: text,
  root: text,
  perspective: oneOf("server", "client"),
  channels: oneOf("auto", "paths", "topics"),
  allowRemote: truth,
  names: identifiers,
};

/** Reads a configuration file. Throws InputError where it cannot be used. */
export async function readConfig(path: string): Promise<Config> {
  const problems = new Problems();
  const value = await parsed(path, problems);
  problems.throwIfErrors();
  for (const [key, member] of Object.entries(value)) {
    const known = Object.hasOwn(CHECKS, key);
    const wanted = known ? CHECKS[key as keyof typeof CHECKS](member) : undefined; // own, as just checked
    const near = known ? undefined : nearest(key, Object.keys(CHECKS));
    if (!known)
      problems.error("config", `${path}: there is no option ${key}`, undefined, near && `Did you mean ${near}?`);
    else if (wanted !== undefined) problems.error("config", `${path}: ${key} must be ${wanted}`);
  }
  problems.throwIfErrors();
  const config = value as Config; // as just checked, member by member
  const here = (file: string) => resolve(dirname(path), file);
  return {
    ...config,
    ...(config.out !== undefined && { out: here(config.out) }),
    ...(config.routes !== undefined && { routes: here(config.routes) }),
    ...(config.root !== undefined && { root: here(config.root) }),
  };
}

async function parsed(path: string, problems: Problems): Promise<object> {
  try {
    const value: unknown = JSON.parse(await readFile(path, "utf8"));
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return value;
    problems.error("config", `${path} must hold a JSON object`);
  } catch (error) {
    const why = codeOf(error) === "ENOENT" ? "there is no such file" : error instanceof Error ? error.message : "";
    problems.error("config", `${path} cannot be read: ${why}`);
  }
  return {};
}

function isIdentifier(value: unknown): boolean {
  return typeof value === "string" && /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(value);
}
