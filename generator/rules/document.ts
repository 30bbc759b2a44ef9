/**
 * Rules of a document's form, and of the configuration's: which keys there are, and what their values may be.
 */
export const DOCUMENT = {
  "not-a-document": {
    title: "the file is neither an AsyncAPI document nor an actions file",
    severity: "error",
    why: [
      'A document says what it is with its key "asyncapi" or "actionwire".',
      "Without either nothing says how the rest is to be read.",
    ],
    mend: [
      'Begin with "asyncapi: 3.0.0" or "actionwire: 1"; a misspelt key and documents of other kinds are recognised.',
    ],
    example: {
      wrong: ["asynkapi: 3.0.0", "info: { title: Chat, version: 1.0.0 }"],
      right: ["asyncapi: 3.0.0", "info: { title: Chat, version: 1.0.0 }"],
    },
  },
  "unsupported-version": {
    title: "the version of the format is not one that is read",
    severity: "error",
    why: [
      "AsyncAPI 2.0 to 3.1 and version 1 of actions files are read.",
      "In other versions the same words mean other things.",
      "A version without quotes may be a number, which is not the text that is asked for.",
    ],
    mend: ["Convert the document to a version that is read, or put the version in quotes."],
    example: {
      wrong: ["asyncapi: 3.0", "info: { title: Chat, version: 1.0.0 }"],
      right: ["asyncapi: 3.0.0", "info: { title: Chat, version: 1.0.0 }"],
    },
  },
  "newer-version": {
    title: "the document's version is newer than this tool",
    severity: "warning",
    why: [
      "The document is read by the rules of the latest version that is known.",
      "What later ones have added is not understood.",
    ],
    mend: ["Look for a newer release of the generator, or check that nothing newer is used."],
    example: {
      wrong: ["asyncapi: 3.9.0", "info: { title: Chat, version: 1.0.0 }"],
      right: ["asyncapi: 3.1.0", "info: { title: Chat, version: 1.0.0 }"],
    },
  },
  "missing-key": {
    title: "a key that has to be there is missing",
    severity: "error",
    yields: true,
    why: ["The format asks for this key, and without it the part has no meaning."],
    mend: ["Add it."],
    example: {
      wrong: ["actionwire: 1", "title: Chat", "actions:", "  join: { summary: Enter a room. }"],
      right: ["actionwire: 1", "title: Chat", "actions:", "  join: { from: client, summary: Enter a room. }"],
    },
  },
  "wrong-type": {
    title: "a value is of the wrong type",
    severity: "error",
    yields: true,
    milder: ["a warning where it is empty"],
    why: [
      "The format asks for text, a number, a map or a list here, and something else stands there.",
      "YAML reads 1.0 as a number and yes as text.",
    ],
    mend: ["Write a value of that type; text that looks like something else needs quotes."],
    example: {
      wrong: ["actionwire: 1", "title: Chat", "version: 1.0", "actions:", "  join: { from: client }"],
      right: ["actionwire: 1", "title: Chat", 'version: "1.0"', "actions:", "  join: { from: client }"],
    },
  },
  "unknown-key": {
    title: "a key means nothing where it stands",
    severity: "error",
    yields: true,
    milder: ["a warning where other keys are allowed and this is nearly a known one, as in a schema"],
    why: [
      "Whatever the key is meant to say is not said.",
      "Most often it is misspelt, or stands one level too high or too low.",
    ],
    mend: ["Correct or move it.", 'Keys of your own begin with "x-".'],
    example: {
      wrong: ["actionwire: 1", "title: Chat", "actions:", "  join: { from: client, sumary: Enter a room. }"],
      right: ["actionwire: 1", "title: Chat", "actions:", "  join: { from: client, summary: Enter a room. }"],
    },
  },
  "unknown-value": {
    title: "a value is none of those that are allowed",
    severity: "error",
    yields: true,
    milder: ["a warning where it is empty"],
    why: ["Only certain words have a meaning here; the message lists them."],
    mend: ["Write one of them.", "The nearest is suggested."],
    example: {
      wrong: ["actionwire: 1", "title: Chat", "actions:", "  join: { from: cleint }"],
      right: ["actionwire: 1", "title: Chat", "actions:", "  join: { from: client }"],
    },
  },
  "bad-value": {
    title: "a value breaks a rule of the format",
    severity: "error",
    yields: true,
    milder: ["a warning where it is empty"],
    why: [
      "The value has the right type and not the right form: an address that begins with another scheme, a list",
      "without entries.",
      "The message says which rule it breaks.",
    ],
    mend: ["Correct it as the message says."],
    example: {
      wrong: ["actionwire: 1", "title: Chat", "path: chat", "actions:", "  join: { from: client }"],
      right: ["actionwire: 1", "title: Chat", "path: /chat", "actions:", "  join: { from: client }"],
    },
  },
  "reserved-name": {
    title: "a name is reserved",
    severity: "error",
    why: ['The wire format uses this name itself: "error" is the action of a message that refuses a request.'],
    mend: ["Name it differently."],
    example: {
      wrong: ["actionwire: 1", "title: Chat", "actions:", "  error: { from: server }"],
      right: ["actionwire: 1", "title: Chat", "actions:", "  failed: { from: server }"],
    },
  },
  "nothing-said": {
    title: "no channel has a message",
    severity: "warning",
    why: [
      "There is nothing to send and nothing to hear, so no client and no routes are generated.",
      "What components declare still gets its types and validators.",
    ],
    mend: ["Give a channel messages, unless the document is there for others to refer to."],
    example: {
      wrong: ["asyncapi: 3.0.0", "info: { title: Chat, version: 1.0.0 }"],
      right: [
        "asyncapi: 3.0.0",
        "info: { title: Chat, version: 1.0.0 }",
        "channels:",
        "  chat:",
        "    address: /chat",
        "    messages:",
        "      join: { payload: { type: string } }",
      ],
    },
  },
} as const;
