/**
 * Patterns of names that a TypeScript key can say: those that ask how a name begins, and nothing else.
 */

/** `^x-` → `x-`; undefined for any other pattern. */
export function beginningOf(pattern: string): string | undefined {
  const [, start] = /^\^([\w\s:/@#%&~;,<>='"!-]+)(?:\.\*\$?)?$/.exec(pattern) ?? [];
  return start;
}
