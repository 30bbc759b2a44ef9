/** Times and weighs validators of payloads: ours and ajv's in turns, so that what else the machine does hits both. */
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { draftOf } from "../drafts.js";
import type { Json } from "../json.js";
import { ajv, PEERS, runStandalone, standalone } from "../peers/ajv-instance.js";
import { Actionwire, HELPERS, validatorIn } from "../tools/actionwire.js";
import type { Payload } from "./payloads.js";
import type { Speed } from "./speed.js";

type Validator = (value: Json) => boolean;

const ROUNDS = 12;
/** Nanoseconds: of a round, and of what comes before any counts, while the engine still compiles. */
const ROUND = 10_000_000;
const WARMING = 200_000_000;
/** Both at equal settings: they stop at the first error, or tell all. */
const SETTINGS = ["first", "all"] as const;
type Errors = (typeof SETTINGS)[number];

async function speedOf({ name, schema, valid, invalid }: Payload, errors: Errors): Promise<Speed> {
  const draft = draftOf(schema);
  const generator = new Actionwire({ impliedTypes: false, formats: "annotated", errors });
  const { files, root } = await generator.emit(schema, draft);
  const code = files.get("validators.ts") ?? "";
  const { validate: own, unusable } = await validatorIn(code, root);
  if (!own) throw new Error(unusable);
  const made = ajv(draft, { allErrors: errors === "all", code: { source: true } }, false);
  const printed = standalone(made, made.compile(schema));
  const other = runStandalone(printed);
  if (!own(valid) || own(invalid) || !other(valid) || other(invalid)) throw new Error("wrong about the value");
  return {
    name: label(name, errors),
    valid: turns(own, other, valid),
    invalid: turns(own, other, invalid),
    size: [await size(`${code}\nexport { ${root} as default };`), await size(printed)],
  };
}

function label(name: string, errors: Errors): string {
  return errors === "first" ? name : `${name}, all errors`;
}

/** The best round of each. */
function turns(own: Validator, other: Validator, value: Json): [number, number] {
  for (const validate of [own, other]) warm(validate, value);
  const times = [own, other].map((validate) => ({ validate, calls: callsFor(validate, value), best: Infinity }));
  for (let round = 0; round < ROUNDS; round++) {
    for (const one of times) one.best = Math.min(one.best, timed(one.validate, value, one.calls) / one.calls);
  }
  return [times[0]?.best ?? Number.NaN, times[1]?.best ?? Number.NaN];
}

function warm(validate: Validator, value: Json): void {
  for (let spent = 0; spent < WARMING; ) spent += timed(validate, value, 200);
}

function callsFor(validate: Validator, value: Json): number {
  for (let calls = 100; ; calls *= 2) if (timed(validate, value, calls) > ROUND) return calls;
}

function timed(validate: Validator, value: Json, calls: number): number {
  const start = process.hrtime.bigint();
  for (let call = 0; call < calls; call++) validate(value);
  return Number(process.hrtime.bigint() - start);
}

/** What it adds to a page. */
async function size(contents: string): Promise<number> {
  const { outputFiles } = await build({
    stdin: { contents, loader: "ts", resolveDir: PEERS },
    alias: { "@actionwire/runtime/validators": fileURLToPath(HELPERS) },
    bundle: true,
    minify: true,
    format: "esm",
    platform: "neutral",
    mainFields: ["module", "main"],
    target: "es2022",
    write: false,
    logLevel: "silent",
  });
  return gzipSync(outputFiles[0]?.contents ?? "", { level: 9 }).length;
}

process.once("message", async (payloads: readonly Payload[]) => {
  const speeds: Speed[] = [];
  for (const [payload, errors] of payloads.flatMap((one) => SETTINGS.map((setting) => [one, setting] as const))) {
    try {
      speeds.push(await speedOf(payload, errors));
    } catch (error) {
      const none = [Number.NaN, Number.NaN] as const;
      speeds.push({ name: label(payload.name, errors), error: String(error), valid: none, invalid: none, size: none });
    }
  }
  process.send?.(speeds);
});
