/** Routes files as tests meet them: a contract of a few actions, the user's file beside it, and what TypeScript says of it. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { onTestFinished } from "vitest";
import { type Generated, type GenerateOptions, generate, type RoutesPlan } from "../../generator/index.js";
import { strictest } from "./compile.js";
import { folder } from "./documents.js";
import { ROOT } from "./examples.js";

export type Actions = Readonly<Record<string, object>>;

/** An action with a payload of these members, all texts. */
export function takes(...members: string[]): object {
  const properties = Object.fromEntries(members.map((name) => [name, { type: "string" }]));
  return { from: "client", payload: { type: "object", required: members, properties, additionalProperties: false } };
}

/** One that is answered with a text. */
export function asks(...members: string[]): object {
  const reply = { type: "object", required: ["text"], properties: { text: { type: "string" } } };
  return { ...takes(...members), reply };
}

/** A folder with a document and a routes file, in which `generate` can be run again and again. */
export class Repository {
  readonly path: string;
  readonly routesPath: string;

  constructor(actions: Actions, routes?: string | Buffer, path: string = folder()) {
    this.path = path;
    this.routesPath = join(path, "routes.ts");
    this.actions = actions;
    if (routes !== undefined) writeFileSync(this.routesPath, routes);
  }

  /** Inside this repository's tests, so that a compiler finds the runtime. */
  static compiled(actions: Actions, routes?: string): Repository {
    const path = mkdtempSync(join(ROOT, "test/.compile-"));
    onTestFinished(() => rmSync(path, { recursive: true, force: true }));
    return new Repository(actions, routes, path);
  }

  set actions(actions: Actions) {
    const document = { actionwire: 1, title: "Chat", version: "1.0.0", actions };
    writeFileSync(join(this.path, "chat.json"), JSON.stringify(document));
  }

  get routes(): string {
    return readFileSync(this.routesPath, "utf8");
  }

  set routes(text: string) {
    writeFileSync(this.routesPath, text);
  }

  async generate(options: Partial<GenerateOptions> = {}): Promise<Generated & { readonly routes: RoutesPlan }> {
    const out = join(this.path, "generated");
    const done = await generate(join(this.path, "chat.json"), { out, routes: this.routesPath, ...options });
    if (!done.routes) throw new Error("nothing was said of the routes file");
    return { ...done, routes: done.routes };
  }

  /** What the compiler says of the routes file, each with the text of the line it is said at. */
  errors(): string[] {
    const { target: _, lib: __, ...flags } = strictest("5.9");
    const { options } = ts.convertCompilerOptionsFromJson(
      { ...flags, target: "es2022", module: "nodenext" },
      this.path,
    );
    const program = ts.createProgram([this.routesPath], options);
    return ts.getPreEmitDiagnostics(program).map(({ file, start = 0, code, messageText }) => {
      const message = ts.flattenDiagnosticMessageText(messageText, " ");
      if (!file) return message;
      const { line } = file.getLineAndCharacterOfPosition(start);
      return `TS${code} ${file.text.split("\n")[line]?.trim()}`;
    });
  }
}
