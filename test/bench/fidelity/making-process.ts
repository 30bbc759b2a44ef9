/** Makes what it is sent with the tool it is called with. */
import { DIALECTS } from "./drafts.js";
import type { Json } from "./json.js";
import type { Result, Task } from "./making.js";
import { remote, serve } from "./remotes.js";
import type { Made, Tool } from "./tool.js";
import { listed } from "./tools.js";

const [, , name = ""] = process.argv;
const answers = await remote();
serve(answers);
const tool = await listed(name).load();
for (const method of ["log", "warn", "error", "info", "debug"] as const) console[method] = () => {};
process.on("uncaughtException", () => {}); // of a case that has had its answer
process.on("unhandledRejection", () => {});

async function run(task: Task, by: Tool): Promise<Result> {
  const { id, schema, draft, values } = task;
  const start = performance.now();
  try {
    const made = await by.make(structuredClone(schema), { draft, dialect: DIALECTS[draft], remote: answers });
    const { types, unusable } = made;
    const milliseconds = made.milliseconds ?? performance.now() - start;
    const verdicts = verdictsOf(made, values);
    return { id, milliseconds, ...(types && { types }), ...(verdicts && { verdicts }), ...(unusable && { unusable }) };
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    return { id, error: text.slice(0, 400) || "error" };
  }
}

function verdictsOf({ validate }: Made, values: readonly Json[]): (boolean | null)[] | undefined {
  if (!validate) return undefined;
  return values.map((value) => {
    try {
      return validate(value);
    } catch {
      return null;
    }
  });
}

process.on("message", async (task: Task) => process.send?.(await run(task, tool)));
process.send?.({ ready: true });
