/** Texts as they come from who writes YAML or JSON, with mistakes and rarities in them. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { ROOT } from "./examples.js";

const texts = ["test/fixtures/broken", "examples"].flatMap((folder) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => /\.(ya?ml|json)$/.test(name) && !/node_modules|generated/.test(name))
    .map((name) => readFileSync(join(ROOT, folder, name), "utf8")),
);

/** Small ones, of which an edit leaves little as it was. */
const SMALL = [
  '{"a": "b", "c": ["d", "e"], f: \'g\', h: [i, {j: k}], }\n',
  "a: \"b\" # c\nd: 'e' # f\ng: # h\n  i: j # k\n",
  "a: { <<: { c: d }, e: f }\n<<: { g: h }\n",
  "a:\n  - b\n  - c: d\n    e: |\n      f\n\n  # g\nh: >-\n  i\n  j\nk:\n- l\n",
  '---\n"a": b c\n  d\n? e\n: f\n...\n',
];

/** What means something in YAML, somewhere. */
const BITS = [
  ..."\n\t:#\"'{}[],|>?%@`~\\\r\0-&*!",
  ...[
    " ",
    "  ",
    ": ",
    "- ",
    " #",
    "? ",
    "&a ",
    "*a",
    "!!str ",
    "!x ",
    "|+\n",
    ">2\n",
    "---\n",
    "...\n",
    "\n\n",
    "\r\n",
  ],
  ...[
    "''",
    '""',
    "\\n",
    "//",
    "<<",
    "<<: *a\n",
    "__proto__: 1\n",
    "a: b\n",
    "- a\n",
    "%YAML 1.1\n",
    "\ufeff",
    "\u2028",
  ],
  ...["null", "True", "0x1f", "0o7", "1e3", "1_000", ".inf", "-.5", "-0", "1.10", "12345678901234567890"],
];

const edit = fc.record({
  at: fc.nat(10_000),
  removed: fc.nat(4),
  added: fc.oneof(fc.constant(""), fc.constantFrom(...BITS)),
});

/** A text of the repository after a few edits, or none. */
export const editedText: fc.Arbitrary<string> = fc
  .tuple(fc.oneof(fc.constantFrom(...texts), fc.constantFrom(...SMALL)), fc.array(edit, { maxLength: 3 }))
  .map(([text, edits]) =>
    edits.reduce((now, { at, removed, added }) => {
      const start = at % (now.length + 1);
      return now.slice(0, start) + added + now.slice(start + removed);
    }, text),
  );
