/**
 * Texts that are JSON as well: `12345` is five digits and a number. A constant text is meant where it is said, all other
 * such frames are taken for JSON; either way one message can take what was said as another, and nobody would hear of it.
 */
import type { JsonType } from "../contract.js";
import type { Place } from "../document.js";
import type { Problems } from "../problem.js";
import { typeOf } from "./facts/json-types.js";
import type { Shapes } from "./facts/shapes.js";
import { type Framed, textsOf } from "./frames.js";

/** A message, and where it stands. */
interface Said extends Framed {
  readonly at: string;
}

/** What a text of no particular form can look like. Few are lists or objects by chance. */
const BARE: ReadonlySet<JsonType> = new Set(["string", "number", "boolean", "null"]);

export function warnOfTexts(
  messages: readonly Said[],
  shapes: Shapes,
  placeOf: (message: Said) => Place | undefined,
  problems: Problems,
): void {
  const inJson = messages.filter(({ frame }) => frame === undefined);
  for (const text of messages.filter(({ frame }) => frame === "text")) {
    const constants = textsOf(text.schema, shapes);
    const types = constants.length > 0 ? new Set(constants.flatMap(typeAsJson)) : BARE;
    const alike = inJson.filter(({ schema }) => [...shapes.jsonTypes(schema)].some((type) => types.has(type)));
    if (alike.length === 0) continue;
    const names = alike.map(named).join(", ");
    const wins = constants.length > 0 ? text.id : "JSON";
    problems.warn(
      "look-alike",
      `${named(text)} is a bare text, and one that is JSON of the same type as ${names} looks like it; what can be both arrives as ${wins}`,
      placeOf(text),
      "An object with a required constant in place of the bare value would tell them apart.",
    );
  }
}

/** The JSON type of a text that is JSON. */
function typeAsJson(text: string): JsonType[] {
  try {
    return [typeOf(JSON.parse(text))];
  } catch {
    return [];
  }
}

function named({ id, at }: Said): string {
  return `${id} (${at})`;
}
