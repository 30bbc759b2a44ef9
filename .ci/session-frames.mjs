/**
 * The types and validators of the control frames of `actionwire.1`, from their document, by our own generator. Inside of
 * the runtime its doors are relative; nothing else differs from what a user gets.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const doors = [
  ['"@actionwire/runtime/validators"', '"../../validators/index.js"'],
  ['"@actionwire/runtime"', '"../../api.js"'],
];

/** Name to text. */
export async function sessionFrames({ emit, readContract }) {
  const { contract } = await readContract(fileURLToPath(new URL("../schemas/session.asyncapi.yaml", import.meta.url)));
  const files = await emit(contract);
  return new Map(
    ["types.ts", "validators.ts"].map((name) => [
      name,
      doors.reduce((text, [door, path]) => text.replaceAll(door, path), files.get(name)),
    ]),
  );
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const folder = new URL("../runtime/session/generated/", import.meta.url);
  mkdirSync(folder, { recursive: true });
  for (const [name, text] of await sessionFrames(await import("../dist/generator/index.js"))) {
    writeFileSync(new URL(name, folder), text);
  }
}
