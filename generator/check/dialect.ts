/**
 * What kind of document a file is, and a clear word where it is another.
 */
import type { Node } from "../document.js";
import { nearest } from "../nearest.js";
import type { Problems } from "../problem.js";

export type Kind =
  | { readonly format: "asyncapi"; readonly major: 2 | 3; readonly version: string }
  | { readonly format: "actions"; readonly version: string };

/** The latest minor version of each major that we know. */
const latest = { 2: 6, 3: 1 } as const;

/** Throws InputError where the document is of no kind we read. */
export function dialectOf(root: Node, problems: Problems): Kind {
  const kind = root.raw("actionwire")
    ? actionsKind(root, problems)
    : root.raw("asyncapi")
      ? asyncapiKind(root, problems)
      : notOurs(root, problems);
  if (!kind) problems.throwIfErrors();
  if (!kind) throw new Error("a document of no kind has an error");
  return kind;
}

function actionsKind(root: Node, problems: Problems): Kind | undefined {
  const version = root.raw("actionwire");
  if (version?.value === 1) return { format: "actions", version: "1" };
  problems.error(
    "unsupported-version",
    `there is no version ${shown(version?.value)} of actions files`,
    version,
    "write actionwire: 1",
  );
  return undefined;
}

/** https://www.asyncapi.com/docs/reference/specification/v3.1.0#A2SVersionString */
function asyncapiKind(root: Node, problems: Problems): Kind | undefined {
  const node = root.raw("asyncapi");
  const value = node?.value;
  if (typeof value !== "string") {
    const hint = `put it in quotes: asyncapi: "${typeof value === "number" && value < 3 ? "2.6.0" : "3.0.0"}"`;
    problems.error(
      "unsupported-version",
      `the version must be text such as "3.0.0", but is ${shown(value)}`,
      node,
      hint,
    );
    return undefined;
  }
  const [, major, minor] = /^(\d+)\.(\d+)(?:\.\d+)?(?:-.*)?$/.exec(value) ?? [];
  if (major !== "2" && major !== "3") {
    const old = major === "1" || major === "0";
    const hint = old ? "convert it to 3.0.0: https://www.asyncapi.com/docs/migration" : 'write asyncapi: "3.0.0"';
    problems.error("unsupported-version", `AsyncAPI ${shown(value)} is not supported; 2.0 to 3.1 are`, node, hint);
    return undefined;
  }
  const known = major === "2" ? 2 : 3;
  if (Number(minor) > latest[known]) {
    const message = `AsyncAPI ${value} is newer than this tool; it is read as ${known}.${latest[known]}`;
    problems.warn("newer-version", message, node);
  }
  return { format: "asyncapi", major: known, version: value };
}

const BEGIN = 'a document begins with "asyncapi: 3.0.0" or "actionwire: 1"';

function notOurs(root: Node, problems: Problems): undefined {
  const { value } = root;
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    const what = Array.isArray(value) ? "a list" : "a single value";
    problems.error("not-a-document", `the file holds ${what}, no AsyncAPI document or actions file`, root, BEGIN);
    return;
  }
  const keys = Object.keys(value);
  const [what, hint] = lookLike(new Set(keys));
  const misspelt = keys.find((key) => nearest(key, ["asyncapi", "actionwire"]));
  const near = misspelt && nearest(misspelt, ["asyncapi", "actionwire"]);
  const place = misspelt ? root.raw(misspelt) : root;
  const message = `this is no AsyncAPI document and no actions file${what ? `: it looks like ${what}` : ""}`;
  problems.error("not-a-document", message, place, near ? `did you mean "${near}"?` : hint);
}

/** What the author may have taken for ours, and how to get there from it. */
function lookLike(keys: ReadonlySet<string>): [what: string | undefined, hint: string] {
  const has = (...all: string[]): boolean => all.every((key) => keys.has(key));
  if (has("openapi") || has("swagger"))
    return ["an OpenAPI document", `describe its WebSocket messages apart: ${BEGIN}`];
  if (has("openrpc")) return ["an OpenRPC document", BEGIN];
  if (has("channels") || has("operations"))
    return ["an AsyncAPI document without its version", 'add "asyncapi: 3.0.0" as its first line'];
  if (has("actions")) return ["an actions file without its version", 'add "actionwire: 1" as its first line'];
  if (has("$schema") || has("type", "properties") || has("$defs") || has("definitions")) {
    return ["a JSON Schema", "refer to it from an actions file: it says what a payload is, not who sends it"];
  }
  return [undefined, BEGIN];
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}
