/**
 * The document that `init` writes where there is none.
 */
export const STARTER = `# What a client and a server may say to each other. Change it and run: npx actionwire generate
actionwire: 1
title: Chat
version: 0.1.0
servers:
  local: ws://localhost:8080
path: /chat
actions:
  say:
    from: client
    summary: Say something to everybody.
    payload:
      type: object
      required: [text]
      properties:
        text: { type: string, minLength: 1, maxLength: 2000 }
  said:
    from: server
    summary: Somebody said something.
    payload:
      type: object
      required: [by, text]
      properties:
        by: { type: string }
        text: { type: string }
`;
