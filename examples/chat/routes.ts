// Yours to edit: actionwire wrote this first draft, and later only adds what the contract adds.
import type { ChatRoutes } from "./generated/server.js";
import type { Utterance } from "./generated/types.js";

/** Who is at the other end, as `authorize` found out. */
export interface User {
  readonly name: string;
}

/** Rooms live in this object, and end with it. */
export function chatRoutes(): ChatRoutes<User> {
  const rooms = new Map<string, Utterance[]>();
  return {
    async joinRoom({ room }, context) {
      context.join(room);
      await context.topic(room).sendPresence({ room, user: context.user.name, present: true });
    },

    async leaveRoom({ room }, context) {
      context.leave(room);
      await context.topic(room).sendPresence({ room, user: context.user.name, present: false });
    },

    async say({ room, text }, context) {
      const utterance: Utterance = { by: context.user.name, text, at: new Date().toISOString() };
      rooms.set(room, [...(rooms.get(room) ?? []), utterance]);
      await context.topic(room).sendSaid({ room, utterance });
    },

    getHistory({ room, limit = 20 }) {
      return { room, utterances: (rooms.get(room) ?? []).slice(-limit) };
    },
  };
}
