/**
 * Whether a stream is written to in colours. https://no-color.org, https://force-color.org
 */

export interface Environment {
  readonly [name: string]: string | undefined;
}

/** `NO_COLOR` wins over `FORCE_COLOR`, and that over what the stream is. */
export function colorOf(stream: { readonly isTTY?: boolean | undefined }, env: Environment): boolean {
  const { NO_COLOR, FORCE_COLOR, TERM } = env;
  if (NO_COLOR) return false;
  if (FORCE_COLOR) return FORCE_COLOR !== "0";
  return stream.isTTY === true && TERM !== "dumb";
}
