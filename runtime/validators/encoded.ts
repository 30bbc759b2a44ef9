/** OpenAPI's formats of numbers and binary text (OpenAPI 3.0, data types). */

/** Base64 with its padding (RFC 4648, section 4). */
export function byte(text: string): boolean {
  return text.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(text);
}

export function int32(value: number): boolean {
  return Number.isInteger(value) && value >= -(2 ** 31) && value <= 2 ** 31 - 1;
}

/**
 * An integer that a number holds exactly. Those of 64 bits may be larger, and have been rounded by then: rather than
 * pass on another number than was said, they do not fit. Contracts generated with `int64: "bigint"` take them all.
 */
export function int64(value: number): boolean {
  return Number.isSafeInteger(value);
}

/** The same without a sign. */
export function uint64(value: number): boolean {
  return int64(value) && value >= 0;
}
