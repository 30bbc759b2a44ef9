/**
 * Documents of any size, as their authors write them: half of the messages are asked and answered, half are pushed; each
 * has nested objects, enums, lists and a schema that it shares with others. About 1.4 kB a message.
 */

/** An AsyncAPI 3.0 document of so many messages, as YAML. */
export function documentOf(count) {
  const numbers = Array.from({ length: count }, (_, index) => index);
  const isReply = (index) => index % 4 === 1; // of what stands before it
  const isPushed = (index) => index % 4 > 1;
  const parts = (print) => numbers.map(print).join("");
  return `asyncapi: 3.0.0
info:
  title: Large
  version: 1.0.0
servers:
  main:
    host: localhost:8080
    protocol: ws
channels:
  root:
    address: /
    messages:
${parts((index) => `      message${index}:\n        $ref: "#/components/messages/message${index}"\n`)}operations:
${parts((index) => (isReply(index) ? "" : operation(index, isPushed(index))))}components:
  messages:
${parts(message)}  schemas:
${numbers
  .filter((index) => index % 10 === 0)
  .map(shared)
  .join("")}`;
}

function operation(index, isPushed) {
  const own = `  operation${index}:
    action: ${isPushed ? "send" : "receive"}
    channel:
      $ref: "#/channels/root"
    messages:
      - $ref: "#/channels/root/messages/message${index}"
`;
  if (isPushed) return own;
  return `${own}    reply:
      channel:
        $ref: "#/channels/root"
      messages:
        - $ref: "#/channels/root/messages/message${index + 1}"
`;
}

function message(index) {
  const asks = index % 4 < 2;
  const id = asks ? `      correlationId:\n        location: $message.payload#/id\n` : "";
  return `    message${index}:
      title: Message ${index}
      summary: What number ${index} says.
${id}      payload:
        type: object
        required: [type, ${asks ? "id, " : ""}owner, state]
        additionalProperties: false
        properties:
          type:
            const: message${index}
          ${asks ? "id:\n            type: string\n            format: uuid" : "at:\n            type: string\n            format: date-time"}
          owner:
            type: object
            description: Whom it is about.
            required: [name]
            properties:
              name:
                type: string
                minLength: 1
                maxLength: 80
              email:
                type: string
                format: email
              age:
                type: integer
                minimum: 0
          state:
            type: string
            enum: [draft, open, closed, state${index}]
          tags:
            type: array
            maxItems: 20
            items:
              type: string
              pattern: "^[a-z0-9-]+$"
          place:
            $ref: "#/components/schemas/Place${index - (index % 10)}"
          note:
            oneOf:
              - type: string
              - type: "null"
`;
}

function shared(index) {
  return `    Place${index}:
      type: object
      description: Where it is, as ${index} to ${index + 9} say it.
      required: [latitude, longitude]
      properties:
        latitude:
          type: number
          minimum: -90
          maximum: 90
        longitude:
          type: number
          minimum: -180
          maximum: 180
        country:
          enum: [at, ch, de, fr, it, land${index}]
        inside:
          $ref: "#/components/schemas/Place${index}"
`;
}
