/**
 * Ours, by the door that users come in: a document whose one message refers to the schema, its contract, the files.
 * What is built is measured (`npm run build`).
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { transformSync } from "esbuild";
import type { Contract, ContractOptions } from "../../../../generator/index.js";
import type { Draft } from "../drafts.js";
import type { Json } from "../json.js";
import { load } from "../packages.js";
import type { Made, Tool } from "../tool.js";

interface Generator {
  readContract(document: string, options: ContractOptions): Promise<{ readonly contract: Contract }>;
  emit(contract: Contract): Promise<ReadonlyMap<string, string>>;
}

export const GENERATOR: string = new URL("../../../../dist/generator/index.js", import.meta.url).href;
export const HELPERS: string = new URL("../../../../runtime/dist/validators/index.js", import.meta.url).href;

const VERSIONS: Readonly<Record<Draft, string>> = {
  draft4: "draft-04",
  draft6: "draft-06",
  draft7: "draft-07",
  "draft2019-09": "2019-09",
  "draft2020-12": "2020-12",
};

/** A message that the server takes, and nothing else. */
export function documentOf(draft: Draft): Json {
  const schemaFormat = `application/schema+json;version=${VERSIONS[draft]}`;
  const channel = { $ref: "#/channels/case" };
  return {
    asyncapi: "3.0.0",
    info: { title: "Case", version: "1" },
    channels: {
      case: { address: "/", messages: { case: { payload: { schemaFormat, schema: { $ref: "./case.json" } } } } },
    },
    operations: { case: { action: "receive", channel, messages: [{ $ref: "#/channels/case/messages/case" }] } },
  };
}

/** The generated files, and the payload's type. */
export interface Emitted {
  readonly files: ReadonlyMap<string, string>;
  readonly contract: Contract;
  readonly root: string;
}

export class Actionwire {
  readonly #options: ContractOptions;
  readonly #folder = mkdtempSync(join(tmpdir(), "fidelity-"));

  constructor(options: Readonly<Record<string, unknown>>) {
    this.#options = { perspective: "server", allowRemote: true, ...options };
    process.once("exit", () => rmSync(this.#folder, { recursive: true, force: true }));
  }

  async emit(schema: Json, draft: Draft): Promise<Emitted> {
    const { readContract, emit } = await load<Generator>(GENERATOR);
    const path = join(this.#folder, "document.json");
    writeFileSync(join(this.#folder, "case.json"), JSON.stringify(schema));
    writeFileSync(path, JSON.stringify(documentOf(draft)));
    const { contract } = await readContract(path, this.#options);
    const [connection] = contract.connections;
    const [action] = [...(connection?.toServer.actions ?? []), ...(connection?.toClient.actions ?? [])];
    if (!action) throw new Error("the document's message became no action");
    return { files: await emit(contract), contract, root: action.payload };
  }
}

export function actionwire(options: Readonly<Record<string, unknown>>): Tool {
  const generator = new Actionwire(options);
  return {
    async make(schema, { draft }) {
      const start = performance.now();
      const { files, root } = await generator.emit(schema, draft);
      const milliseconds = performance.now() - start;
      const types = { code: files.get("types.ts") ?? "", root };
      return { types, milliseconds, ...(await validatorIn(files.get("validators.ts") ?? "", root)) };
    },
  };
}

/** The printed module as it runs: our runtime behind its imports. */
export async function validatorIn(code: string, root: string): Promise<Pick<Made, "validate" | "unusable">> {
  try {
    const helpers = await load<object>(HELPERS);
    const { code: plain } = transformSync(code, { loader: "ts", format: "cjs" });
    const module = { exports: {} as Record<string, unknown> };
    const require = (name: string): object => {
      if (name === "@actionwire/runtime/validators") return helpers;
      throw new Error(`validators.ts imports ${name}`);
    };
    new Function("module", "exports", "require", plain)(module, module.exports, require);
    const validate = module.exports[root];
    if (typeof validate !== "function") return { unusable: `validators.ts exports no ${root}` };
    return { validate: (value) => validate(value) === true };
  } catch (error) {
    return { unusable: `validators.ts: ${error instanceof Error ? error.message : String(error)}` };
  }
}
