/**
 * Our formats give ajv-formats' verdicts, and what the printed validators call is theirs.
 */

import { fullFormats } from "ajv-formats/dist/formats.js";
import fc from "fast-check";
import { expect, test } from "vitest";
import * as ours from "../runtime/validators/index.js";

type Check = (text: string) => boolean;

const CHECKS: Readonly<Record<string, Check>> = {
  byte: ours.byte,
  date: ours.date,
  "date-time": ours.dateTime,
  duration: ours.duration,
  email: ours.email,
  hostname: ours.hostname,
  ipv4: ours.ipv4,
  ipv6: ours.ipv6,
  "iso-date-time": ours.isoDateTime,
  "iso-time": ours.isoTime,
  "json-pointer": ours.jsonPointer,
  "json-pointer-uri-fragment": ours.jsonPointerUriFragment,
  regex: ours.regex,
  "relative-json-pointer": ours.relativeJsonPointer,
  time: ours.time,
  uri: ours.uri,
  "uri-reference": ours.uriReference,
  "uri-template": ours.uriTemplate,
  uuid: ours.uuid,
};

/** ajv-formats has patterns, functions, and objects that hold either. */
function theirs(name: string): Check {
  const format = Object.entries(fullFormats).find(([key]) => key === name)?.[1];
  const check = typeof format === "object" && "validate" in format ? format.validate : format;
  if (check instanceof RegExp) return (text) => check.test(text);
  if (typeof check === "function") return (text) => Boolean((check as Check)(text)); // its type also covers numbers
  throw new Error(`ajv-formats has no ${name}`);
}

const TEXTS: Readonly<Record<string, readonly string[]>> = {
  byte: ["", "QQ==", "QUI=", "QUJD", "QUJDRA==", "Q", "QQ=", "====", "Q===", "QU JD", "QUJD="],
  date: [
    "2020-02-29",
    "2019-02-29",
    "1900-02-29",
    "2000-02-29",
    "2020-13-01",
    "2020-00-10",
    "2020-04-31",
    "2020-1-1",
    "12020-01-01",
  ],
  "date-time": [
    ...[
      "2020-01-01T00:00:00Z",
      "2020-01-01t00:00:00.123z",
      "2020-01-01 00:00:00+01:00",
      "2020-01-01T00:00:00",
      "2020-01-01T24:00:00Z",
    ],
    ...[
      "1998-12-31T23:59:60Z",
      "1998-12-31T15:59:60.123-08:00",
      "1998-12-31T22:59:60Z",
      "2020-02-30T00:00:00Z",
      "2020-01-01T00:00:00+0130",
    ],
    ...["2020-01-01T00:00:00+24:00", "2020-01-01", "T", "2020-01-01T00:00:00Z ", "2020-01-01TT00:00:00Z"],
  ],
  time: [
    "00:00:00Z",
    "23:59:60Z",
    "23:59:61Z",
    "00:59:60+01:00",
    "01:29:60+01:30",
    "15:59:60-08:00",
    "12:00:00",
    "12:00:00.5+01",
    "1:00:00Z",
  ],
  duration: ["P1Y", "P", "PT", "P1W", "P1YT1S", "P1Y1W", "PT1H2M3S", "P1S", "1Y", "P1DT", "P0D"],
  email: [
    "a@b.co",
    "a.b@c-d.e",
    "a@b",
    "@b.co",
    "a@",
    "a..b@c.d",
    ".a@b.c",
    "a@b.c.",
    "a@-b.c",
    "a@b-.c",
    "a b@c.d",
    "ä@b.c",
    "a@b@c.d",
  ],
  hostname: [
    "a",
    "a.b",
    "a.",
    ".a",
    "a..b",
    "-a",
    "a-",
    "a_b",
    `${"a".repeat(63)}.b`,
    "a".repeat(64),
    `${"a.".repeat(126)}a`,
    "",
    ".",
  ],
  ipv4: ["0.0.0.0", "255.255.255.255", "256.0.0.0", "01.0.0.0", "1.2.3", "1.2.3.4.5", "1.2.3.4 ", "a.b.c.d", ""],
  ipv6: [
    ...[
      "::",
      "::1",
      "1::",
      "1:2:3:4:5:6:7:8",
      "1:2:3:4:5:6:7",
      "1:2:3:4:5:6:7::",
      "::2:3:4:5:6:7:8",
      "1::8",
      "1:::8",
      "::1::",
    ],
    ...[
      "::ffff:1.2.3.4",
      "1:2:3:4:5:6:1.2.3.4",
      "1:2:3:4:5:6:7:1.2.3.4",
      "::1.2.3",
      "::1.2.3.4:5",
      "1.2.3.4::",
      "g::",
      "12345::",
      ":",
      "",
      ":1",
    ],
    ...["1:2:3:4:5:6:7::8", "::1.2.3.256", "FE80::A", "%eth0", "fe80::1%eth0"],
  ],
  "json-pointer": ["", "/", "/a/b", "/~0~1", "/~", "/~2", "a", "//"],
  "json-pointer-uri-fragment": ["#", "#/a", "#/%20", "#/~", "#a", "/a", "#/ä"],
  "relative-json-pointer": ["0", "1#", "2/a", "01", "#", "/a", "1a", "-1", ""],
  regex: ["^a", "(", "\\Z", "a\\Z", "\\p{L}", "[", ""],
  uri: [
    ...["http://a.b/c?d#e", "urn:isbn:1", "a:b", "//a", "/a", "a", "", "http://[::1]:80/", "http://[::1", "http://a:1"],
    ...[
      "http://u:p@h/",
      "mailto:a@b.c",
      "http://a b",
      "http://ä",
      "%41:b",
      "a:%4",
      "a:%41",
      "1a:b",
      "a:#b#c",
      "http://[v1.a]/",
      "a:[]",
    ],
  ],
  "uri-reference": ["", "#", "?", "/a//b", "//a", "a:b", "a/b:c", "a b", "\\", "#a#", "//[::1]", "../a"],
  "uri-template": [
    "",
    "a{b}",
    "{+a,b*}",
    "{a:10}",
    "{a:0}",
    "{",
    "}",
    "{}",
    "{a",
    "a b",
    "%41{%41}",
    "{?a,b}",
    "{a,}",
    "ä",
    "{a}}",
  ],
  uuid: [
    "123e4567-e89b-12d3-a456-426614174000",
    "urn:uuid:123E4567-E89B-12D3-A456-426614174000",
    "123e4567e89b12d3a456426614174000",
    "",
  ],
};

test.each(Object.entries(CHECKS))("%s: a table", (name, check) => {
  const texts = [...(TEXTS[name] ?? []), ...(TEXTS[name.replace("iso-", "")] ?? [])];
  const verdicts = (one: Check) => texts.map((text) => `${text} ${one(text)}`);
  expect(texts.length).toBeGreaterThan(3);
  expect(verdicts(check)).toEqual(verdicts(theirs(name)));
});

test.each<[Check, string, boolean]>([
  [ours.uri, "a:", true],
  [ours.uri, "a:?#", true],
  [ours.uri, "http://a:b/", false],
  [ours.uriReference, "//a:80x", false],
  [ours.uriReference, "1:b", false],
  [ours.uriReference, ":", false],
])("where ajv-formats is not RFC 3986's: %o of %s is %s", (check, text, verdict) => {
  expect(check(text)).toBe(verdict);
  expect(theirs(check === ours.uri ? "uri" : "uri-reference")(text)).toBe(!verdict);
});

/** ajv-formats takes more than RFC 3986 does; `a:`, which is a URI, it does not take. */
const STRICTER = new Set(["uri", "uri-reference"]);
const EMPTY = /^[^:]*:(?:[?#]|$)/;

/** ajv-formats also allows `"` in a URI, and base64 over several lines. */
const ALPHABETS: Readonly<Record<string, string>> = {
  byte: "AB+/=-",
  "date-time": "0123456789-:.TtZz+ ",
  email: "ab1@.-_+ é",
  hostname: "ab1.-_ é",
  "iso-date-time": "0123456789-:.TtZz+ ",
  uri: "ab1:/?#[]@%f.~ é",
  "uri-reference": "ab1:?#[]@%f.~ é",
  "uri-template": "ab1{}+,:*%f ?\\",
  duration: "P1YMDTHSW",
  ipv4: "0125.",
  ipv6: "0af:.1",
};

test.each(Object.entries(CHECKS))("%s: variations of the table and texts of its letters", (name, check) => {
  const peer = theirs(name);
  const letters = [...(ALPHABETS[name] ?? "01a~/#:-+.Zz")];
  const seeds = fc.constantFrom(...(TEXTS[name] ?? TEXTS[name.replace("iso-", "")] ?? [""]));
  const piece = fc.string({ unit: fc.constantFrom(...letters), maxLength: 6 });
  const varied = fc.tuple(seeds, fc.nat(), fc.nat(3), piece).map(([text, at, cut, insert]) => {
    const place = at % (text.length + 1);
    return text.slice(0, place) + insert + text.slice(place + cut);
  });
  const agrees = (text: string) =>
    check(text) === peer(text) || (STRICTER.has(name) && (EMPTY.test(text) || peer(text)));
  fc.assert(fc.property(fc.oneof(varied, piece), agrees), { numRuns: 2000 });
});
