/**
 * Names that nobody can guess.
 */
import { host } from "./host.js";

const ALPHABET = "0123456789abcdefghijklmnopqrstuvwxyz";

/**
 * So many letters and digits, five bits each. From the platform's cryptographic generator, unless a test holds chance
 * still with `random`.
 */
export function randomName(length: number, random?: () => number): string {
  const bytes = new Uint8Array(length);
  if (random || !host.crypto) {
    const chance = random ?? Math.random;
    return Array.from(bytes, () => ALPHABET[Math.floor(chance() * ALPHABET.length)]).join("");
  }
  host.crypto.getRandomValues(bytes);
  return Array.from(bytes, (byte) => ALPHABET[byte & 31]).join("");
}
