/**
 * A payload without the constants that only label it, of each member of a union by itself: what a caller gives.
 * Written as a mapped type over the members, so that an editor shows the members and not this name.
 */
export type Unlabelled<T, K extends PropertyKey> = T extends unknown
  ? { [P in keyof T as P extends K ? never : P]: T[P] }
  : never;
