/**
 * Rules of references: what `$ref` leads to, and what stands beside it.
 */
export const REFERENCES = {
  "bad-ref": {
    title: "the reference is no address of a file",
    severity: "error",
    yields: true,
    why: ["What stands behind $ref cannot be read as an address, or is one of a kind that nothing is loaded from."],
    mend: ['Refer to a place in the same file ("#/…"), to a file ("other.yaml#/…") or to an http address.'],
    example: {
      wrong: ['$ref: "ftp://example.com/user.json"'],
      right: ["type: object"],
    },
  },
  "dangling-ref": {
    title: "the reference points to nothing",
    severity: "error",
    yields: true,
    why: [
      "Nothing stands where the reference leads, so nobody can say what is meant.",
      "The message names the first key on the way that is not there.",
    ],
    mend: ["Correct the name, or add what is missing.", "The nearest name that exists is suggested."],
    example: {
      wrong: ['$ref: "#/schemas/Nmae"'],
      right: ['$ref: "#/schemas/Name"'],
    },
  },
  "circular-ref": {
    title: "the reference leads back to itself",
    severity: "error",
    yields: true,
    why: [
      "References may form circles by way of members: a tree has trees.",
      "This one leads through references alone and never reaches a value.",
    ],
    mend: ["Let one of the references on the circle lead to a schema."],
    example: {
      wrong: ['$ref: "#/actions/say/payload"'],
      right: ['$ref: "#/schemas/Name"'],
    },
  },
  "ref-to-document": {
    title: "the reference leads to the whole document",
    severity: "error",
    yields: true,
    why: [
      '"#" in a schema without an $id means the whole file, which describes an API and is the value of no part of it.',
    ],
    mend: ["A schema that means itself needs an $id, or is referred to by its own place: #/…."],
    example: {
      wrong: ["type: object", "properties:", '  child: { $ref: "#" }'],
      right: ["type: object", "properties:", '  child: { $ref: "#/actions/say/payload" }'],
    },
  },
  "unescaped-pointer": {
    title: 'a "/" inside of a key is not escaped',
    severity: "warning",
    why: [
      'In a pointer "/" parts keys, so one that belongs to a key is written "~1" (and "~" is "~0").',
      "As written the pointer leads nowhere; the longest key that fits was taken, and other tools will not do so.",
    ],
    mend: ['Write "~1" for a "/" inside of a key.'],
    example: {
      wrong: ['$ref: "#/schemas/a/b"'],
      right: ['$ref: "#/schemas/a~1b"'],
    },
  },
  "duplicate-id": {
    title: "two schemas call themselves the same",
    severity: "warning",
    why: [
      "A reference names a schema by its $id or anchor, and two have it.",
      "The first is meant, which may be the wrong one.",
    ],
    mend: ["Give one of them another name."],
  },
  "misplaced-ref": {
    title: "a $ref stands where names stand",
    severity: "warning",
    why: [
      'Directly in "properties" and other maps of schemas every key is the name of a member, "$ref" too.',
      "It is left out, and nothing of what it leads to is taken over.",
    ],
    mend: ['To add what it leads to, write "allOf: [{ $ref: … }]" beside the map.'],
    example: {
      wrong: ["type: object", "properties:", '  $ref: "#/schemas/Name"', "  room: { type: string }"],
      right: ["type: object", 'allOf: [{ $ref: "#/schemas/Name" }]', "properties:", "  room: { type: string }"],
    },
  },
  "beside-ref": {
    title: "keywords beside a $ref count for nothing",
    severity: "warning",
    why: [
      "Up to draft-07, which AsyncAPI's schemas are, a $ref replaces the schema that it stands in: what is written",
      "beside it is not checked and is in no type.",
      "From draft 2019-09 on it counts.",
    ],
    mend: ['Put both into an "allOf".'],
    example: {
      wrong: ["type: object", "properties:", '  name: { $ref: "#/schemas/Name", maxLength: 20 }'],
      right: ["type: object", "properties:", '  name: { allOf: [{ $ref: "#/schemas/Name" }, { maxLength: 20 }] }'],
    },
  },
} as const;
