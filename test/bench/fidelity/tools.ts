/** Every tool by its name, in the tables' order. A tool is loaded in the process that runs it (making.ts). */
import { fileURLToPath } from "node:url";
import type { Tool } from "./tool.js";

export interface Listed {
  readonly name: string;
  readonly own: boolean;
  /** Which tables it is in. */
  readonly makes: "types" | "validators" | "both";
  readonly load: () => Promise<Tool>;
}

const own = (name: string, options: Readonly<Record<string, unknown>>): Listed => {
  return {
    name,
    own: true,
    makes: "both",
    load: async () => (await import("./tools/actionwire.js")).actionwire(options),
  };
};
const peer = (name: string, makes: "types" | "validators", file: string): Listed => {
  const url = new URL(`./peers/${file}.js`, import.meta.url);
  return { name, own: false, makes, load: async () => ((await import(url.href)) as { tool: Tool }).tool };
};

export const LETTER = "actionwire (letter)";
export const IMPLIED = "actionwire (implied types)";
export const ASSERTED = "actionwire (formats asserted)";

export const TOOLS: readonly Listed[] = [
  own(LETTER, { impliedTypes: false, formats: "annotated" }),
  own(IMPLIED, { formats: "annotated" }),
  peer("json-schema-to-typescript", "types", "json-schema-to-typescript"),
  peer("quicktype", "types", "quicktype"),
  peer("modelina", "types", "modelina"),
  peer("ajv", "validators", "ajv"),
  peer("ajv standalone", "validators", "ajv-standalone"),
  peer("hyperjump", "validators", "hyperjump"),
  peer("schemasafe", "validators", "schemasafe"),
  peer("cfworker", "validators", "cfworker"),
];

export function listed(name: string): Listed {
  const found = [...TOOLS, own(ASSERTED, { impliedTypes: false, formats: "asserted" })].find(
    (one) => one.name === name,
  );
  if (!found) throw new Error(`No such tool: ${name}. There are: ${TOOLS.map((one) => one.name).join(", ")}`);
  return found;
}

export const HERE: string = fileURLToPath(new URL(".", import.meta.url));
