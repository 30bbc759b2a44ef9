/** Regular expressions that a template literal type can state: `^a`, `a$`, `^a$`, `a`, `a.*b`. */
const SPECIAL = "\\^$.*+?()[]{}|";

export function isTemplate(pattern: string): boolean {
  const start = pattern.startsWith("^");
  let end = false;
  let at = start ? 1 : 0;
  let text = "";
  let holes = 0;
  while (at < pattern.length) {
    const sign = pattern[at] ?? "";
    const next = pattern[at + 1];
    if (sign === "$" && next === undefined) {
      end = true;
      at++;
    } else if (sign === "." && next === "*") {
      holes++;
      at += 2;
    } else if (sign === "\\") {
      if (next === undefined || !(SPECIAL.includes(next) || next === "/" || next === "-")) return false;
      text += next;
      at += 2;
    } else {
      if (SPECIAL.includes(sign)) return false;
      if (next !== undefined && "*+?{".includes(next)) return false; // as often as a quantifier says is no literal
      text += sign;
      at++;
    }
  }
  const parts = 1 + holes + (start ? 0 : 1) + (end ? 0 : 1);
  return text !== "" || parts === 1; // else every text matches, and there is nothing to state
}
