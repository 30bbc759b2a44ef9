/**
 * The generator as a plugin of bundlers: it runs before they build, and again when something changes that was read.
 * `import actionwire from "actionwire/plugin"`, then `actionwire.vite()`, `.webpack()`, `.rollup()`, `.esbuild()`, `.rspack()`.
 */
import { resolve } from "node:path";
import { setTimeout } from "node:timers/promises";
import { createUnplugin, type UnpluginInstance } from "unplugin";
import type { ViteDevServer } from "vite";
import { BuildError, messageOf, shownOf, textOf } from "./build-error.js";
import { type Outcome, type PluginOptions, regenerate } from "./regenerate.js";

/** Milliseconds for which files are left to who writes them: editors empty a file first. */
const SETTLING = 25;

export type { PluginOptions } from "./regenerate.js";

/** What webpack and Rspack have in common. */
interface Compiler {
  /** The project's folder; the working directory may be another. */
  readonly context: string;
  readonly hooks: Readonly<Record<"run" | "watchRun", Hook>>;
}

interface Hook {
  tapPromise(name: string, work: () => Promise<void>): void;
}

const actionwire: UnpluginInstance<PluginOptions | undefined, false> = createUnplugin<PluginOptions | undefined, false>(
  (options = {}, { framework }) => {
    let folder = process.cwd();
    let isServer = false;
    let times = 0;
    let last: Outcome | undefined;

    async function run(): Promise<Outcome> {
      last = await regenerate(folder, options, times++ > 0);
      return last;
    }

    /** Its `make`, which is where unplugin starts a build, goes on meanwhile: what it looks for would not be there yet. */
    function beforeMaking({ context, hooks }: Compiler): void {
      folder = context;
      for (const hook of [hooks.run, hooks.watchRun]) hook.tapPromise("actionwire", async () => void (await run()));
    }

    return {
      name: "actionwire",
      async buildStart() {
        if (framework === "esbuild") return; // which is told in its own words
        const isMaking = framework === "webpack" || framework === "rspack";
        const { read, errors } = isMaking && last ? last : await run();
        for (const path of read) this.addWatchFile(path);
        if (errors.length === 0 || isServer) return;
        const native = this.getNativeBuildContext?.();
        if (native?.framework !== "webpack" && native?.framework !== "rspack") throw new BuildError(shownOf(errors));
        // A build that goes on watching; where and why stands in the words, as these show nothing else.
        native.compilation?.errors.push(textOf(errors));
      },
      esbuild: {
        setup(build) {
          folder = build.initialOptions.absWorkingDir ?? folder;
          build.onStart(async () => ({ errors: (await run()).errors.map(messageOf) }));
          // Nothing is resolved here; it is the place where files to watch are named.
          build.onResolve({ filter: /.*/ }, () => ({ watchFiles: [...(last?.read ?? [])] }));
        },
      },
      webpack: beforeMaking,
      rspack: beforeMaking,
      vite: {
        configResolved({ root, command }) {
          folder = root;
          isServer = command === "serve";
        },
        configureServer(server) {
          serve(server, () => last, run);
        },
      },
    };
  },
);

export default actionwire;

/** A development server goes on with what was generated last, and shows over the page what is wrong. */
function serve(server: ViteDevServer, last: () => Outcome | undefined, run: () => Promise<Outcome>): void {
  const show = (errors: Outcome["errors"]): void => server.ws.send({ type: "error", err: { ...shownOf(errors) } });
  server.ws.on("connection", () => {
    const errors = last()?.errors ?? [];
    if (errors.length > 0) show(errors);
  });
  let isStale = false;
  let isRunning = false;
  server.watcher.on("all", (_, path) => {
    if (!last()?.read.has(resolve(path))) return;
    isStale = true;
    if (!isRunning) void runAll();
  });

  /** One run after the other: what changes during one is seen by the next. */
  async function runAll(): Promise<void> {
    isRunning = true;
    try {
      await runWhileStale();
    } catch (error) {
      server.config.logger.error(`actionwire: ${error instanceof Error ? error.stack : String(error)}`); // a mistake of ours
    }
    isRunning = false;
  }

  async function runWhileStale(): Promise<void> {
    while (isStale) {
      isStale = false;
      await setTimeout(SETTLING);
      const before = last()?.errors ?? [];
      const { read, errors } = await run();
      server.watcher.add([...read]);
      if (errors.length > 0) show(errors);
      else if (before.length > 0) server.ws.send({ type: "full-reload" }); // takes the overlay away
    }
  }
}
