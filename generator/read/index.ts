/**
 * One reader per dialect; all give the same draft.
 */
import type { Perspective } from "../contract.js";
import type { Node } from "../document.js";
import type { Problems } from "../problem.js";
import { readActions } from "./actions.js";
import { readAsyncapi2 } from "./asyncapi2.js";
import { readAsyncapi3 } from "./asyncapi3.js";
import type { Draft } from "./draft.js";

/** What a document is written in, once it has been checked. */
export type Kind =
  | { readonly format: "asyncapi"; readonly major: 2 | 3; readonly version: string }
  | { readonly format: "actions"; readonly version: string };

export function read(root: Node, kind: Kind, perspective: Perspective, problems: Problems): Draft {
  if (kind.format === "actions") return readActions(root);
  return kind.major === 2 ? readAsyncapi2(root, perspective, problems) : readAsyncapi3(root, perspective, problems);
}
