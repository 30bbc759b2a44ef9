/**
 * JSON values as TypeScript expressions. The text of a document passes here and nowhere else on its way into code.
 */

/** One line, spaces inside braces, members unquoted where they may be. */
export function literal(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(literal).join(", ")}]`;
  if (typeof value === "object" && value !== null) {
    const members = Object.entries(value).map(([name, member]) => `${memberName(name)}: ${literal(member)}`);
    return members.length === 0 ? "{}" : `{ ${members.join(", ")} }`;
  }
  return typeof value === "string" ? quote(value) : JSON.stringify(value);
}

const LINE_SEPARATOR = /[\u2028\u2029]/;

/** JSON text is JavaScript but for two line separators, which would end a line here or there. */
function quote(text: string): string {
  const json = JSON.stringify(text);
  return LINE_SEPARATOR.test(json) ? json.replaceAll("\u2028", "\\u2028").replaceAll("\u2029", "\\u2029") : json;
}

function memberName(name: string): string {
  if (name === "__proto__") return '["__proto__"]'; // bare, it would set the prototype
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : quote(name);
}
