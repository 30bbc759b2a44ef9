/**
 * Rules of messages: who says them, how they travel, and how they are told apart.
 */
export const MESSAGES = {
  perspective: {
    title: "names say that the other side is described",
    severity: "warning",
    why: [
      "Which side a document describes cannot be read from it; it is taken for the server's.",
      "Where a message called RequestX would then be said by the server, or an operation called onX sends, most",
      "likely it is the client's and every direction is the wrong way round.",
    ],
    mend: ["Say --perspective client, or server; or rename what is called against its direction."],
  },
  "no-operations": {
    title: "no operation says who sends on a channel",
    severity: "warning",
    why: [
      "In AsyncAPI 3 a channel lists messages and operations say who sends them.",
      "Without one both sides are given methods for all of them.",
    ],
    mend: ['Add an operation with "action: send" or "action: receive".'],
    example: {
      wrong: [
        "asyncapi: 3.0.0",
        "info: { title: Chat, version: 1.0.0 }",
        "channels:",
        "  chat:",
        "    address: /chat",
        "    messages:",
        "      join: { payload: { type: string } }",
      ],
      right: [
        "asyncapi: 3.0.0",
        "info: { title: Chat, version: 1.0.0 }",
        "channels:",
        "  chat:",
        "    address: /chat",
        "    messages:",
        "      join: { payload: { type: string } }",
        "operations:",
        '  join: { action: receive, channel: { $ref: "#/channels/chat" } }',
      ],
    },
  },
  "look-alike": {
    title: "messages cannot be told apart on arrival",
    severity: "warning",
    why: [
      "Nothing in a frame says for certain which of them it is.",
      "They reach the application together, as one typed union, and it has to find out; or, for a bare text that is",
      "JSON as well, the message says which of the two wins.",
    ],
    mend: ['Give each a required constant ("type: {const: …}"), or a required key that only one has.'],
  },
  "bytes-schema": {
    title: "what a schema says of text is said of bytes",
    severity: "warning",
    why: [
      "The message travels as a binary frame, and bytes have no length in characters and match no pattern.",
      "Those keywords are not checked.",
    ],
    mend: ["Leave them out, or let the message travel as text."],
  },
  "content-type": {
    title: "the content type is none",
    severity: "warning",
    why: [
      "A content type decides whether a message travels as JSON, as text, as bytes or in another encoding.",
      "What cannot be read as one is taken for JSON.",
    ],
    mend: ["Write a media type, such as application/json."],
  },
  codec: {
    title: "messages of one connection are in different encodings",
    severity: "warning",
    why: [
      "An application gives a connection one codec for all that is neither JSON, text nor bytes.",
      "That one has to speak both.",
    ],
    mend: ["Use one content type on a connection, or give it a codec that knows both."],
  },
  "name-clash": {
    title: "two things would have the same name in the code",
    severity: "warning",
    why: [
      "Names become identifiers, and two of them become the same one.",
      "The first in the document keeps it, the other has a number.",
      "Should the first go away, the other's methods and types are renamed.",
    ],
    mend: ['Rename one of the two in the document, or pin a name with "names" in the configuration.'],
  },
  "foreign-channel": {
    title: "an operation is on a channel that is none of the document's",
    severity: "error",
    yields: true,
    why: [
      "In AsyncAPI 3 an operation says where with a reference to one of the document's channels.",
      "What is on another one is never said.",
    ],
    mend: ["Refer to a channel: #/channels/…"],
  },
  "foreign-message": {
    title: "an operation lists a message that its channel does not have",
    severity: "warning",
    why: ["In AsyncAPI 3 an operation lists messages of its channel; this one is taken as if it were one."],
    mend: ['Add the message to "messages" of the channel.'],
  },
} as const;
