/**
 * Rules of configurations: which one is meant, and what it says.
 */
export const CONFIG = {
  "several-configs": {
    title: "there are two configurations",
    severity: "error",
    why: ["Which of them counts would be a guess."],
    mend: ["Keep one of them, or name one with --config."],
  },
  "no-config": {
    title: "there is no configuration",
    severity: "error",
    why: ["The plugin of a bundler is told by it what to generate, and looked in the project's folder."],
    mend: ["Write one with actionwire init, or name it: actionwire.vite({ config })."],
  },
  "unread-config": {
    title: "a file is called nearly as a configuration is",
    severity: "warning",
    why: ["Only actionwire.config.ts, .mjs, .js and .json are found, so what this one says does not count."],
    mend: ["Rename it, or name it with --config."],
  },
  "bad-config": {
    title: "a configuration that is a program gives none",
    severity: "error",
    why: ["It threw something, or has no default export that is an object."],
    mend: ["Export the configuration: export default defineConfig({ … })."],
  },
  "unknown-rule": {
    title: "a rule is named that there is not",
    severity: "error",
    why: ["A level for a misspelt rule would be heard by nobody."],
    mend: ["Correct the name; actionwire explain lists them."],
  },
  "unknown-contract": {
    title: "there is no file and no contract of this name",
    severity: "error",
    why: ["A word on the command line is a file where there is one, else a contract of the configuration."],
    mend: ["Correct the name, or the path."],
  },
  "no-document": {
    title: "a contract names no document",
    severity: "error",
    why: ["There is nothing that it could be generated from."],
    mend: ['Add "document" to its entry: the path of an AsyncAPI document or actions file.'],
  },
  "no-out": {
    title: "nothing says where to write",
    severity: "error",
    why: ["Files are written only where somebody said that they may be."],
    mend: ['Say --out <folder>, or "out" in the configuration.'],
  },
  "shared-out": {
    title: "two contracts are to be written to one place",
    severity: "error",
    why: [
      "Each has files of the same names, so the second would replace the first; and each adds to the routes file as it",
      "finds it, without what the other adds.",
    ],
    mend: ["Give each contract a folder and a routes file of its own."],
  },
} as const;
