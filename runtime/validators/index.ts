/**
 * What printed validators need at run time, each export usable without the others. Formats have the verdicts of
 * ajv-formats wherever that follows its specification; every check takes time linear in its text.
 */
export { bytes } from "./bytes.js";
export { byte, int32, int64, uint64 } from "./encoded.js";
export { equal } from "./equal.js";
export { email, hostname } from "./host.js";
export { ipv4, ipv6 } from "./ip.js";
export { jsonPointer, jsonPointerUriFragment, relativeJsonPointer } from "./json-pointer.js";
export { linearPattern } from "./linear-pattern.js";
export { placed } from "./placed.js";
export { regex } from "./regex.js";
export { date, dateTime, duration, isoDateTime, isoTime, time } from "./time.js";
export { ucs2length } from "./ucs2length.js";
export { unique } from "./unique.js";
export { uri, uriReference, uriTemplate } from "./uri.js";
export { uuid } from "./uuid.js";
