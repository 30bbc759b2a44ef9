/**
 * A WebSocket client that writes whatever bytes it is told, since a proper one would not: for hostile frames.
 * Frames: RFC 6455, section 5.2.
 */
import { connect, type Socket } from "node:net";

export const Opcode = { continuation: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const;

export interface FrameParts {
  readonly opcode?: number;
  readonly fin?: boolean;
  readonly masked?: boolean;
  /** The three reserved bits. */
  readonly reserved?: number;
  /** A length other than the payload's. */
  readonly claims?: bigint;
}

/** One frame; masked with zeros, which is a mask like any other. */
export function frame(payload: string | Uint8Array, parts: FrameParts = {}): Buffer {
  const { opcode = Opcode.text, fin = true, masked = true, reserved = 0 } = parts;
  const bytes = Buffer.from(payload);
  const length = parts.claims ?? BigInt(bytes.length);
  const head = Buffer.of((fin ? 0x80 : 0) | (reserved << 4) | opcode, masked ? 0x80 : 0);
  const size = Buffer.alloc(length > 65_535n ? 8 : length > 125n ? 2 : 0);
  head[1] = (masked ? 0x80 : 0) | (size.length === 8 ? 127 : size.length === 2 ? 126 : Number(length));
  if (size.length === 8) size.writeBigUInt64BE(length);
  if (size.length === 2) size.writeUInt16BE(Number(length));
  return Buffer.concat([head, size, Buffer.alloc(masked ? 4 : 0), bytes]);
}

/** An opening request, written by hand. */
export function handshake(path: string, ...headers: readonly string[]): string {
  return [
    `GET ${path} HTTP/1.1`,
    "Host: 127.0.0.1",
    "Upgrade: websocket",
    "Connection: Upgrade",
    "Sec-WebSocket-Version: 13",
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
    ...headers,
    "\r\n",
  ].join("\r\n");
}

export class RawClient {
  readonly socket: Socket;
  /** Text frames that arrived. */
  readonly texts: string[] = [];
  /** The code of the close frame that arrived. */
  closeCode: number | undefined;
  /** The connection has ended. */
  ended = false;
  #head = "";
  #bytes: Buffer = Buffer.alloc(0);

  constructor(port: number, path: string) {
    this.socket = connect(port, "127.0.0.1");
    this.socket.on("error", () => {});
    this.socket.on("close", () => {
      this.ended = true;
    });
    this.socket.on("data", (chunk: Buffer) => this.#take(chunk));
    this.socket.write(handshake(path));
  }

  #take(chunk: Buffer): void {
    this.#bytes = Buffer.concat([this.#bytes, chunk]);
    const end = this.#bytes.indexOf("\r\n\r\n");
    if (this.#head === "" && end >= 0) {
      this.#head = this.#bytes.toString("latin1", 0, end);
      this.#bytes = this.#bytes.subarray(end + 4);
    }
    while (this.#head !== "" && this.#frame());
  }

  /** Takes one frame off; a server's are not masked, and none here is longer than 65,535 bytes. */
  #frame(): boolean {
    const short = (this.#bytes[1] ?? 0) & 0x7f;
    const start = short === 126 ? 4 : 2;
    if (this.#bytes.length < start) return false;
    const length = short === 126 ? this.#bytes.readUInt16BE(2) : short;
    if (this.#bytes.length < start + length) return false;
    const opcode = (this.#bytes[0] ?? 0) & 0x0f;
    const payload = this.#bytes.subarray(start, start + length);
    this.#bytes = this.#bytes.subarray(start + length);
    if (opcode === Opcode.text) this.texts.push(payload.toString("utf8"));
    if (opcode === Opcode.close) this.closeCode = payload.length >= 2 ? payload.readUInt16BE(0) : 1005;
    return true;
  }
}
