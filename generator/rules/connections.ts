/**
 * Rules of connections: servers, channels, and the request that opens a WebSocket.
 */
export const CONNECTIONS = {
  "not-websocket": {
    title: "a server or a channel does not speak WebSocket",
    severity: "warning",
    why: [
      "A document may describe other protocols beside WebSocket.",
      "Such a server is left out, and a channel that is on such servers alone as well.",
      "Where no server speaks WebSocket, channels are read as what a gateway in front of them would carry.",
    ],
    mend: [
      'Write "protocol: ws" or "wss" where it is one.',
      'Otherwise nothing is to be done; clients are given an address as their "url" option.',
    ],
  },
  "unknown-server": {
    title: "a channel names a server that is not there",
    severity: "error",
    why: [
      "A channel of AsyncAPI 2 lists the servers that it is on by their names, and none has this one.",
      "It would be on no server at all.",
    ],
    mend: ["Correct the name, or declare the server.", "The nearest name is suggested."],
    example: {
      wrong: [
        "asyncapi: 2.6.0",
        "info: { title: Chat, version: 1.0.0 }",
        "servers:",
        "  live: { url: chat.example.com, protocol: wss }",
        "channels:",
        "  /chat:",
        "    servers: [life]",
        "    publish: { message: { payload: { type: string } } }",
      ],
      right: [
        "asyncapi: 2.6.0",
        "info: { title: Chat, version: 1.0.0 }",
        "servers:",
        "  live: { url: chat.example.com, protocol: wss }",
        "channels:",
        "  /chat:",
        "    servers: [live]",
        "    publish: { message: { payload: { type: string } } }",
      ],
    },
  },
  "security-scheme": {
    title: "a security scheme is not there, or cannot be used",
    severity: "warning",
    why: [
      "Credentials travel with the request that opens a WebSocket, in a header or in the query.",
      "A scheme that is declared nowhere, or is of another kind (a certificate, a key pair), is left out; if it is",
      "the only one, clients send no credentials.",
    ],
    mend: ["Correct the name, or declare a scheme that an opening request can carry."],
  },
  "ws-method": {
    title: "the WebSocket binding names another method than GET",
    severity: "warning",
    why: ["A WebSocket is opened by a GET request (RFC 6455, 4.1).", "The method is not looked at."],
    mend: ['Write "method:', 'GET", or leave it out.'],
    example: {
      wrong: [
        "asyncapi: 2.6.0",
        "info: { title: Chat, version: 1.0.0 }",
        "channels:",
        "  /chat:",
        "    bindings: { ws: { method: POST } }",
        "    publish: { message: { payload: { type: string } } }",
      ],
      right: [
        "asyncapi: 2.6.0",
        "info: { title: Chat, version: 1.0.0 }",
        "channels:",
        "  /chat:",
        "    bindings: { ws: { method: GET } }",
        "    publish: { message: { payload: { type: string } } }",
      ],
    },
  },
  opening: {
    title: "channels of one connection ask for opening requests that contradict each other",
    severity: "warning",
    why: [
      "Channels at the same address share a connection, which is opened with one query and one set of headers.",
      "Nothing satisfies all of them, so it is opened with what any one of them asks for.",
    ],
    mend: ["Let the channels' ws bindings agree, or give the channels addresses of their own."],
  },
  "query-object": {
    title: "a query parameter is an object",
    severity: "warning",
    why: ["Nothing says how an object travels in a query, so clients refuse to be given one."],
    mend: ["Use texts, numbers, booleans or lists of them."],
    example: {
      wrong: [
        "asyncapi: 2.6.0",
        "info: { title: Chat, version: 1.0.0 }",
        "channels:",
        "  /chat:",
        "    bindings: { ws: { query: { type: object, properties: { user: { type: object } } } } }",
        "    publish: { message: { payload: { type: string } } }",
      ],
      right: [
        "asyncapi: 2.6.0",
        "info: { title: Chat, version: 1.0.0 }",
        "channels:",
        "  /chat:",
        "    bindings: { ws: { query: { type: object, properties: { user: { type: string } } } } }",
        "    publish: { message: { payload: { type: string } } }",
      ],
    },
  },
  "unused-parameter": {
    title: "a parameter is in no address",
    severity: "warning",
    why: [
      "A channel declares a parameter, and its address has no placeholder of that name.",
      "Nobody can give it a value.",
    ],
    mend: ["Write {name} into the address, or remove the parameter."],
    example: {
      wrong: [
        "asyncapi: 2.6.0",
        "info: { title: Chat, version: 1.0.0 }",
        "channels:",
        "  /chat:",
        "    parameters: { room: { schema: { type: string } } }",
        "    publish: { message: { payload: { type: string } } }",
      ],
      right: [
        "asyncapi: 2.6.0",
        "info: { title: Chat, version: 1.0.0 }",
        "channels:",
        '  "/chat/{room}":',
        "    parameters: { room: { schema: { type: string } } }",
        "    publish: { message: { payload: { type: string } } }",
      ],
    },
  },
  "topic-parameters": {
    title: "a topic's address has parameters",
    severity: "warning",
    why: [
      "Channels that are topics share one connection, and no frame says which topic it is of.",
      "So nobody fills the placeholders in, and all values of them are one channel.",
    ],
    mend: ["If the address is a URL path, say --channels paths; otherwise carry the value in the payload."],
    example: {
      wrong: [
        "asyncapi: 2.6.0",
        "info: { title: Chat, version: 1.0.0 }",
        "channels:",
        '  "chat/{room}":',
        "    parameters: { room: { schema: { type: string } } }",
        "    publish: { message: { payload: { type: string } } }",
      ],
      right: [
        "asyncapi: 2.6.0",
        "info: { title: Chat, version: 1.0.0 }",
        "channels:",
        '  "/chat/{room}":',
        "    parameters: { room: { schema: { type: string } } }",
        "    publish: { message: { payload: { type: string } } }",
      ],
    },
  },
} as const;
