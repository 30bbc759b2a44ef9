/**
 * Rules of requests: what answers them, and how the answer finds its request.
 */
export const REPLIES = {
  replies: {
    title: "what the configuration says of replies does not fit the document",
    severity: "error",
    milder: ["a warning where it is said of all requests (*) and does not suit one of them"],
    why: [
      'An entry of "replies" names an action that is not there, answers that are not said on its connection,',
      "or a place of ids that payloads do not have.",
      "The requests it is about would never be answered.",
    ],
    mend: ["Correct the entry.", "Names are those in the document, or the generated ones; the nearest is suggested."],
  },
  "reply-elsewhere": {
    title: "a reply is said on another connection",
    severity: "warning",
    why: [
      "The document declares a reply, and no message of it arrives where the request is sent.",
      "Nobody could wait for it, so the action is no request: it has a method to send it and none to ask.",
    ],
    mend: ["Declare the reply on a channel of the same connection."],
  },
  "correlation-id": {
    title: "the correlation id cannot be used",
    severity: "warning",
    why: [
      "Where the document says that an id stands there is none, or one that no client could make.",
      "Frames of a WebSocket have no headers.",
      "Replies are matched in the order of asking, so answers in another order reach the wrong asker.",
    ],
    mend: ['Point to a member of both payloads: "location: $message.payload#/id".'],
  },
  "reply-order": {
    title: "replies are matched in order, though payloads seem to carry an id",
    severity: "warning",
    why: [
      "The document does not say that the id is one.",
      "In the order of asking, answers of a server that works on several requests at once reach the wrong askers.",
    ],
    mend: ['Configure "replies" as the hint says, or declare a correlationId in the document.'],
  },
} as const;
