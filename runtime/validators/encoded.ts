/** OpenAPI's formats of numbers and binary text (OpenAPI 3.0, data types). */

/** Base64 with its padding (RFC 4648, section 4). */
export function byte(text: string): boolean {
  return text.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(text);
}

export function int32(value: number): boolean {
  return Number.isInteger(value) && value >= -(2 ** 31) && value <= 2 ** 31 - 1;
}

/** Any integer: JSON's numbers hold fewer of them than 64 bits do. */
export function int64(value: number): boolean {
  return Number.isInteger(value);
}
