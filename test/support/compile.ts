/** Runs a TypeScript of a given version over files, as a user's build would. */
import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "./examples.js";

export const VERSIONS = ["5.4", "5.9", "6", "7"] as const;
export type Version = (typeof VERSIONS)[number];

/** Every flag that makes the compiler stricter, as far as a version knows it. */
export function strictest(version: Version): Record<string, unknown> {
  const number = Number(version);
  return {
    target: "es2022",
    lib: ["es2022"],
    types: ["node"],
    noEmit: true,
    strict: true,
    noUncheckedIndexedAccess: true,
    exactOptionalPropertyTypes: true,
    noPropertyAccessFromIndexSignature: true,
    noImplicitOverride: true,
    noImplicitReturns: true,
    noFallthroughCasesInSwitch: true,
    noUnusedLocals: true,
    noUnusedParameters: true,
    allowUnreachableCode: false,
    verbatimModuleSyntax: true,
    isolatedModules: true,
    forceConsistentCasingInFileNames: true,
    skipLibCheck: true,
    ...(number >= 5.5 && { isolatedDeclarations: true, declaration: true }),
    ...(number >= 5.8 && { erasableSyntaxOnly: true }),
  };
}

/** What the compiler says; empty where all is well. The folder decides which packages are found. */
export async function compile(
  version: Version,
  files: readonly string[],
  options: Record<string, unknown>,
  folder: string = `${ROOT}test`,
): Promise<string> {
  const tsc = `${ROOT}test/compile/node_modules/typescript-${version}/bin/tsc`;
  if (!existsSync(tsc)) throw new Error(`TypeScript ${version} is not installed: npm ci in test/compile`);
  const work = mkdtempSync(join(folder, ".compile-"));
  try {
    const config = { compilerOptions: { ...strictest(version), ...options }, files };
    writeFileSync(join(work, "tsconfig.json"), JSON.stringify(config));
    return await new Promise((done) => {
      execFile(
        process.execPath,
        [tsc, "-p", work, "--pretty", "false"],
        { maxBuffer: 1 << 26 },
        (error, stdout, stderr) => done(error ? `${stdout}${stderr}` || String(error) : ""),
      );
    });
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}
