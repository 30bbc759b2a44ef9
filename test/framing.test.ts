import { describe, expect, test } from "vitest";
import { emit } from "../generator/index.js";
import { asyncapi3, contractOf, type Messages, message, readOf } from "./support/documents.js";

const text = { type: "string" };
const binary = { type: "string", format: "binary" };
const object = { type: "object", properties: { a: text } };

/** How the messages that a server hears travel, by name; `json` where nothing is said of it. */
async function framesOf(receive: Messages, more: object = {}): Promise<Record<string, string>> {
  const document = { ...(JSON.parse(asyncapi3({ receive })) as object), ...more };
  const { toServer } = (await contractOf(JSON.stringify(document))).connections[0] ?? {};
  return Object.fromEntries((toServer?.actions ?? []).map(({ id, frame }) => [id, frame ?? "json"]));
}

async function toServerOf(receive: Messages) {
  const { contract, warnings } = await readOf(asyncapi3({ receive }));
  return { ...contract.connections[0]?.toServer, contract, warnings: warnings.map(({ rule }) => rule) };
}

/** What a row rests on. */
const MESSAGE = "https://www.asyncapi.com/docs/reference/specification/v3.0.0#messageObject";
const FORMATS = "https://www.asyncapi.com/docs/reference/specification/v3.0.0#dataTypeFormat";
const TEXTS = "https://www.rfc-editor.org/rfc/rfc2046#section-4.1";
const MEDIA = "https://www.rfc-editor.org/rfc/rfc2046#section-4";
const SUFFIX = "https://www.rfc-editor.org/rfc/rfc6838#section-4.2.8";

describe("a message travels", () => {
  test.each<[string, string, string, object]>([
    ["json", "an object", MESSAGE, { payload: object }],
    ["json", "a list", MESSAGE, { payload: { type: "array", items: text } }],
    ["json", "a number", MESSAGE, { payload: { type: "number" } }],
    ["json", "a text or nothing", MESSAGE, { payload: { type: ["string", "null"] } }],
    ["json", "anything", MESSAGE, { payload: {} }],
    ["json", "a text that stands for bytes", FORMATS, { payload: { type: "string", format: "byte" } }],
    ["json", "a text that is said to be JSON", MESSAGE, { contentType: "application/json", payload: text }],
    [
      "json",
      "JSON under another name",
      SUFFIX,
      { contentType: "application/vnd.api+json; charset=utf-8", payload: text },
    ],
    ["text", "a bare text", MESSAGE, { payload: text }],
    ["text", "a constant text", MESSAGE, { payload: { const: "DONE" } }],
    ["text", "one of several texts", MESSAGE, { payload: { enum: ["SKIP", "STOP"] } }],
    ["text", "a choice of texts", MESSAGE, { payload: { oneOf: [{ const: "A" }, { type: "string", pattern: "^B" }] } }],
    ["text", "nothing said", MESSAGE, {}],
    ["text", "text of whatever form", TEXTS, { contentType: "text/plain" }],
    ["json", "JSON of which nothing is said", MESSAGE, { contentType: "application/json" }],
    ["text", "text of any kind", TEXTS, { contentType: "Text/Markdown", payload: text }],
    ["bytes", "binary", FORMATS, { payload: binary }],
    ["bytes", "bytes, as some call them", FORMATS, { payload: { type: "string", format: "bytes" } }],
    ["bytes", "binary, whatever else is said", FORMATS, { contentType: "application/json", payload: binary }],
    ["bytes", "octets", MEDIA, { contentType: "application/octet-stream", payload: text }],
    ["bytes", "sound of which nothing is said", MEDIA, { contentType: "audio/pcm" }],
    ["bytes", "a picture", MEDIA, { contentType: "image/png", payload: {} }],
    ["codec", "MessagePack", MESSAGE, { contentType: "application/msgpack", payload: object }],
    [
      "codec",
      "octets that are said to have members",
      MEDIA,
      { contentType: "application/octet-stream", payload: object },
    ],
    ["codec", "XML", MESSAGE, { contentType: "application/xml", payload: text }],
    ["codec", "a document that is text and has members", TEXTS, { contentType: "text/xml", payload: object }],
  ])("as %s where it is %s (%s)", async (frame, _, __, said) => {
    expect(await framesOf({ one: said })).toEqual({ one: frame });
  });

  test("as the document's default says, unless it says so itself", async () => {
    const receive = { one: { payload: text }, two: { contentType: "text/plain", payload: text } };
    expect(await framesOf(receive, { defaultContentType: "application/json" })).toEqual({ one: "json", two: "text" });
    expect(await framesOf({ one: { payload: object } }, { defaultContentType: "application/cbor" })).toEqual({
      one: "codec",
    });
  });

  test("as a trait of it says, where it says nothing itself", async () => {
    expect(await framesOf({ one: { traits: [{ contentType: "audio/pcm" }] } })).toEqual({ one: "bytes" });
  });

  test("as JSON, with a warning at the place, where its content type is none", async () => {
    const { contract, warnings } = await readOf(
      asyncapi3({ receive: { one: { contentType: "json", payload: text } } }),
    );
    expect(contract.connections[0]?.toServer.actions[0]).not.toHaveProperty("frame");
    expect(warnings.map(({ rule, place }) => [rule, place?.path.at(-1)])).toEqual([["content-type", "contentType"]]);
  });
});

describe("frames are told apart", () => {
  test("by nothing but their values where all are JSON", async () => {
    const { dispatch } = await toServerOf({ one: { payload: object }, two: { payload: { type: "array" } } });
    expect(dispatch).not.toMatchObject({ by: "frame" });
  });

  test("by their kind first, texts by what they are", async () => {
    const { dispatch, unions } = await toServerOf({
      start: message({ type: { const: "start" } }),
      sound: { payload: binary },
      done: { payload: { const: "DONE" } },
      jump: { payload: { enum: ["SKIP", "STOP"] } },
      note: { payload: text },
    });
    expect(dispatch).toEqual({
      by: "frame",
      json: { by: "value", at: ["type"], cases: [["start", "start"]] },
      text: {
        by: "value",
        at: [],
        cases: [
          ["DONE", "done"],
          ["SKIP", "jump"],
          ["STOP", "jump"],
        ],
        otherwise: "note",
      },
      bytes: "sound",
    });
    expect(unions).toEqual([]);
  });

  test("so that a text that happens to be JSON is no object", async () => {
    const { dispatch } = await toServerOf({ only: message({ a: text }), note: { payload: text } });
    expect(dispatch).toEqual({ by: "frame", json: { by: "type", cases: [["object", "only"]] }, text: "note" });
  });

  test("not at all where several are bytes: they arrive together, with a warning", async () => {
    const { dispatch, unions, warnings, contract } = await toServerOf({
      sound: { contentType: "audio/pcm" },
      film: { contentType: "video/mp4" },
    });
    expect(dispatch).toEqual({ by: "frame", bytes: "soundOrFilm" });
    expect(unions).toMatchObject([{ id: "soundOrFilm", frame: "bytes", members: ["sound", "film"] }]);
    expect(warnings).toEqual(["look-alike"]);
    expect((await emit(contract)).get("types.ts")).toContain("export type SoundOrFilm = Uint8Array;");
  });
});

describe("bytes", () => {
  test("are a type with the document's words and a check of ours, none of a text's", async () => {
    const payload = { ...binary, maxLength: 3, description: "Samples." };
    const { contract, warnings } = await toServerOf({ sound: { payload } });
    const files = await emit(contract);
    expect(files.get("types.ts")).toContain("/** Samples. */\nexport type Sound = Uint8Array;\n");
    expect(files.get("validators.ts")).toContain("export const Sound: Validate = bytes;");
    expect(warnings).toEqual(["bytes-schema"]);
  });

  test("may be a text elsewhere, under the same schema", async () => {
    const document = JSON.parse(
      asyncapi3({
        receive: {
          raw: { payload: { $ref: "#/components/schemas/Blob" } },
          wrapped: message({ blob: { $ref: "#/components/schemas/Blob" } }),
        },
      }),
    ) as { components: object };
    const components = { ...document.components, schemas: { Blob: binary } };
    const types = (await emit(await contractOf(JSON.stringify({ ...document, components })))).get("types.ts");
    expect(types).toContain("export type Blob = Uint8Array;");
    expect(types).toContain("export type Blob2 = string;");
  });

  test("are one type where a message is said both ways", async () => {
    const sound = { contentType: "audio/pcm" };
    const types = (await emit(await contractOf(asyncapi3({ receive: { sound }, send: { sound } })))).get("types.ts");
    expect(types?.match(/Uint8Array/g)).toHaveLength(1);
  });
});

// https://www.asyncapi.com/docs/reference/specification/v3.0.0#messageObject
describe("a message without a payload", () => {
  test("is nothing that a caller gives, whatever the document's content type is", async () => {
    const document = JSON.parse(asyncapi3({ receive: { nop: {} } })) as object;
    const files = await emit(await contractOf(JSON.stringify({ ...document, defaultContentType: "application/json" })));
    expect(files.get("client.ts")).toContain('sendNop(): string {\n    return this.send("nop", "");');
    expect(files.get("types.ts")).toContain('export type Nop = "";');
  });

  test("swallows nothing that is another's or unknown", async () => {
    const { dispatch, warnings } = await toServerOf({ nop: {}, other: message({ t: { const: "a" } }) });
    expect(dispatch).toEqual({
      by: "frame",
      json: { by: "value", at: ["t"], cases: [["a", "other"]] },
      text: { by: "value", at: [], cases: [["", "nop"]] },
    });
    expect(warnings).toEqual([]);
  });
});

describe("a constant text", () => {
  test("is nothing that a caller gives", async () => {
    const files = await emit(await contractOf(asyncapi3({ receive: { done: { payload: { const: "DONE" } } } })));
    expect(files.get("client.ts")).toContain('sendDone(): string {\n    return this.send("done", "DONE");');
  });
});

describe("a content type that needs a codec", () => {
  const pack = { contentType: "application/msgpack; v=5", payload: object };

  test("is the connection's, and asked for on both sides", async () => {
    const contract = await contractOf(asyncapi3({ receive: { pack } }));
    expect(contract.connections[0]?.codec).toBe("application/msgpack");
    const files = await emit(contract);
    expect(files.get("wire.ts")).toContain('codec: "application/msgpack",');
    expect(files.get("client.ts")).toContain("  codec: FrameCodec;\n");
    expect(files.get("server.ts")).toContain("& { readonly codec: FrameCodec },");
  });

  test("can be only one on a connection: another is a warning at its place", async () => {
    const { contract, warnings } = await readOf(
      asyncapi3({ receive: { pack, other: { contentType: "application/cbor", payload: { type: "array" } } } }),
    );
    expect(contract.connections[0]?.codec).toBe("application/msgpack");
    const codecs = warnings.filter(({ rule }) => rule === "codec");
    expect(codecs.map(({ rule, place }) => [rule, place?.path.slice(-2)])).toEqual([
      ["codec", ["other", "contentType"]],
    ]);
  });

  test("changes the hash, as every way to travel does", async () => {
    const ways = ["application/json", "application/cbor", "application/msgpack", "text/plain", "audio/pcm"];
    const hashes = ways.map(async (contentType) => {
      return (await contractOf(asyncapi3({ receive: { one: { contentType, payload: text } } }))).hash;
    });
    expect(new Set(await Promise.all(hashes)).size).toBe(ways.length);
  });
});
