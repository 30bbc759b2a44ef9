/**
 * What a configuration file may say: the options of every command, for all contracts or for one.
 */

import type { RoutesStyle } from "../../templates/index.js";
import type { Node } from "../document.js";
import type { ReadOptions } from "../options.js";
import type { Level } from "../problem.js";
import type { Format } from "../report/formats.js";

/** What may be said of one contract. Paths are relative to the configuration file. */
export interface ContractConfig extends Omit<ReadOptions, "written"> {
  /** AsyncAPI document or actions file. */
  readonly document?: string;
  /** The folder for generated files; the tool owns what it writes there. */
  readonly out?: string;
  /** A file of yours for the server's routes. */
  readonly routes?: string;
  readonly routesStyle?: RoutesStyle;
  /** A folder that references may lead into, besides the document's own. */
  readonly root?: string;
  readonly allowRemote?: boolean;
  readonly strict?: boolean;
  /** By rule: what its findings are, `off` for none. Errors of a document stay errors. */
  readonly rules?: Readonly<Record<string, Level>>;
}

export interface Config extends ContractConfig {
  /** Several contracts by name, each with options of its own, which win over those beside this. */
  readonly contracts?: Readonly<Record<string, ContractConfig>>;
  /** How findings are told: `json`, or with a file `sarif:report.sarif`. */
  readonly format?: Format | `${Format}:${string}` | readonly (Format | `${Format}:${string}`)[];
  readonly quiet?: boolean;
  readonly verbose?: boolean;
}

/** A configuration that was read and fits its schema. */
export interface ConfigRead {
  /** Absolute path. */
  readonly path: string;
  readonly config: Config;
  /** As it was read, so that what is wrong with it is shown in it. */
  readonly written: Node;
}

/** Says what a configuration may say to editors and to TypeScript; gives it back as it is. */
export function defineConfig(config: Config): Config {
  return config;
}
