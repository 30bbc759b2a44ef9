/**
 * What a doc comment says about a schema: its title and description, and whether it is deprecated, examples and default
 * as tags. Written so that it cannot end the comment it stands in.
 */
import { harmless } from "../../templates/doc.js";
import { literal } from "../../templates/literal.js";
import type { Json } from "../contract.js";
import { isMembers } from "../normalise/keywords.js";

const TOLD = ["title", "description", "deprecated", "examples", "example", "default"];

export function words(schema: Json): string | undefined {
  if (!isMembers(schema) || !TOLD.some((keyword) => schema[keyword] !== undefined)) return undefined;
  const title = telling(text(schema["title"]));
  const description = text(schema["description"]);
  const prose =
    title && description && !description.startsWith(title) ? `${title}\n\n${description}` : (description ?? title);
  const examples = Array.isArray(schema["examples"]) ? schema["examples"] : [];
  const lines = [
    ...(prose ? prose.split(/\r\n?|[\n\u2028\u2029]/) : []),
    ...(schema["deprecated"] === true ? ["@deprecated"] : []),
    ...[...examples, ...(schema["example"] === undefined ? [] : [schema["example"]])].map(tag("@example")),
    ...(schema["default"] === undefined ? [] : [schema["default"]]).map(tag("@default")),
  ];
  return lines.length === 0 ? undefined : lines.map((line) => harmless(line.trimEnd())).join("\n");
}

/** A title of one word is a name, and the type has one. */
function telling(title: string | undefined): string | undefined {
  return title !== undefined && /\s/.test(title) ? title : undefined;
}

function tag(name: string): (value: Json) => string {
  return (value) => `${name} ${literal(value)}`;
}

function text(value: Json | undefined): string | undefined {
  return typeof value === "string" && value.trim() !== "" ? value.trim() : undefined;
}
