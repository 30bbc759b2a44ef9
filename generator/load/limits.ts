/**
 * Bounds that keep a hostile or broken document from exhausting the machine; far above what real documents need.
 */
export const limits: Readonly<
  Record<"fileSize" | "files" | "depth" | "aliasNodes" | "guesses" | "remoteMilliseconds", number>
> = {
  /** Of one file, in bytes. */
  fileSize: 32 * 1024 * 1024,
  /** Of a document, the root file included. */
  files: 1000,
  /** Maps and lists inside each other. The parser and every walker recurse, so this bounds their stacks. */
  depth: 256,
  /** Nodes that YAML aliases may stand for, all together. */
  aliasNodes: 250_000,
  /** References that lead nowhere for which something nearby is looked for; each may be compared with every key there is. */
  guesses: 100,
  /** For one remote file, from the request to its last byte. */
  remoteMilliseconds: 10_000,
};
