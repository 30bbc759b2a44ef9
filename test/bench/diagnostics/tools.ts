/**
 * Ours and the peers, each as its users run it.
 */
import { join } from "node:path";
import { ROOT } from "../../support/examples.js";
import type { Diet } from "./inputs.js";

export interface Tool {
  readonly name: string;
  readonly diet: Diet;
  /** Node's arguments for a file in the working directory. */
  readonly command: (file: string, strict: boolean) => readonly string[];
  /** How many problems a text tells; absent where its parts cannot be told. */
  readonly findings?: (text: string) => number;
}

const count =
  (pattern: RegExp) =>
  (text: string): number =>
    text.match(pattern)?.length ?? 0;

/** `peers`: the folder they are installed in. */
export function toolsIn(peers: string): Tool[] {
  const peer = (path: string): string => join(peers, "node_modules", path);
  return [
    {
      name: "actionwire",
      diet: "all",
      command: (file, strict) => [
        join(ROOT, "dist/generator/bin.js"),
        ...["generate", file, "--out", "generated"],
        ...(strict ? ["--strict"] : []),
      ],
      findings: count(/^(?:\S+:\d+:\d+ )?(?:error|warning) [a-z0-9-]+ {2}/gm),
    },
    {
      name: "redocly",
      diet: "redocly",
      command: (file) => [peer("@redocly/cli/bin/cli.js"), "lint", file],
      findings: (text) => count(/^\[\d+\] /gm)(text) || count(/^Failed to /gm)(text),
    },
    {
      name: "asyncapi",
      diet: "asyncapi",
      command: (file) => [peer("@asyncapi/cli/bin/run_bin"), "validate", file],
      findings: count(/^ *\d+:\d+ +(?:error|warning) /gm),
    },
    {
      name: "openapi-typescript",
      diet: "openapi",
      command: (file) => [peer("openapi-typescript/bin/cli.js"), file, "-o", "generated.ts"],
    },
  ];
}
