/**
 * Every rule of lint, in the order in which they are asked.
 */
import { closedEnum } from "./closed-enum.js";
import { closedToGrowth } from "./closed-to-growth.js";
import { directionName } from "./direction-name.js";
import { insecureServer } from "./insecure-server.js";
import { loneRequest } from "./lone-request.js";
import { noSecurity } from "./no-security.js";
import { nothingRequired } from "./nothing-required.js";
import { openPattern } from "./open-pattern.js";
import { replyByOrder } from "./reply-by-order.js";
import type { LintRule } from "./rule.js";
import { sameSchema } from "./same-schema.js";
import { tokenInUrl } from "./token-in-url.js";
import { undocumented } from "./undocumented.js";
import { unlabelled } from "./unlabelled.js";
import { unlimited } from "./unlimited.js";
import { unsafeInteger } from "./unsafe-integer.js";
import { untypedMember } from "./untyped-member.js";
import { untypedPayload } from "./untyped-payload.js";

export const LINT_RULES: readonly LintRule[] = [
  unlabelled,
  untypedPayload,
  untypedMember,
  nothingRequired,
  unsafeInteger,
  directionName,
  loneRequest,
  replyByOrder,
  unlimited,
  openPattern,
  closedToGrowth,
  closedEnum,
  insecureServer,
  tokenInUrl,
  noSecurity,
  undocumented,
  sameSchema,
];
