/**
 * The chat server: an ordinary HTTP server with the chat beside it. `PORT=8080 node server.js`
 */
import { createServer } from "node:http";
import { serveChat } from "./generated/server.js";
import { chatRoutes, type User } from "./routes.js";

const server = createServer((_request, response) => {
  response.end("This server also answers plain HTTP.\n");
});

serveChat<User>(server, chatRoutes(), {
  // A real server would check a signature; here a token is the word and the name.
  authorize: ({ token }) => {
    const name = /^let-(\w+)-in$/.exec(token ?? "")?.[1];
    return name === undefined ? undefined : { name };
  },
});

server.listen(Number(process.env["PORT"] ?? 8080), "127.0.0.1", () => {
  process.send?.("listening");
});
