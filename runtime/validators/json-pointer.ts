/** JSON pointers (RFC 6901): each part starts with a slash, and a tilde is followed by 0 or 1. */

export function jsonPointer(text: string): boolean {
  return /^(?:\/(?:[^~/]|~[01])*)*$/.test(text);
}

/** Section 6: `#`, and the pointer in a URI's characters. */
export function jsonPointerUriFragment(text: string): boolean {
  return /^#(?:\/(?:[a-z0-9_\-.!$&'()*+,;:=@]|%[0-9a-f]{2}|~[01])*)*$/i.test(text);
}

/** draft-luff-relative-json-pointer: so many levels up, then `#` or a pointer. */
export function relativeJsonPointer(text: string): boolean {
  const levels = /^(?:0|[1-9][0-9]*)/.exec(text)?.[0];
  if (levels === undefined) return false;
  const rest = text.slice(levels.length);
  return rest === "#" || jsonPointer(rest);
}
