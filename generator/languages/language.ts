/**
 * The language a schema is written in, by the media type that names it.
 * https://www.asyncapi.com/docs/reference/specification/v3.0.0#multiFormatSchemaFormatTable
 */

/** Which rules of JSON Schema hold. One normaliser reads all drafts; see `normalise/dialects.ts` for what differs. */
export type Dialect = "draft-04" | "draft-06" | "draft-07" | "2019-09" | "2020-12";

export type Language =
  | { readonly kind: "json-schema"; readonly dialect: Dialect }
  | { readonly kind: "avro" }
  | { readonly kind: "foreign" };

/** AsyncAPI's own schema object is a superset of draft-07, and what is meant where nothing is named. */
export function languageOf(format: string | undefined): Language {
  const written = (format ?? "application/vnd.aai.asyncapi").toLowerCase().trim();
  const [, name = "", version = ""] =
    /^application\/([a-z.-]+)(?:\+(?:json|yaml))?(?:\s*;\s*version=(.*))?$/.exec(written) ?? [];
  switch (name) {
    case "vnd.aai.asyncapi":
      return { kind: "json-schema", dialect: "draft-07" };
    case "schema":
    case "vnd.oai.openapi":
      return { kind: "json-schema", dialect: dialectOf(version) };
    case "vnd.apache.avro":
      return { kind: "avro" };
    default:
      return { kind: "foreign" };
  }
}

/** `draft-04`, `2020-12`, `3.1.0`, or the address that a `$schema` gives. OpenAPI 3.1's schemas are those of 2020-12. */
export function dialectOf(version: string): Dialect {
  if (version.includes("2019-09")) return "2019-09";
  if (/\b202\d-\d\d\b|^3\.[1-9]/.test(version)) return "2020-12";
  const [, draft] = /draft-?0?([46])\b/.exec(version) ?? [];
  return draft === undefined ? "draft-07" : draft === "4" ? "draft-04" : "draft-06";
}
