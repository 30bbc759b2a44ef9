/** Numbers of messages, of which each client has a range of its own. */
const RANGE = 1_000_000;

export function numberOf(client: number, message: number): number {
  return client * RANGE + message;
}

export function clientOf(n: number): number {
  return Math.floor(n / RANGE);
}
