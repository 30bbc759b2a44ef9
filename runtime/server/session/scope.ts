/**
 * Names as the server keeps them: whoever is somebody else speaks of something else, even under the same name. So it does
 * not matter who gets to know the id of a message: only its sender's user can say anything in that stream.
 */

/** A suffix for the names of one user's sessions and streams. */
export function scopeOf(identity: string): string {
  return `@${hash(identity)}`;
}

/** FNV-1a, twice 32 bits from two offsets (Fowler, Noll, Vo; http://www.isthe.com/chongo/tech/comp/fnv/). */
function hash(text: string): string {
  let [low, high] = [0x811c9dc5, 0x2c1b3c6d];
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    low = Math.imul(low ^ unit, 0x01000193);
    high = Math.imul(high ^ unit, 0x01000193) ^ (low >>> 15);
  }
  return [low, high].map((part) => (part >>> 0).toString(36)).join("");
}
