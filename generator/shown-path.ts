/**
 * A path as a person in the working directory writes it; a way up and around is shown in full.
 */
import { isAbsolute, relative, resolve, sep } from "node:path";

export function shownPath(path: string): string {
  if (path === "-" || !isAbsolute(path)) return path;
  const way = relative("", resolve(path)) || ".";
  return (way.startsWith(`..${sep}..${sep}`) ? path : way).split(sep).join("/");
}
