/**
 * The formats of texts and numbers that are known, and what checks them in `@actionwire/runtime/validators`.
 * https://json-schema.org/draft/2020-12/json-schema-validation#section-7.3
 */

/** Formats of texts as documents spell them, and as the runtime does. */
export const OF_TEXT: Readonly<Record<string, string>> = {
  byte: "byte",
  date: "date",
  "date-time": "dateTime",
  duration: "duration",
  email: "email",
  hostname: "hostname",
  ipv4: "ipv4",
  ipv6: "ipv6",
  "iso-date-time": "isoDateTime",
  "iso-time": "isoTime",
  "json-pointer": "jsonPointer",
  "json-pointer-uri-fragment": "jsonPointerUriFragment",
  regex: "regex",
  "relative-json-pointer": "relativeJsonPointer",
  time: "time",
  uri: "uri",
  "uri-reference": "uriReference",
  "uri-template": "uriTemplate",
  uuid: "uuid",
};

export const OF_NUMBERS: Readonly<Record<string, string>> = { int32: "int32", int64: "int64", uint64: "uint64" };

/** Formats that say how a value is kept or shown, and refuse none. https://spec.openapis.org/oas/v3.0.3#data-types */
const SAYING_NOTHING = ["float", "double", "binary", "bytes", "bytestring", "password"];

/** Every format that is checked, or means nothing that could be. */
export const KNOWN_FORMATS: readonly string[] = [
  ...Object.keys(OF_TEXT),
  ...Object.keys(OF_NUMBERS),
  ...SAYING_NOTHING,
];
