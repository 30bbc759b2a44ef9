/**
 * The broken inputs of `fixtures/broken`, and what has to be told of each: every defect once, in this order.
 *
 * `file` (with `--strict` where the defect is a warning by design) | place, in another file with its path | what the caret
 * is under, as shown | rule | words in the message or the hint
 */
const TABLE = String.raw`
# texts
tab.yaml                            | 6:1                       |               | tab-indent           | indent with spaces
indentation.yaml                    | 8:4                       | messages      | syntax               | indent it as what it belongs beside
no-colon.yaml                       | 5:1                       | channels      | syntax               | write "key: value"
no-space.yaml                       | 7:5                       | address       | syntax               | write "key: value"
second-colon.yaml                   | 3:10                      | Broken        | syntax               | put the text in quotes, if it is text
at-sign.yaml                        | 3:10                      | @             | syntax               | put the text in quotes, if it is text
unclosed.yaml                       | 6:9                       | {             | syntax               | a closing "}" is missing
unterminated.yaml                   | 3:10                      | "Broken       | syntax               | a closing " is missing
quote-runs-on.yaml                  | 3:10                      | "Broken       | syntax               | a closing " is missing
duplicate-key.yaml                  | 8:3                       | chat          | duplicate-key        | keep one, or rename one
bad-key.yaml                        | 6:3                       | [             | bad-key              | a key must be text, not a list or a map
two-documents.yaml                  | 5:1                       | ---           | several-documents    | keep one document in a file
syntax.json                         | 3:31                      | "version"     | syntax               | Expected ',' or '}' after property value
comment.json                        | 2:3                       | //            | syntax               | leave it out, or write it in YAML, behind a #
cut-off.json                        | 4:15                      | {             | syntax               | a closing "}" is missing
unterminated.json                   | 3:32                      | version"      | syntax               | Expected ',' or '}' after property value
bom.json                            | 1:15                      | 3             | unsupported-version  | put it in quotes: asyncapi: "3.0.0"
crlf.yaml                           | 13:27                     | strnig        | unknown-type         | did you mean "string"?
crlf-syntax.yaml                    | 5:19                      | [             | syntax               | a closing "]" is missing
latin1.yaml                         | 5:7                       | �             | not-utf8             | save it as UTF-8
binary.yaml                         |                           | none          | binary-file          | binary.yaml is a binary file, not YAML or JSON
empty.yaml                          | 1:1                       | none          | empty-file           | begins with "asyncapi: 3.0.0"
only-comments.yaml                  | 1:1                       | #             | empty-file           | begins with "asyncapi: 3.0.0"
deep.yaml                           | 5:265                     | [             | too-deep             | more than 256 levels of nesting
unknown-alias.yaml                  | 5:4                       | *             | unknown-alias        | no anchor &nobody stands before the alias *nobody
misspelt-alias.yaml                 | 9:35                      | *             | unknown-alias        | did you mean "roomName"?
alias-circle.yaml                   | 5:16                      | *             | alias-circle         | the alias *self stands inside its own anchor
alias-bomb.yaml                     | 10:10                     | *             | alias-bomb           | use $ref instead of YAML aliases
bad-merge.yaml                      | 8:5                       | <             | bad-merge            | the merge key << takes a map or a list of maps
merge-circle.yaml                   | 6:7                       | *             | alias-circle         | the alias *self stands inside its own anchor
# what is no document of ours
prose.yaml                          | 1:1                       | What          | not-a-document       | begins with "asyncapi: 3.0.0"
list.yaml                           | 1:1                       | -             | not-a-document       | begins with "asyncapi: 3.0.0"
misspelt-root.yaml                  | 1:1                       | asnycapi      | not-a-document       | did you mean "asyncapi"?
no-version.yaml                     | 1:1                       | info          | not-a-document       | add "asyncapi: 3.0.0" as its first line
version-1.yaml                      | 1:11                      | 1.2.0         | unsupported-version  | convert it to 3.0.0
version-4.yaml                      | 1:11                      | 4.0.0         | unsupported-version  | write asyncapi: "3.0.0"
version-number.yaml                 | 1:11                      | 2.6           | unsupported-version  | put it in quotes: asyncapi: "2.6.0"
openapi.yaml                        | 1:1                       | openapi       | not-a-document       | looks like an OpenAPI document
swagger.json                        | 1:1                       | {             | not-a-document       | looks like an OpenAPI document
json-schema.json                    | 1:1                       | {             | not-a-document       | refer to it from an actions file
package.json                        | 1:1                       | {             | not-a-document       | begins with "asyncapi: 3.0.0"
# references
dangling.yaml                       | 9:15                      | "#/components/schemas/Gone" | dangling-ref         | "#/components/schemas/Gone" points to nothing: "#/components/schemas" has no "Gone"
misspelt-ref.yaml                   | 9:15                      | "#/components/schemas/RoomNmae" | dangling-ref         | did you mean "#/components/schemas/RoomName"?
moved-ref.yaml                      | 9:15                      | "#/components/schemas/RoomName" | dangling-ref         | did you mean "#/components/messages/RoomName"?
ref-case.yaml                       | 11:17                     | "#/components/schemas/hello" | dangling-ref         | did you mean "#/components/schemas/Hello"?
ref-group.yaml                      | 11:17                     | "#/components/schema/Hello" | dangling-ref         | did you mean "#/components/schemas/Hello"?
ref-no-slash.yaml                   | 11:17                     | "#components/schemas/Hello" | dangling-ref         | did you mean "#/components/schemas/Hello"?
ref-no-hash.yaml                    | 11:17                     | "components/schemas/Hello" | missing-file         | did you mean "#/components/schemas/Hello"?
ref-bare-name.yaml                  | 11:17                     | Hello         | missing-file         | did you mean "#/components/schemas/Hello"?
ref-siblings.yaml                   | 11:17                     | "#/components/schemas/Helo" | dangling-ref         | did you mean "#/components/schemas/Hello"?
ref-two-uses.yaml                   | 13:24                     | "#/components/schemas/Gone" | dangling-ref         | here and in 2 other places
ref-misspelt-keyword.yaml --strict  | 13:21                     | ref           | unknown-key          | did you mean "$ref"?
ref-number.yaml                     | 11:17                     | 5             | bad-ref              | "$ref" must be text, but is a number
ref-null.yaml --strict              | 11:11                     | $ref          | bad-ref              | "$ref" must be text, but is empty
ref-empty.yaml                      | 11:17                     | ""            | ref-to-document      | leads to the whole document
ref-to-text.yaml                    | 11:17                     | "#/info/title" | bad-schema           | a schema must be a map, but is text
circle.yaml                         | 7:16                      | "#/components/schemas/B" | circular-ref         | "#/components/schemas/B" leads back to itself
circle-inside.yaml                  | 7:16                      | "#/components/schemas/A/properties/x" | circular-ref         | "#/components/schemas/A/properties/x" leads back to itself
ref-itself.yaml                     | 18:20                     | "#/components/schemas/Hello" | circular-ref         | "#/components/schemas/Hello" leads back to itself
missing-part.yaml                   | 9:15                      | "./parts/shcemas.yaml#/Hello" | missing-file         | did you mean "schemas.yaml"?
directory-part.yaml                 | 9:15                      | "./parts#/Hello" | is-directory         | parts is a directory, not a file
ref-to-part-name.yaml               | 11:17                     | "parts/schemas.yaml#/Helo" | dangling-ref         | did you mean "parts/schemas.yaml#/Hello"?
ref-in-part.yaml                    | parts/dangling.yaml:4:19  | "#/Txt"       | dangling-ref         | did you mean "#/Text"?
broken-part.yaml                    | parts/tab.yaml:3:1        |               | tab-indent           | indent with spaces
latin1-part.yaml                    | parts/latin1.yaml:2:46    | �             | not-utf8             | save it as UTF-8
unknown-type-part.yaml              | parts/schemas.yaml:4:19   | strnig        | unknown-type         | did you mean "string"?
remote.yaml                         | 9:15                      | "https://example.com/schemas.json#/Hello" | remote-ref           | pass --allow-remote
outside.yaml                        | 9:15                      | "../../../../../../outside.yaml#/Hello" | outside-root         | pass --root
ref-encoded.yaml                    | 11:17                     | "%2e%2e/%2e%2e/%2e%2e/%2e%2e/outside.yaml#/Hello" | outside-root         | pass --root
ref-encoded-slash.yaml              | 11:17                     | "parts%2Fschemas.yaml#/Hello" | bad-ref              | write "/" itself between folders, and no host
ref-absolute.yaml                   | 11:17                     | "/etc/hello.yaml#/Hello" | outside-root         | pass --root
ref-file-url.yaml                   | 11:17                     | "file:///etc/hello.yaml#/Hello" | outside-root         | pass --root
ref-windows.yaml                    | 11:17                     | "C:\\schemas\\hello.yaml#/Hello" | bad-ref              | write a path from this file, with "/"
# channels, operations, servers
root-key.yaml --strict              | 5:1                       | chanels       | unknown-key          | did you mean "channels"?
channels-list.yaml                  | 5:1                       | channels      | wrong-type           | "channels" must be a map, but is a list
address-number.yaml                 | 7:14                      | 5             | wrong-type           | put it in quotes: "5"
parameter-gone.yaml --strict        | 8:19                      | rom           | unused-parameter     | did you mean "room"?
message-reference.yaml              | 9:22                      | "#/components/message/hello" | dangling-ref         | did you mean "#/components/messages/hello"?
payload-key.yaml --strict           | 10:9                      | paylaod       | unknown-key          | did you mean "payload"?
unknown-action.yaml                 | 7:13                      | recieve       | unknown-value        | did you mean "receive"?
action-list.yaml                    | 14:5                      | action        | wrong-type           | "action" must be text, but is a list
missing-action.yaml                 | 6:3                       | say           | missing-key          | "say" lacks "action"
no-channel.yaml                     | 15:5                      | chanel        | unknown-key          | did you mean "channel"?
channel-text.yaml                   | 15:14                     | chat          | wrong-type           | "channel" must be a map, but is text
channel-ref.yaml                    | 15:22                     | "#/channels/chta" | dangling-ref         | did you mean "#/channels/chat"?
channel-ref-kind.yaml               | 15:22                     | "#/components/schemas/Chat" | foreign-channel      | refer to a channel: #/channels/…
message-misspelt.yaml               | 16:24                     | "#/channels/chat/messages/helo" | dangling-ref         | did you mean "#/channels/chat/messages/hello"?
foreign-message.yaml --strict       | 16:24                     | "#/components/messages/other" | foreign-message      | add it to the channel's "messages"
reply-ref.yaml                      | 17:26                     | "#/channels/chat/messages/hallo" | dangling-ref         | did you mean "#/channels/chat/messages/hello"?
reply-channel.yaml                  | 16:31                     | "#/info"      | foreign-channel      | refer to a channel: #/channels/…
server-unknown.yaml                 | 7:15                      | lvie          | unknown-server       | did you mean "live"?
security-2.yaml --strict            | 7:18                      | tokn          | security-scheme      | did you mean "token"?
security-3.yaml                     | 9:24                      | "#/components/securitySchemes/tokn" | dangling-ref         | did you mean "#/components/securitySchemes/token"?
security-type.yaml --strict         | 9:24                      | httpApikey    | unknown-value        | did you mean "httpApiKey"?
title-list.yaml --strict            | 3:3                       | title         | wrong-type           | "title" must be text, but is a list
same-constant.yaml --strict         | 9:7                       | hello         | look-alike           | cannot be told apart
# schemas
unknown-type.yaml                   | 11:26                     | integr        | unknown-type         | did you mean "integer"?
type-list.yaml                      | 13:28                     | strng         | unknown-type         | did you mean "string"?
type-number.yaml                    | 13:27                     | 5             | unknown-type         | the type must be text, but is a number
payload-text.yaml                   | 10:9                      | payload       | bad-schema           | a schema must be a map, but is text
property-text.yaml                  | 13:19                     | string        | bad-schema           | write { type: string }
items-text.yaml                     | 13:40                     | string        | bad-schema           | write { type: string }
properties-list.yaml                | 12:11                     | properties    | bad-schema           | "properties" must be a map of schemas, but is a list
allof-map.yaml                      | 11:11                     | allOf         | bad-schema           | "allOf" must be a list of schemas, but is a map
required-text.yaml                  | 14:21                     | text          | bad-schema           | "required" must be a list of property names
required-numbers.yaml               | 14:11                     | required      | bad-schema           | "required" must be a list of property names
enum-text.yaml --strict             | 13:27                     | happy         | bad-keyword          | enum cannot be "happy"; it is not checked
limit-text.yaml --strict            | 13:44                     | ten           | bad-keyword          | minimum cannot be "ten"; it is not checked
negative-length.yaml --strict       | 13:46                     | -1            | bad-keyword          | minLength cannot be -1; it is not checked
min-above-max.yaml --strict         | 13:13                     | age           | impossible           | at least 10 and a number that is at most 1
schema-key.yaml --strict            | 13:35                     | maxLenght     | unknown-key          | did you mean "maxLength"?
format-misspelt.yaml --strict       | 13:41                     | datetime      | unknown-format       | did you mean "date-time"?
pattern-open.yaml --strict          | 13:44                     | "([a-z]"      | bad-pattern          | "([a-z]" is no regular expression of JavaScript; it is not checked
perl-class.yaml --strict            | 13:43                     | "^[[:xdigit:]]+$" | bad-pattern          | "^[[:xdigit:]]+$" is no regular expression of JavaScript; it is not checked
perl-code.yaml --strict             | 13:44                     | "^\\x{b0}C$"  | bad-pattern          | "^\\x{b0}C$" is no regular expression of JavaScript; it is not checked
circular-allof.yaml --strict        | 19:5                      | B             | circular-type        | the type is defined as itself, by way of A; that way is cut
schema-format.yaml                  | 11:25                     | application/vnd.google.protobuf | schema-format        | Describe it in JSON Schema
proto.yaml                          | 13:32                     | integr        | unknown-type         | did you mean "integer"?
                                    | 14:34                     | strng         | unknown-type         | did you mean "string"?
# actions files
actions-version.yaml                | 1:13                      | 2             | unsupported-version  | write actionwire: 1
actions-none.yaml                   | 1:1                       | actionwire    | missing-key          | this lacks "actions"
actions-list.yaml                   | 3:1                       | actions       | wrong-type           | "actions" must be a map, but is a list
actions-twice.yaml                  | 6:3                       | greet         | duplicate-key        | keep one, or rename one
actions-direction.yaml              | 4:18                      | clinet        | unknown-value        | did you mean "client"?
actions-no-direction.yaml           | 4:3                       | greet         | missing-key          | "greet" lacks "from"
actions-key.yaml                    | 5:5                       | form          | unknown-key          | known keys: from, summary
actions-message-key.yaml            | 4:26                      | paylod        | unknown-key          | did you mean "payload"?
actions-payload.yaml                | 4:35                      | Greeting      | wrong-type           | "payload" must be a map or true or false, but is text
actions-type.yaml                   | 6:58                      | sting         | unknown-type         | did you mean "string"?
actions-reply.yaml                  | 6:5                       | reply         | bad-value            | only an action from the client can have a reply
actions-reply-ref.yaml              | 6:20                      | "#/schemas/Greting" | dangling-ref         | did you mean "#/schemas/Greeting"?
actions-reserved.yaml               | 4:3                       | error         | reserved-name        | "error" is the name of refusals; name the action differently
actions-reserved-text.yaml          | 5:3                       | error         | reserved-name        | "error" is the name of refusals; name the action differently
actions-token.yaml                  | 3:14                      | querry        | unknown-value        | did you mean "query"?
actions-path.yaml                   | 3:7                       | chat          | bad-value            | a path begins with "/"
actions-server.yaml                 | 3:18                      | "https://example.com" | bad-value            | a server's url begins with ws:// or wss://
# all at once
many.yaml                           | 4:30                      | protcol       | unknown-key          | did you mean "protocol"?
                                    | 5:17                      | 5             | wrong-type           | put it in quotes: "5"
                                    | 6:10                      | wss://example.com | wrong-type           | "other" must be a map, but is text
                                    | 7:64                      | "#/components/securitySchemes/tokn" | dangling-ref         | did you mean "#/components/securitySchemes/token"?
                                    | 10:5                      | address       | wrong-type           | "address" must be text or null, but is a list
                                    | 12:20                     | "#/components/messages/won" | dangling-ref         | "#/components/messages/won" points to nothing: "#/components" has no "messages"
                                    | 13:31                     | strnig        | unknown-type         | did you mean "string"?
                                    | 14:41                     | properties    | bad-schema           | "properties" must be a map of schemas, but is a list
                                    | 15:36                     | text          | bad-schema           | "required" must be a list of property names
                                    | 16:26                     | allOf         | bad-schema           | "allOf" must be a list of schemas, but is a map
                                    | 17:42                     | string        | bad-schema           | write { type: string }
                                    | 18:47                     | integer       | bad-schema           | write { type: integer }
                                    | 19:33                     | "parts/nothing.yaml" | missing-file         | there is no file parts/nothing.yaml
                                    | 20:32                     | "parts/schemas.yaml#/Helo" | dangling-ref         | did you mean "parts/schemas.yaml#/Hello"?
                                    | 21:31                     | 5             | bad-ref              | "$ref" must be text, but is a number
                                    | 22:34                     | "https://example.com/eleven.json" | remote-ref           | pass --allow-remote
                                    | 23:34                     | "/etc/hosts"  | outside-root         | pass --root
                                    | 24:36                     | 13            | unknown-type         | the type must be text, but is a number
                                    | 25:30                     | oneOf         | bad-schema           | "oneOf" must be a list of schemas, but is a map
                                    | 26:18                     | payload       | bad-schema           | a schema must be a map, but is a list
                                    | 27:34                     | nothing       | bad-schema           | a schema must be a map, but is text
                                    | 28:37                     | "#components/schemas/Text" | dangling-ref         | did you mean "#/components/schemas/Text"?
                                    | 30:17                     | text          | wrong-type           | "nineteen" must be a map, but is text
                                    | 31:28                     | required      | bad-schema           | "required" must be a list of property names
                                    | 32:10                     | /lobby        | wrong-type           | "lobby" must be a map, but is text
                                    | 34:19                     | recieve       | unknown-value        | did you mean "receive"?
                                    | 35:25                     | chanel        | unknown-key          | did you mean "channel"?
                                    | 36:41                     | "#/channels/chta" | dangling-ref         | did you mean "#/channels/chat"?
                                    | 37:3                      | ask           | missing-key          | "ask" lacks "action"
                                    | 38:43                     | "#/components/schemas/Text" | foreign-channel      | refer to a channel: #/channels/…
                                    | 39:34                     | chat          | wrong-type           | "channel" must be a map, but is text
                                    | 40:63                     | messages      | wrong-type           | "messages" must be a list, but is a map
                                    | 44:21                     | "#/components/schemas/Circle" | circular-ref         | "#/components/schemas/Circle" leads back to itself
`;

export interface Broken {
  readonly name: string;
  readonly args: readonly string[];
  readonly told: readonly Told[];
}

export interface Told {
  /** `line:column`, or `path:line:column` in another file; empty where nothing in a text is to be mended. */
  readonly place: string;
  readonly token: string;
  readonly rule: string;
  readonly words: string;
}

export const BROKEN: readonly Broken[] = read(TABLE);

function read(table: string): Broken[] {
  const found: { name: string; args: string[]; told: Told[] }[] = [];
  for (const line of table.split("\n").filter((line) => line !== "" && !line.startsWith("#"))) {
    const [input = "", place = "", token = "", rule = "", ...words] = line.split("|").map((cell) => cell.trim());
    const [name = "", ...args] = input.split(" ");
    if (name !== "") found.push({ name, args, told: [] });
    found.at(-1)?.told.push({ place, token, rule, words: words.join("|") });
  }
  return found;
}
