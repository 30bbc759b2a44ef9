/**
 * Every rule there is, by its id. A new one is one entry in a file beside this one.
 */
import { nearest } from "../nearest.js";
import { CONFIG } from "./config.js";
import { CONNECTIONS } from "./connections.js";
import { DOCUMENT } from "./document.js";
import { FILES } from "./files.js";
import { LINT } from "./lint.js";
import { MESSAGES } from "./messages.js";
import { REFERENCES } from "./references.js";
import { REPLIES } from "./replies.js";
import { REPOSITORY } from "./repository.js";
import type { Rule } from "./rule.js";
import { SCHEMAS } from "./schemas.js";
import { SYNTAX } from "./syntax.js";

/** Stable, kebab-case: `dangling-ref`. */
export type RuleId =
  | keyof typeof FILES
  | keyof typeof SYNTAX
  | keyof typeof REFERENCES
  | keyof typeof DOCUMENT
  | keyof typeof SCHEMAS
  | keyof typeof MESSAGES
  | keyof typeof CONNECTIONS
  | keyof typeof REPLIES
  | keyof typeof CONFIG
  | keyof typeof REPOSITORY
  | keyof typeof LINT;

/** By what they are about, as lists show them. */
export const SUBJECTS: Readonly<Record<string, Readonly<Record<string, Rule>>>> = {
  Files: FILES,
  "YAML and JSON": SYNTAX,
  References: REFERENCES,
  Documents: DOCUMENT,
  Schemas: SCHEMAS,
  Messages: MESSAGES,
  Connections: CONNECTIONS,
  Replies: REPLIES,
  Configurations: CONFIG,
  "What is checked in": REPOSITORY,
  "Lint: what generates, but will hurt": LINT,
};

export const RULES: Readonly<Record<RuleId, Rule>> = {
  ...FILES,
  ...SYNTAX,
  ...REFERENCES,
  ...DOCUMENT,
  ...SCHEMAS,
  ...MESSAGES,
  ...CONNECTIONS,
  ...REPLIES,
  ...CONFIG,
  ...REPOSITORY,
  ...LINT,
};

export function isRule(word: string): word is RuleId {
  return Object.hasOwn(RULES, word);
}

/** The id that a misspelt one may mean. */
export function nearestRule(word: string): string | undefined {
  return nearest(word, Object.keys(RULES));
}
