/** What an application gives where a document is not JSON: here, and for any such content type, MessagePack. */
export async function frameCodec(): Promise<{
  encode(value: unknown): Uint8Array;
  decode(frame: string | Uint8Array): unknown;
}> {
  const { decode, encode } = await import("@msgpack/msgpack");
  return {
    encode: (value) => encode(value),
    decode: (frame) => decode(typeof frame === "string" ? new TextEncoder().encode(frame) : frame),
  };
}
