/**
 * What is in force for a contract, and who said so: a flag, else the contract's entry in the configuration, else what the
 * configuration says of all.
 */
import type { Node } from "../document.js";
import type { ConfigRead, ContractConfig } from "./config.js";

export type Settings = Omit<ContractConfig, "document">;

/** One contract to work on. */
export interface Job {
  /** Its name in the configuration; absent where a file was named that has none. */
  readonly name?: string;
  /** Path or `-`. */
  readonly document: string;
  readonly settings: Settings;
  /** By option: `--out`, `contracts.chat`, the configuration's path. */
  readonly origins: ReadonlyMap<string, string>;
  /** Where the configuration says it, for what is wrong with it. */
  readonly written?: Node;
}

/** Maps are joined key by key; of everything else the nearer one counts. */
const JOINED = ["names", "replies", "rules"] as const;

/** The settings of an entry of the configuration, or of none, under flags. */
export function jobFor(document: string, flags: ContractConfig, read?: ConfigRead, name?: string): Job {
  const { contracts, format: _, quiet: __, verbose: ___, ...common } = read?.config ?? {};
  const own = name === undefined ? {} : (contracts?.[name] ?? {});
  const layers: [string, ContractConfig][] = [
    [read?.path ?? "", common],
    [`contracts.${name}`, own],
    ["flag", flags],
  ];
  const origins = new Map<string, string>();
  for (const [origin, layer] of layers) {
    for (const [key, value] of Object.entries(layer)) if (value !== undefined) origins.set(key, origin);
  }
  const said = layers.map(([, layer]) =>
    Object.fromEntries(Object.entries(layer).filter(([, value]) => value !== undefined)),
  );
  const { document: ___document, ...settings }: ContractConfig = Object.assign({}, ...said);
  const joined = JOINED.flatMap((key) => {
    const maps = layers.flatMap(([, layer]) => (layer[key] === undefined ? [] : [layer[key]]));
    return maps.length === 0 ? [] : [[key, Object.fromEntries(maps.flatMap((map) => Object.entries(map)))] as const];
  });
  const root = read?.written;
  const entry = name === undefined ? undefined : root?.get("contracts")?.get(name);
  const written = entry && root ? entry.overlaid({ under: [root] }) : root;
  return {
    ...(name !== undefined && { name }),
    document,
    settings: { ...settings, ...Object.fromEntries(joined) },
    origins,
    ...(written && { written }),
  };
}
