/**
 * `@actionwire/runtime/session`: delivery that is acknowledged and resumed, and the stores that let it survive.
 */
export type { Delivery, DeliveryKind, Pending } from "../delivery.js";
export { SUBPROTOCOL } from "./control.js";
export type { Contract } from "./generated/types.js";
export { indexedDbStore } from "./indexeddb-store.js";
export { memoryStore } from "./memory-store.js";
export type {
  ActionDelivery,
  OtherContract,
  Rejection,
  Resync,
  SessionCallbacks,
  SessionOptions,
} from "./options.js";
export { session } from "./session.js";
export type { OutboxStore, StoredMessage } from "./store.js";
