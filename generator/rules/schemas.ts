/**
 * Rules of schemas: what a payload's JSON Schema says, and what of it cannot be kept.
 */
export const SCHEMAS = {
  "bad-schema": {
    title: "this is no schema",
    severity: "error",
    yields: true,
    why: [
      "Neither a type nor a validator can be made of what stands where a schema, or schemas, belong.",
      "It is also said of what is declared as Avro and is none.",
    ],
    mend: ["Write a schema: a map of keywords, or true or false."],
    example: {
      wrong: ["type: object", "properties: [name, room]"],
      right: ["type: object", "properties:", "  name: { type: string }", "  room: { type: string }"],
    },
  },
  "unknown-type": {
    title: "there is no type of this name",
    severity: "error",
    yields: true,
    milder: [
      "a warning where the word of another language says what is meant, or is wholly foreign: then any value is taken",
    ],
    why: [
      "JSON Schema has seven types: string, number, integer, boolean, object, array and null.",
      "Another word refuses every value by the letter, which nobody means.",
    ],
    mend: ["Write one of the seven.", "The nearest is suggested."],
    example: { wrong: ["type: strng"], right: ["type: string"] },
  },
  "empty-schema": {
    title: "a schema is empty",
    severity: "warning",
    why: [
      "A key stands there with nothing behind it, mostly an unfinished line.",
      "Any value fits, and the type is unknown.",
    ],
    mend: ["Write the schema, or true if any value is meant."],
    example: {
      wrong: ["type: object", "properties:", "  name:"],
      right: ["type: object", "properties:", "  name: { type: string }"],
    },
  },
  "unknown-format": {
    title: "nobody knows the format",
    severity: "warning",
    why: [
      "Only the formats of JSON Schema and OpenAPI can be checked.",
      "With one of your own any text fits, as if it were not there.",
    ],
    mend: ['Write a known format, or say it with a "pattern".'],
    example: {
      wrong: ["type: string", "format: datetime"],
      right: ["type: string", "format: date-time"],
    },
  },
  "old-required": {
    title: '"required" is true or false',
    severity: "warning",
    why: [
      "Draft 3 said so at the member itself.",
      "Since draft 4 the schema around it has a list; true or false has no effect, and the member stays optional.",
    ],
    mend: ['List the member\'s name under "required" of the schema around it.'],
    example: {
      wrong: ["type: object", "properties:", "  name: { type: string, required: true }"],
      right: ["type: object", "required: [name]", "properties:", "  name: { type: string }"],
    },
  },
  "bad-keyword": {
    title: "a keyword has a value that it cannot have",
    severity: "warning",
    why: [
      "A limit that is no number bounds nothing.",
      "The keyword is left out of the validator, and everything else is checked.",
    ],
    mend: ["Give it a value of the right type."],
    example: {
      wrong: ["type: string", 'maxLength: "20"'],
      right: ["type: string", "maxLength: 20"],
    },
  },
  "bad-pattern": {
    title: "the pattern is no regular expression of JavaScript",
    severity: "warning",
    why: [
      "JSON Schema's patterns are ECMA-262's.",
      "Those of Perl, Java or Python know words that JavaScript does not, such as (?i), \\A or possessive quantifiers.",
      "Such a pattern is not checked at all.",
    ],
    mend: ["Say it in JavaScript's words."],
    example: {
      wrong: ["type: string", "pattern: ^(?<name>[a-z]+"],
      right: ["type: string", "pattern: ^[a-z]+$"],
    },
  },
  "slow-pattern": {
    title: "a text can make the pattern take very long",
    severity: "warning",
    milder: ["a note where the generated validator matches it in linear time instead"],
    why: [
      "JavaScript's engine tries every way to match.",
      "With repetitions inside of repetitions a short hostile text makes that take minutes.",
      "Meanwhile a server answers nobody.",
    ],
    mend: [
      'Bound the text with "maxLength", or write the pattern so that no two repetitions compete for the same text.',
    ],
    example: {
      wrong: ["type: string", "pattern: ^(a+)+$"],
      right: ["type: string", "pattern: ^a+$"],
    },
  },
  rounded: {
    title: "a constant is an integer that JavaScript rounds",
    severity: "warning",
    why: [
      "JavaScript's numbers are exact up to 2^53.",
      "The constant was read as its nearest neighbour, which may be another one than is written, also on the wire.",
    ],
    mend: ["Say it as text: that can hold any integer."],
    example: {
      wrong: ["const: 9007199254740993"],
      right: ['const: "9007199254740993"'],
    },
  },
  "circular-type": {
    title: "a type is defined as itself",
    severity: "warning",
    why: [
      "By way of allOf, anyOf or oneOf alone the schema is part of itself, which says nothing of a value.",
      "TypeScript refuses such a type and a validator would never end, so that way is cut.",
    ],
    mend: ["Remove the alternative, or move the circle into a member or an item."],
    example: {
      wrong: ["anyOf:", "  - type: string", '  - $ref: "#/actions/say/payload"'],
      right: ["type: string"],
    },
  },
  impossible: {
    title: "no value can be what is said here",
    severity: "warning",
    why: [
      "What is said of the same place contradicts itself: a base says an object and its heir a list.",
      "The type compiles and nobody can fill it; whatever is sent there is refused.",
    ],
    mend: ["Remove one of the two.", 'What stands in "allOf" adds to the rest and replaces nothing of it.'],
    example: {
      wrong: [
        "allOf:",
        "  - type: object",
        "    properties: { id: { type: string } }",
        "  - type: object",
        "    required: [id]",
        "    properties: { id: { type: integer } }",
      ],
      right: ["type: object", "required: [id]", "properties: { id: { type: integer } }"],
    },
  },
  "overlapping-one-of": {
    title: "a value can fit several branches of a oneOf",
    severity: "warning",
    why: [
      "A oneOf takes a value that fits exactly one branch.",
      "Nothing keeps these apart, so a value that has the members of both is refused by the side that checks",
      "strictly, though its type allows it.",
    ],
    mend: ["Write anyOf, or a required constant in each branch that tells them apart."],
    example: {
      wrong: [
        "oneOf:",
        "  - type: object",
        "    properties: { name: { type: string } }",
        "  - type: object",
        "    properties: { room: { type: string } }",
      ],
      right: [
        "anyOf:",
        "  - type: object",
        "    properties: { name: { type: string } }",
        "  - type: object",
        "    properties: { room: { type: string } }",
      ],
    },
  },
  "implied-type": {
    title: "a schema says members or items and no type",
    severity: "note",
    why: [
      "By the letter such a schema takes any number or text as well.",
      "It is taken for an object or an array, which authors mean.",
    ],
    mend: ['Write "type: object" or "type: array"; or generate by the letter with --no-implied-types.'],
    example: {
      wrong: ["properties:", "  name: { type: string }"],
      right: ["type: object", "properties:", "  name: { type: string }"],
    },
  },
  example: {
    title: "an example or a default does not fit its schema",
    severity: "warning",
    why: ["One of the two is wrong.", "Readers copy examples, so it is left out of what is generated."],
    mend: ["Correct the example, or the schema."],
    example: {
      wrong: ["type: integer", "examples: [one]"],
      right: ["type: integer", "examples: [1]"],
    },
  },
  "schema-format": {
    title: "the schema is in a language that is not read",
    severity: "error",
    why: ["JSON Schema, OpenAPI's schemas and Avro are read.", "From RAML, Protobuf and others no types can be made."],
    mend: [
      "Describe the payload in JSON Schema (leave schemaFormat out) or in Avro, or refer to a JSON Schema made of it.",
    ],
  },
  "needs-package": {
    title: "reading the schema takes a package that is not installed",
    severity: "error",
    why: ["Avro is read by the package avsc, which is installed only where it is needed."],
    mend: ["npm install --save-dev avsc"],
  },
} as const;
