/**
 * The instant that a `date-time` says (RFC 3339, section 5.6). `Date` itself reads only some of what that allows, and no
 * leap second: 23:59:60 is taken for the second after it. Digits beyond milliseconds are cut.
 */
import { dateTime } from "./validators/time.js";

const PARTS = /^(\d{4}-\d\d-\d\d)[t\s](\d\d:\d\d):(\d\d)(\.\d+)?(?:z|([+-]\d\d)(?::?(\d\d))?)?$/i;

/** Undefined where the text says none. */
export function instantOf(text: string): Date | undefined {
  if (!dateTime(text)) return undefined;
  const [, day, minute, second = "", fraction = "", hours = "+00", minutes = "00"] = PARTS.exec(text) ?? [];
  const isLeap = second === "60";
  const instant = Date.parse(
    `${day}T${minute}:${isLeap ? "59" : second}${isLeap ? "" : fraction.slice(0, 4)}${hours}:${minutes}`,
  );
  return Number.isNaN(instant) ? undefined : new Date(isLeap ? instant + 1000 : instant);
}
