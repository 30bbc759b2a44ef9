/**
 * Rules of lint: what generates, but will hurt. Their levels are in lint/, beside the questions.
 */
export const LINT = {
  unlabelled: {
    title: "no constant names these messages",
    severity: "warning",
    why: [
      "They are told apart by the members they have, or by trying schemas.",
      "A schema that grows a member can take another's messages, with no error anywhere.",
    ],
    mend: ["Give each a required constant, such as a type."],
  },
  "untyped-payload": {
    title: "nothing is said of what is in a payload",
    severity: "warning",
    why: ["Its type is unknown or a map of it, and its validator lets anything through."],
    mend: ["Say its properties; of a map, the type of its values; of an empty object, additionalProperties: false."],
    example: {
      wrong: ["type: object"],
      right: ["type: object", "properties:", "  room: { type: string }", "required: [room]"],
    },
  },
  "untyped-member": {
    title: "nothing is said of a member",
    severity: "note",
    why: ["Code that reads it has to guess, and nothing checks it."],
    mend: ["Give it a type, and an object its properties."],
  },
  "nothing-required": {
    title: "no member of a payload is required",
    severity: "note",
    why: [
      "An empty object is valid, every member of the type may be undefined, and a sender that forgets one is not told.",
    ],
    mend: ["List under required what is always there."],
  },
  "unsafe-integer": {
    title: "integers that a number cannot hold exactly",
    severity: "warning",
    why: ["JavaScript's numbers are exact up to 2^53; a larger id is not heard as it was said."],
    mend: ["Generate with --int64 bigint, send it as text, or say its true maximum."],
    example: {
      wrong: ["type: object", "properties:", "  id: { type: integer, format: int64 }"],
      right: ["type: object", "properties:", '  id: { type: string, pattern: "^[0-9]{1,19}$" }'],
    },
  },
  "direction-name": {
    title: "a name sounds like the other direction",
    severity: "warning",
    why: [
      "Readers believe names. If the name is right the direction is wrong, and every type is on the wrong side while",
      "all of it compiles.",
    ],
    mend: ["Rename it, turn its operation around, or say --perspective client if all are so."],
  },
  "lone-request": {
    title: "a request does not say what answers it",
    severity: "warning",
    why: ["Without a declared reply the client gets no method that resolves with the answer, and nothing times out."],
    mend: ["Declare a reply at the operation (AsyncAPI 3), or say it under replies in the configuration."],
  },
  "reply-by-order": {
    title: "replies are matched in the order of asking",
    severity: "note",
    why: ["A server that answers two requests in another order gives each the other's answer."],
    mend: ["Carry an id in both, and say where as correlationId."],
  },
  unlimited: {
    title: "clients may send it at any length",
    severity: "note",
    why: [
      "The server's limit of a frame bounds a message, not what your code makes of it: a hundred thousand items fit",
      "into one.",
    ],
    mend: ["Say maxLength, maxItems and maxProperties of what clients send."],
    example: {
      wrong: ["type: object", "properties:", "  tags: { type: array, items: { type: string } }"],
      right: [
        "type: object",
        "properties:",
        "  tags: { type: array, maxItems: 20, items: { type: string, maxLength: 40 } }",
      ],
    },
  },
  "open-pattern": {
    title: "a pattern matches anywhere in a text",
    severity: "warning",
    why: [
      "JSON Schema's patterns are not anchored: what looks like a check of the whole text takes any text with a match",
      "in it.",
    ],
    mend: ["Write ^ and $ around it."],
    example: { wrong: ["type: string", 'pattern: "[A-Z]{3}"'], right: ["type: string", 'pattern: "^[A-Z]{3}$"'] },
  },
  "closed-to-growth": {
    title: "what the server says may never have another member",
    severity: "note",
    why: ["Clients made here take new members all the same. Others that go by the document refuse the whole message."],
    mend: ["Leave out additionalProperties: false in what the server says."],
  },
  "closed-enum": {
    title: "a choice of the server's can get no new value",
    severity: "note",
    milder: ["reported only where the configuration asks for it"],
    why: ["A client that is out already refuses the message that holds a value which it does not know."],
    mend: ["Where values may come, allow any text beside them: anyOf with the enum and a string."],
  },
  "insecure-server": {
    title: "a server is spoken to in clear",
    severity: "warning",
    why: [
      "Anybody on the way reads and changes tokens and messages, and browsers do not open ws:// from a page of https.",
    ],
    mend: ["Say protocol: wss."],
  },
  "token-in-url": {
    title: "a credential travels in the address",
    severity: "warning",
    why: ["Proxies and servers write addresses to logs, where the credential stays after the connection is gone."],
    mend: [
      "Use a header where clients can set one; else a token that is good for one connection and expires in seconds.",
    ],
  },
  "no-security": {
    title: "nothing says who may connect",
    severity: "note",
    why: [
      "The client asks for no credential and the server is typed without one, so a check is easily forgotten.",
      "What is public needs none.",
    ],
    mend: ["Name a scheme under security."],
  },
  undocumented: {
    title: "nobody describes these messages",
    severity: "note",
    why: ["The document's words become the doc comments of methods, handlers and routes: here they are empty."],
    mend: ["Write a summary or description at the message, its operation or its payload."],
  },
  "same-schema": {
    title: "the same object is written several times",
    severity: "note",
    why: ["Each copy becomes a type of its own, and sooner or later one is changed and the others are not."],
    mend: ["Write it once under components/schemas and refer to it."],
  },
} as const;
