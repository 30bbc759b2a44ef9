/**
 * Colours of a terminal's text, or none.
 */

/** SGR codes (ECMA-48, 8.3.117). */
const codes = { error: 31, warning: 33, note: 34, strong: 1, dim: 2, hint: 36 } as const;

export type Paint = (text: string) => string;

/** What paints text as what it is; leaves it alone without `color`. */
export type Palette = (name: keyof typeof codes) => Paint;

export function palette(color: boolean): Palette {
  return (name) => (color ? (text) => `\u001b[${codes[name]}m${text}\u001b[0m` : (text) => text);
}
