/**
 * An outbox's store that lasts as long as its object: for tests, and for applications that make one client after another.
 */
import type { OutboxStore, StoredMessage } from "./store.js";

/**
 * Keeps messages in this process's memory. Hand the same store to a later client, and that client sends what the earlier
 * one was not rid of, whether the earlier one was closed or not. One client at a time.
 */
export function memoryStore(): OutboxStore {
  const kept = new Map<string, StoredMessage>();
  return {
    open: async () => [...kept.values()],
    async write(put, dropped) {
      for (const message of put) kept.set(message.id, message);
      for (const id of dropped) kept.delete(id);
    },
    close: async () => {},
  };
}
