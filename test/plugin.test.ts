/** The plugin in real bundlers: what they build from, and what they show. */
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type BuildOptions, context, build as esbuild, type PluginBuild, transform } from "esbuild";
import { type Plugin as RollupPlugin, rollup } from "rollup";
import { createServer, type HMRPayload, build as vite } from "vite";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import webpack, { type Configuration } from "webpack";
import actionwire from "../generator/plugin/plugin.js";
import { asyncapi3, folder, message } from "./support/documents.js";
import { ROOT } from "./support/examples.js";

const api = (name: string) => asyncapi3({ receive: { [name]: message({ action: { const: name } }) } });
const CONFIG = JSON.stringify({ document: "api.json", out: "src/generated" });
const PAGE = '<!doctype html><script type="module" src="/src/main.js"></script>';
const MAIN =
  'import { TestClient } from "./generated/index.js";\ndocument.title = Object.getOwnPropertyNames(TestClient.prototype).join();\n';

/** An application whose generated code is not there yet, and the runtime as if it were installed. */
function application(document = api("say")): string {
  const here = folder({
    "api.json": document,
    "actionwire.config.json": CONFIG,
    "index.html": PAGE,
    "src/main.js": MAIN,
  });
  mkdirSync(join(here, "node_modules/@actionwire"), { recursive: true });
  symlinkSync(`${ROOT}runtime`, join(here, "node_modules/@actionwire/runtime"), "dir");
  return here;
}

describe("the plugin in a Vite build", () => {
  test("generates before it builds, so that nothing has to be there", async () => {
    const root = application();
    await vite({ root, logLevel: "silent", plugins: [actionwire.vite()], build: { minify: false } });
    expect(existsSync(join(root, "src/generated/client.ts"))).toBe(true);
    expect(existsSync(join(root, "dist/index.html"))).toBe(true);
  });

  test("makes the example, as its configuration says", async () => {
    const outDir = join(folder(), "dist");
    const here = `${ROOT}examples/vite`;
    await vite({ root: here, logLevel: "silent", configFile: false, plugins: [actionwire.vite()], build: { outDir } });
    expect(existsSync(join(outDir, "index.html"))).toBe(true);
    expect(readFileSync(`${here}/src/generated/client.ts`, "utf8")).toBe(
      readFileSync(`${ROOT}examples/tiny/generated/client.ts`, "utf8"),
    );
  });

  test("fails with the place and the lines around it where the document is wrong", async () => {
    const root = application(api("say").replace('"3.0.0"', '"9.0.0"'));
    const failed: unknown = await vite({ root, logLevel: "silent", plugins: [actionwire.vite()] }).catch(
      (error: unknown) => error,
    );
    expect(failed).toMatchObject({ message: expect.stringContaining("unsupported-version") });
    expect(failed).toMatchObject({ message: expect.not.stringMatching(/^\s+at /m) });
    expect(existsSync(join(root, "dist"))).toBe(false);
  });
});

describe("the plugin in Vite's development server", () => {
  test("generates again when the document changes, and tells pages what is wrong until it is mended", {
    timeout: 60_000,
  }, async () => {
    const root = application();
    const server = await createServer({
      root,
      logLevel: "silent",
      server: { port: 0, host: "127.0.0.1" },
      plugins: [actionwire.vite()],
    });
    onTestFinished(() => server.close());
    await server.listen();
    const sent: HMRPayload[] = [];
    const address = server.resolvedUrls?.local[0] ?? "";
    const socket = new (await import("ws")).WebSocket(
      `${address.replace("http", "ws")}?token=${server.config.webSocketToken}`,
      "vite-hmr",
    );
    onTestFinished(() => socket.terminate());
    socket.on("message", (data) => sent.push(JSON.parse(String(data)) as HMRPayload)); // Vite's own
    await vi.waitFor(() => expect(sent).toContainEqual({ type: "connected" }));
    const client = () => readFileSync(join(root, "src/generated/client.ts"), "utf8");
    expect(client()).toContain("sendSay(");

    writeFileSync(join(root, "api.json"), api("shout"));
    await vi.waitFor(() => expect(client()).toContain("sendShout("), { timeout: 10_000 });

    writeFileSync(join(root, "api.json"), api("shout").replace('"3.0.0"', '"9.0.0"'));
    const error = await vi.waitFor(
      () => {
        const found = sent.find((payload) => payload.type === "error");
        if (!found) throw new Error("nothing is shown yet");
        return found.err;
      },
      { timeout: 10_000 },
    );
    expect(error.message).toContain("unsupported-version");
    expect(error.loc).toEqual({ file: join(root, "api.json"), line: 2, column: expect.any(Number) });
    expect(error.frame).toMatch(/2 \| {3}"asyncapi": "9\.0\.0"/);
    expect(client()).toContain("sendShout(");

    // Two files saved together are two changes while one run goes on.
    for (const name of ["one", "two", "three"]) {
      writeFileSync(join(root, "actionwire.config.json"), `${CONFIG}\n`);
      writeFileSync(join(root, "api.json"), api(name));
    }
    await vi.waitFor(() => expect(client()).toContain("sendThree("), { timeout: 10_000 });
    const left = () => readdirSync(join(root, "src/generated")).filter((name) => name.endsWith(".tmp"));
    await vi.waitFor(() => expect(left()).toEqual([]), { timeout: 10_000 });

    writeFileSync(join(root, "api.json"), api("shout").replace('"3.0.0"', '"9.0.0"'));
    const shown = sent.length;
    await vi.waitFor(() => expect(sent.slice(shown).map(({ type }) => type)).toContain("error"), { timeout: 10_000 });
    sent.length = 0;
    writeFileSync(join(root, "api.json"), api("shout"));
    await vi.waitFor(() => expect(sent).toContainEqual(expect.objectContaining({ type: "full-reload" })), {
      timeout: 10_000,
    });
  });
});

describe("the plugin in esbuild", () => {
  const options = (here: string): BuildOptions & { write: false } => ({
    entryPoints: [join(here, "src/main.js")],
    bundle: true,
    write: false,
    format: "esm",
    logLevel: "silent",
  });

  test("generates before it builds", async () => {
    const here = application();
    const config = join(here, "actionwire.config.json");
    const { outputFiles } = await esbuild({ ...options(here), plugins: [actionwire.esbuild({ config })] });
    expect(outputFiles?.[0]?.text).toContain("sendSay(");
  });

  test("takes its working directory for the project's folder", async () => {
    const here = application();
    const { outputFiles } = await esbuild({ ...options(here), absWorkingDir: here, plugins: [actionwire.esbuild()] });
    expect(outputFiles?.[0]?.text).toContain("sendSay(");
  });

  test("fails with the place where the document is wrong", async () => {
    const here = application(api("say").replace('"3.0.0"', '"9.0.0"'));
    const plugins = [actionwire.esbuild({ config: join(here, "actionwire.config.json") })];
    const failed: unknown = await esbuild({ ...options(here), plugins }).catch((error: unknown) => error);
    const text = expect.stringContaining("unsupported-version");
    const location = expect.objectContaining({ file: expect.stringMatching(/api\.json$/), line: 2 });
    expect(failed).toHaveProperty("errors", expect.arrayContaining([expect.objectContaining({ text, location })]));
  });

  test("builds again when the document changes", { timeout: 60_000 }, async () => {
    const here = application();
    const built: string[] = [];
    const told = {
      name: "told",
      setup: (build: PluginBuild) => build.onEnd(({ outputFiles }) => void built.push(outputFiles?.[0]?.text ?? "")),
    };
    const plugins = [actionwire.esbuild({ config: join(here, "actionwire.config.json") }), told];
    const watching = await context({ ...options(here), plugins });
    onTestFinished(() => watching.dispose());
    await watching.watch();
    await vi.waitFor(() => expect(built.at(-1)).toContain("sendSay("), { timeout: 20_000 });
    writeFileSync(join(here, "api.json"), api("shout"));
    await vi.waitFor(() => expect(built.at(-1)).toContain("sendShout("), { timeout: 20_000 });
  });
});

describe("the plugin in webpack", () => {
  const options = (here: string): Configuration => ({
    context: here,
    entry: "./src/main.js",
    mode: "development",
    devtool: false,
    output: { path: join(here, "dist"), filename: "main.js" },
    resolve: { extensionAlias: { ".js": [".ts", ".js"] } },
    module: { rules: [{ test: /\.ts$/, loader: join(here, "strip.cjs") }] },
    plugins: [actionwire.webpack()],
  });
  /** What takes types away, as applications have it from a package. */
  const STRIP = `const { transformSync } = require(${JSON.stringify(join(ROOT, "node_modules/esbuild"))});
module.exports = (text) => transformSync(text, { loader: "ts", format: "esm" }).code;`;

  function project(document?: string): string {
    const here = application(document);
    writeFileSync(join(here, "strip.cjs"), STRIP);
    return here;
  }

  /** One build; the errors of it. */
  function built(here: string): Promise<readonly string[]> {
    const compiler = webpack(options(here));
    return new Promise((resolve, reject) => {
      compiler?.run((error, stats) => {
        const messages = stats?.toJson({ all: false, errors: true }).errors?.map(({ message }) => message) ?? [];
        compiler.close(() => (error ? reject(error) : resolve(messages)));
      });
    });
  }

  test("takes its context for the project's folder, and generates before it builds", async () => {
    const here = project();
    expect(await built(here)).toEqual([]);
    expect(readFileSync(join(here, "dist/main.js"), "utf8")).toContain("sendSay(");
  });

  test("fails with the place where the document is wrong", async () => {
    const errors = await built(project(api("say").replace('"3.0.0"', '"9.0.0"')));
    expect(errors.join("\n")).toMatch(/api\.json:2:\d+ error unsupported-version/);
  });

  test("builds again when the document changes", { timeout: 60_000 }, async () => {
    const here = project();
    const compiler = webpack(options(here));
    const watching = compiler?.watch({ aggregateTimeout: 20 }, () => {});
    onTestFinished(() => new Promise<void>((done) => watching?.close(() => done())));
    const bundle = () => readFileSync(join(here, "dist/main.js"), "utf8");
    await vi.waitFor(() => expect(bundle()).toContain("sendSay("), { timeout: 20_000 });
    writeFileSync(join(here, "api.json"), api("shout"));
    await vi.waitFor(() => expect(bundle()).toContain("sendShout("), { timeout: 20_000 });
  });
});

describe("the plugin in Rollup", () => {
  const types: RollupPlugin = {
    name: "types",
    resolveId: (id, from) =>
      from && id.startsWith("./generated/") ? join(from, "..", id.replace(/\.js$/, ".ts")) : null,
    transform: (text, id) =>
      id.endsWith(".ts") ? transform(text, { loader: "ts", format: "esm" }).then(({ code }) => code) : null,
  };
  const start = (here: string) =>
    rollup({
      input: join(here, "src/main.js"),
      external: (id) => id.startsWith("@actionwire/") || (id.startsWith("./") && !id.startsWith("./generated/")),
      plugins: [actionwire.rollup({ config: join(here, "actionwire.config.json") }), types],
    });

  test("generates before it builds", async () => {
    const here = application();
    const bundle = await start(here);
    onTestFinished(() => bundle.close());
    expect(existsSync(join(here, "src/generated/client.ts"))).toBe(true);
  });

  test("fails with the place and the lines around it where the document is wrong", async () => {
    const failed: unknown = await start(application(api("say").replace('"3.0.0"', '"9.0.0"'))).catch(
      (error: unknown) => error,
    );
    expect(failed).toMatchObject({ message: expect.stringContaining("unsupported-version"), loc: { line: 2 } });
  });
});
