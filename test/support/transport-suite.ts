/**
 * What every transport has to do, whatever carries it: one suite, run on each.
 */
import type { Ending, Frame, Listener, Opening, Socket, Transport } from "@actionwire/runtime";
import { afterEach, describe, expect, test } from "vitest";

/** The server's end, in whatever way it is driven. */
export interface Far {
  send(frame: Frame): void;
  close(code: number, reason: string): void;
  /** Breaks the connection without a close frame. */
  cut(): void;
  /** Frames that have arrived. */
  received(): readonly Frame[];
}

export interface Bench {
  readonly transport: Transport;
  readonly url: string;
  /** The next connection that opens. */
  accepted(): Promise<Far>;
  /** How the client said goodbye to the newest connection. */
  goodbye(): Promise<{ readonly code: number; readonly reason: string }>;
  /** An address where nobody listens. */
  readonly nowhere: string;
  stop(): Promise<void>;
}

/** What a listener hears, to be awaited in any order. */
export class Ear implements Listener {
  readonly heard: string[] = [];
  readonly frames: Frame[] = [];
  ending: Ending | undefined;
  #wake: (() => void)[] = [];

  opened = (): void => this.#note("opened");
  received = (frame: Frame): void => {
    this.frames.push(frame);
    this.#note(typeof frame === "string" ? `frame ${frame}` : `bytes ${frame.length}`);
  };
  ponged = (data: string): void => this.#note(`pong ${data}`);
  drained = (): void => {};
  lost = (ending: Ending): void => {
    this.ending = ending;
    this.#note("lost");
  };

  async until(what: string): Promise<void> {
    while (!this.heard.includes(what)) await new Promise<void>((wake) => this.#wake.push(wake));
  }

  #note(what: string): void {
    this.heard.push(what);
    for (const wake of this.#wake.splice(0)) wake();
  }
}

export async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((next) => setTimeout(next, 1));
}

export function transportSuite(name: string, make: () => Promise<Bench>): void {
  describe(`the ${name} transport`, () => {
    let bench: Bench | undefined;
    afterEach(() => bench?.stop());

    const dial = async (opening: Partial<Opening> = {}): Promise<{ ear: Ear; socket: Socket; bench: Bench }> => {
      bench = await make();
      const ear = new Ear();
      const socket = bench.transport.dial({ url: bench.url, protocols: [], headers: {}, ...opening }, ear);
      return { ear, socket, bench };
    };
    const connected = async (): Promise<{ ear: Ear; socket: Socket; far: Far; bench: Bench }> => {
      const all = await dial();
      const far = await all.bench.accepted();
      await all.ear.until("opened");
      return { ...all, far };
    };

    test("tells nothing before dial has returned", async () => {
      const { ear } = await dial();
      expect(ear.heard).toEqual([]);
      await ear.until("opened");
    });

    test("carries text both ways, as it is and in order", async () => {
      const { ear, socket, far } = await connected();
      const frames = ["", "1", "é\u2028\ud83d\ude00\u0000", "x".repeat(70_000)];
      for (const frame of frames) {
        socket.write(frame);
        far.send(frame);
      }
      await ear.until(`frame ${frames.at(-1)}`);
      await until(() => far.received().length === frames.length);
      expect(far.received()).toEqual(frames);
      expect(ear.heard.slice(1)).toEqual(frames.map((frame) => `frame ${frame}`));
      await until(() => socket.buffered() === 0);
    });

    test("carries bytes both ways, as they are, between texts, as plain bytes with memory of their own", async () => {
      const { ear, socket, far } = await connected();
      const every = Uint8Array.from({ length: 256 }, (_, index) => index);
      const frames = [every, "text", new Uint8Array(), every.subarray(7, 9), new Uint8Array(70_001).fill(7)];
      for (const frame of frames) {
        socket.write(frame);
        far.send(frame);
      }
      await ear.until("bytes 70001");
      await until(() => far.received().length === frames.length);
      // As a text, which is compared in one go.
      const printed = (frame: Frame): string =>
        typeof frame === "string" ? frame : `${frame.constructor.name} ${Buffer.from(frame).toString("base64")}`;
      expect(far.received().map(printed)).toEqual(frames.map(printed));
      expect(ear.frames.map(printed)).toEqual(frames.map(printed));
      for (const frame of ear.frames) {
        if (typeof frame !== "string") expect(frame.buffer.byteLength).toBe(frame.byteLength);
      }
    });

    test("tells how the server closed, and then nothing more", async () => {
      const { ear, socket, far } = await connected();
      far.close(4401, "who are you?");
      await ear.until("lost");
      expect(ear.ending).toMatchObject({ code: 4401, reason: "who are you?" });
      socket.write("too late");
      socket.close(1000, "");
      expect(ear.heard).toEqual(["opened", "lost"]);
    });

    test("tells of a connection that broke without a word", async () => {
      const { ear, far } = await connected();
      far.cut();
      await ear.until("lost");
      expect(ear.ending?.code).toBe(1006);
    });

    test("says goodbye with its code, after what was written", async () => {
      const {
        ear,
        socket,
        far,
        bench: { goodbye },
      } = await connected();
      socket.write("last");
      socket.close(4000, "bye");
      expect(await goodbye()).toEqual({ code: 4000, reason: "bye" });
      expect(far.received()).toEqual(["last"]);
      await ear.until("lost");
    });

    test("may be told to give up before it has opened", async () => {
      const { ear, socket } = await dial();
      socket.close(1000, "");
      await ear.until("lost");
      expect(ear.heard).toEqual(["lost"]);
    });

    test("tells of an address where nobody listens, once, and without the address", async () => {
      bench = await make();
      const ear = new Ear();
      bench.transport.dial({ url: `${bench.nowhere}?token=secret`, protocols: [], headers: {} }, ear);
      await ear.until("lost");
      expect(ear.heard).toEqual(["lost"]);
      expect(ear.ending?.code).toBe(1006);
      expect(JSON.stringify(ear.ending)).not.toContain("secret");
    });

    test("brings a ping's data back, where it can ping", async () => {
      const {
        ear,
        socket,
        bench: { transport },
      } = await connected();
      expect(socket.ping !== undefined).toBe(transport.pings);
      if (!socket.ping) return;
      socket.ping("17");
      await ear.until("pong 17");
    });
  });
}
