/**
 * The doors of messages that look alike. Groups that share a message become one door, so that a message is in one union
 * at most: a generic error whose enum holds the constants of thirteen specific ones makes one union of fourteen, not
 * thirteen of two.
 */
import type { Dispatch } from "../../contract.js";
import type { Known } from "./known.js";

export class Doors {
  /** Groups by the name that stands for them until all are known. */
  readonly #groups = new Map<string, readonly string[]>();

  /** A leaf that stands for a group. Ids are identifiers, so none is a JSON list. */
  of(group: readonly Known[]): string {
    const ids = group.map(({ id }) => id);
    const leaf = JSON.stringify(ids);
    this.#groups.set(leaf, ids);
    return leaf;
  }

  /** The tree with a door in place of each such leaf. `order`: all ids, in document order. */
  named(tree: Dispatch, order: readonly string[], together: (ids: readonly string[]) => string): Dispatch {
    const merged: (readonly string[])[] = [];
    for (const ids of this.#groups.values()) {
      const touched = merged.filter((group) => group.some((id) => ids.includes(id)));
      const all = new Set([...touched.flat(), ...ids]);
      merged.splice(0, merged.length, ...merged.filter((group) => !touched.includes(group)), [...all]);
    }
    const doors = merged
      .map((group) => order.filter((id) => group.includes(id)))
      .toSorted(([a = ""], [b = ""]) => order.indexOf(a) - order.indexOf(b))
      .map((ids) => [ids, together(ids)] as const);
    const door = (leaf: string) => {
      const [first] = this.#groups.get(leaf) ?? [];
      return doors.find(([ids]) => first !== undefined && ids.includes(first))?.[1] ?? leaf;
    };
    return withLeaves(tree, door);
  }
}

/** The tree with its leaves renamed; a question all of whose answers became the same one need not be asked. */
function withLeaves(tree: Dispatch, rename: (leaf: string) => string): Dispatch {
  if (tree === null) return null;
  if (typeof tree === "string") return rename(tree);
  if (tree.by === "frame") return tree; // a root only, put on top of finished trees
  const next = <Answer>([answer, then]: readonly [Answer, Dispatch]) => [answer, withLeaves(then, rename)] as const;
  const otherwise = tree.otherwise === undefined ? {} : { otherwise: withLeaves(tree.otherwise, rename) };
  switch (tree.by) {
    case "value": {
      const absent = tree.absent === undefined ? {} : { absent: withLeaves(tree.absent, rename) };
      return simple({ ...tree, cases: tree.cases.map(next), ...absent, ...otherwise });
    }
    case "keys":
      return simple({ ...tree, cases: tree.cases.map(next), ...otherwise });
    case "type":
      return { ...tree, cases: tree.cases.map(next), ...otherwise };
    case "fit":
      return { ...tree, cases: tree.cases.map(next), ...otherwise };
  }
}

type Asked = Extract<Dispatch, { readonly by: "value" | "keys" }>;

/** Answers that lead where everything else does need not be told from it. */
function simple(node: Asked): Dispatch {
  const { otherwise } = node;
  if (typeof otherwise !== "string") return node;
  if (node.by === "keys") return node.cases.every(([, then]) => then === otherwise) ? otherwise : node;
  const { absent, ...present } = node;
  const cases = node.cases.filter(([, then]) => then !== otherwise);
  const elsewhere = absent === undefined || absent === otherwise ? {} : { absent };
  return cases.length === 0 && !("absent" in elsewhere) ? otherwise : { ...present, cases, ...elsewhere };
}
