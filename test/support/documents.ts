/** Documents written where a test can have them read. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { onTestFinished } from "vitest";
import { type Contract, type ContractOptions, type Problem, readContract } from "../../generator/index.js";

/** A folder of the test's own, gone when it ends. */
export function folder(files: Readonly<Record<string, string>> = {}): string {
  const path = mkdtempSync(join(tmpdir(), "actionwire-test-"));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(path, name)), { recursive: true });
    writeFileSync(join(path, name), text);
  }
  return path;
}

/** The contract of a document given as text. */
export async function contractOf(text: string, options: ContractOptions = {}): Promise<Contract> {
  return (await readOf(text, options)).contract;
}

export async function readOf(
  text: string,
  options: ContractOptions = {},
): Promise<{ contract: Contract; warnings: readonly Problem[] }> {
  return readContract(join(folder({ "api.yaml": text }), "api.yaml"), options);
}

/** An AsyncAPI 3 document of messages on one channel: each is received by, or sent from, the server. */
export function asyncapi3(said: { readonly receive?: Messages; readonly send?: Messages }, more = ""): string {
  const all = { ...said.receive, ...said.send };
  const names = Object.keys(all);
  const operation = (action: "receive" | "send") => {
    const listed = Object.keys(said[action] ?? {}).map((name) => ({
      $ref: `#/channels/main/messages/${escaped(name)}`,
    }));
    return listed.length === 0
      ? {}
      : {
          [action === "receive" ? "hear" : "tell"]: { action, channel: { $ref: "#/channels/main" }, messages: listed },
        };
  };
  const document = {
    asyncapi: "3.0.0",
    info: { title: "Test", version: "1.0.0" },
    servers: { local: { host: "localhost", protocol: "ws" } },
    channels: {
      main: {
        address: "/",
        messages: Object.fromEntries(names.map((name) => [name, { $ref: `#/components/messages/${escaped(name)}` }])),
      },
    },
    operations: { ...operation("receive"), ...operation("send") },
    components: { messages: all },
  };
  return `${JSON.stringify(document, undefined, 2)}${more}`;
}

export type Messages = Readonly<Record<string, object>>;

/** A message whose payload is an object of these properties, all required but those that end in `?`. */
export function message(properties: Readonly<Record<string, object>>): object {
  const named = Object.entries(properties).map(([name, schema]) => [name.replace(/\?$/, ""), schema] as const);
  const required = Object.keys(properties).filter((name) => !name.endsWith("?"));
  return { payload: { type: "object", required, properties: Object.fromEntries(named) } };
}

function escaped(name: string): string {
  return name.replaceAll("~", "~0").replaceAll("/", "~1");
}
