/**
 * Rules of YAML and JSON: why a text is no value.
 */
export const SYNTAX = {
  syntax: {
    title: "the text is not YAML or JSON",
    severity: "error",
    yields: true,
    why: [
      "The file cannot be parsed from this place on.",
      "Only the first defect is reported, since what follows it is mostly its echo.",
    ],
    mend: ["Correct what the message names: an open bracket, a line without a colon, a text that needs quotes."],
    example: {
      wrong: ["actionwire: 1", "title: Chat: the API", "actions:", "  join: { from: client }"],
      right: ["actionwire: 1", 'title: "Chat: the API"', "actions:", "  join: { from: client }"],
    },
  },
  "tab-indent": {
    title: "a tab stands in the indentation",
    severity: "error",
    yields: true,
    why: ["YAML indents with spaces alone, since a tab has no width that everybody agrees on."],
    mend: ["Indent with spaces."],
    example: {
      wrong: ["actionwire: 1", "title: Chat", "actions:", "\tjoin: { from: client }"],
      right: ["actionwire: 1", "title: Chat", "actions:", "  join: { from: client }"],
    },
  },
  "duplicate-key": {
    title: "a key stands twice in the same map",
    severity: "error",
    yields: true,
    why: [
      "Only one of the two could count, and parsers disagree about which.",
      "Whatever the other one says would be lost without a word.",
    ],
    mend: ["Keep one, or rename one."],
    example: {
      wrong: ["type: string", "minLength: 1", "minLength: 2"],
      right: ["type: string", "minLength: 2"],
    },
  },
  "bad-key": {
    title: "a key is a list or a map",
    severity: "error",
    yields: true,
    why: ["YAML allows any value as a key, JSON only text; a document has to mean the same in both."],
    mend: ["Write text as the key.", "Braces around a placeholder need quotes."],
    example: {
      wrong: ["type: object", "properties:", "  {room}: { type: string }"],
      right: ["type: object", "properties:", '  "{room}": { type: string }'],
    },
  },
  "bad-merge": {
    title: "the merge key << has no map to merge",
    severity: "error",
    yields: true,
    why: ["The merge key takes over the members of a map, or of several in a list; nothing else has any."],
    mend: ["Put an alias of a map, or a list of such aliases, behind it."],
    example: {
      wrong: ["type: object", "properties:", "  <<: name", "  room: { type: string }"],
      right: ["type: object", "properties:", "  <<: { name: { type: string } }", "  room: { type: string }"],
    },
  },
  "unknown-alias": {
    title: "an alias names no anchor",
    severity: "error",
    yields: true,
    why: [
      "An alias (*name) repeats what an anchor (&name) has marked earlier in the same file.",
      "None of that name stands before it.",
    ],
    mend: ["Correct the name, move the anchor before the alias, or put a text that begins with * in quotes."],
    example: {
      wrong: ["type: object", "properties:", "  name: &text { type: string }", "  room: *texts"],
      right: ["type: object", "properties:", "  name: &text { type: string }", "  room: *text"],
    },
  },
  "alias-circle": {
    title: "an alias stands inside its own anchor",
    severity: "error",
    yields: true,
    why: ["The value would contain itself and never end."],
    mend: ["Schemas that contain themselves refer to themselves with $ref."],
    example: {
      wrong: ["&tree", "type: object", "properties:", "  child: *tree"],
      right: ["type: object", "properties:", '  child: { $ref: "#/actions/say/payload" }'],
    },
  },
  "alias-bomb": {
    title: "aliases stand for too much",
    severity: "error",
    yields: true,
    why: [
      "Aliases of aliases multiply: a few lines can stand for billions of values.",
      "All aliases of a file may stand for 250000.",
    ],
    mend: ["Use $ref instead of YAML aliases."],
  },
  "too-deep": {
    title: "maps and lists are nested too deeply",
    severity: "error",
    yields: true,
    why: [
      "A file may have 256 levels.",
      "The bound keeps a hostile input from exhausting the stack; documents have some twenty.",
    ],
    mend: ["Move inner parts to components and refer to them."],
  },
  "several-documents": {
    title: "the file holds several documents",
    severity: "error",
    yields: true,
    why: ["A line of three dashes begins another document of the same file, and only one could be read."],
    mend: ["Keep one document in a file."],
    example: {
      wrong: ["actionwire: 1", "title: Chat", "actions:", "  join: { from: client }", "---", "actionwire: 1"],
      right: ["actionwire: 1", "title: Chat", "actions:", "  join: { from: client }"],
    },
  },
} as const;
