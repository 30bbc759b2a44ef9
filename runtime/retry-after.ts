/**
 * The `Retry-After` header: seconds, or a date (RFC 9110, section 10.2.3,
 * https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3).
 */

/** Milliseconds from `now` that the header asks to wait; undefined where it says nothing that can be read. */
export function retryAfter(header: string | undefined, now: number): number | undefined {
  const text = header?.trim();
  if (!text) return undefined;
  if (/^\d+$/.test(text)) return Number(text) * 1_000;
  // A date starts with the name of its day; without this, Date.parse takes "-1" and "1.5" for years.
  const date = /^[A-Za-z]/.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
