/**
 * Schemas in other languages than JSON Schema, said in it. What needs a package that is not there, and languages that
 * nobody here knows, are errors that name the message.
 */
import { Node, type SourceFile } from "../document.js";
import type { Problems } from "../problem.js";
import type { Draft, DraftAction, DraftSchema } from "../read/draft.js";
import { type Convert, type Converted, loadAvro } from "./avro.js";
import { languageOf } from "./language.js";

export async function translate(draft: Draft, problems: Problems): Promise<Draft> {
  const said = draft.channels.flatMap(({ toServer, toClient }) => [...toServer, ...toClient]);
  // What nobody says is looked at only where nothing is said at all.
  const spare = said.length === 0 ? draft.spare : [];
  const kinds = [...said.filter(({ payload }) => payload), ...spare].map(({ format }) => languageOf(format).kind);
  if (kinds.every((kind) => kind === "json-schema")) return draft;
  const translator = new Translator(kinds.includes("avro") ? await loadAvro() : undefined, problems);
  return {
    ...draft,
    channels: draft.channels.map((channel) => ({
      ...channel,
      toServer: channel.toServer.map((action) => translator.action(action)),
      toClient: channel.toClient.map((action) => translator.action(action)),
    })),
    spare: spare.flatMap((schema) => translator.spare(schema)),
  };
}

const WAY_OUT = "Describe it in JSON Schema (leave schemaFormat out) or in Avro, or refer to a JSON Schema made of it.";

class Translator {
  readonly #convert: Convert | undefined;
  readonly #problems: Problems;
  /** By place: a message that goes both ways, or on several channels, is one. */
  readonly #done = new Map<string, Node | undefined>();

  constructor(convert: Convert | undefined, problems: Problems) {
    this.#convert = convert;
    this.#problems = problems;
  }

  action(action: DraftAction): DraftAction {
    const { payload, format, ...rest } = action;
    if (!payload || languageOf(format).kind === "json-schema") return action;
    const node = this.#schema(`message ${action.title}`, action.node, payload, format ?? "");
    return { ...rest, ...(node && { payload: node }) };
  }

  spare(schema: DraftSchema): DraftSchema[] {
    const { title, node, format } = schema;
    if (languageOf(format).kind === "json-schema") return [schema];
    const translated = this.#schema(`schema ${title}`, node, node, format ?? "");
    return translated ? [{ title, node: translated }] : [];
  }

  /** `owner`: where `what` stands, which names the language. */
  #schema(what: string, owner: Node, node: Node, format: string): Node | undefined {
    if (!this.#done.has(node.at)) this.#done.set(node.at, this.#translated(what, owner, node, format));
    return this.#done.get(node.at);
  }

  #translated(what: string, owner: Node, node: Node, format: string): Node | undefined {
    const said = `${what} is described in ${format}`;
    if (languageOf(format).kind === "foreign") {
      this.#problems.error("schema-format", `${said}, which is not supported`, formatOf(owner), WAY_OUT);
      return undefined;
    }
    if (!this.#convert) {
      const text = `${said}; reading it takes the package avsc`;
      this.#problems.error("needs-package", text, owner, "npm install --save-dev avsc");
      return undefined;
    }
    try {
      return nodeOf(this.#convert(node.value), node);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      this.#problems.error("bad-schema", `${said}, but is no Avro schema: ${reason}`, node);
      return undefined;
    }
  }
}

/** Where a message or schema says its language: AsyncAPI 2 in the message, 3 beside the schema. */
function formatOf(owner: Node): Node {
  return owner.raw("schemaFormat") ?? owner.get("payload")?.raw("schemaFormat") ?? owner;
}

/** What was converted, as a file of its own every place in which is the original's. */
function nodeOf({ root, definitions }: Converted, original: Node): Node {
  const position = () => original.file.position(original.path);
  const value = { root: { schema: root }, definitions };
  const file: SourceFile = { ...original.file, path: original.at, value, position };
  const name = (ref: string) => ref.slice("#/definitions/".length);
  const path = typeof root === "string" ? ["definitions", root] : ["root", "schema"];
  return Node.at(
    { file, path },
    {
      follow: (_, ref) => ({ file, path: ["definitions", name(ref)] }),
      resource: () => ({ file, path: [] }),
      dynamicAnchor: () => undefined,
    },
  );
}
