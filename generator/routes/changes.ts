/**
 * What would become of each holder of routes: what is renamed, taken away, reported, and lacking. Decides; edits nothing.
 */
import { doorsOf } from "../../templates/index.js";
import type { Connection } from "../contract.js";
import type { Holder } from "./holders.js";
import type { Member } from "./members.js";
import { ts } from "./typescript.js";
import { isUntouched } from "./untouched.js";

export interface Renamed {
  readonly member: Member;
  readonly from: string;
  readonly to: string;
}

export interface Change {
  readonly connection: Connection;
  readonly holder: Holder;
  readonly renamed: readonly Renamed[];
  /** Members that a rename would clash with. */
  readonly taken: readonly Renamed[];
  /** Stubs of ours that go: nothing asks for them, or another takes their name. */
  readonly gone: readonly Member[];
  /** Members that nothing asks for, and that stay. */
  readonly orphaned: readonly Member[];
  /** Routes that are asked for and not seen. */
  readonly missing: readonly string[];
}

export interface Wishes {
  readonly rename: Readonly<Record<string, string>>;
  readonly prune: boolean;
}

export function changeOf(connection: Connection, holder: Holder, text: string, { rename, prune }: Wishes): Change {
  const asked = doorsOf(connection.toServer).map(({ id }) => id);
  const byId = new Map(holder.members.flatMap((member) => (member.id === undefined ? [] : [[member.id, member]])));
  const wanted = Object.entries(rename).flatMap(([from, to]): Renamed[] => {
    const member = byId.get(from);
    return member?.name && asked.includes(to) && !asked.includes(from) ? [{ member, from, to }] : [];
  });
  const replaced = wanted.flatMap(({ to }) => byId.get(to) ?? []).filter((member) => isUntouched(member, text));
  const isFree = ({ to }: Renamed, index: number): boolean => {
    const other = byId.get(to);
    const isFirst = wanted.findIndex((one) => one.to === to) === index;
    return isFirst && !holder.others.includes(to) && (other === undefined || replaced.includes(other));
  };
  const renamed = wanted.filter(isFree);
  const extra = holder.members.filter(
    (member) =>
      member.id !== undefined &&
      !asked.includes(member.id) &&
      !renamed.some((one) => one.member === member) &&
      (holder.isOnlyRoutes || isOverride(member.node) || isUntouched(member, text)),
  );
  const pruned = prune ? extra.filter((member) => isUntouched(member, text)) : [];
  const has = (id: string): boolean =>
    byId.has(id) || holder.others.includes(id) || renamed.some(({ to }) => to === id);
  return {
    ...{ connection, holder, renamed, gone: [...replaced, ...pruned] },
    taken: wanted.filter((one) => !renamed.includes(one)),
    orphaned: extra.filter((member) => !pruned.includes(member)),
    missing: asked.filter((id) => !has(id)),
  };
}

function isOverride(node: ts.Node): boolean {
  const modifiers = ts.canHaveModifiers(node) ? (ts.getModifiers(node) ?? []) : [];
  return modifiers.some(({ kind }) => kind === ts.SyntaxKind.OverrideKeyword);
}
