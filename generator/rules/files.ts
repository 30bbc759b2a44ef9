/**
 * Rules of files: those that are read, and those that are written.
 */
export const FILES = {
  "missing-file": {
    title: "there is no such file",
    severity: "error",
    yields: true,
    why: [
      "The document, or a file that it refers to, is not where it is looked for.",
      "References count from the file that they stand in.",
    ],
    mend: ["Correct the path.", "A file beside it with nearly the same name is suggested."],
  },
  "is-directory": {
    title: "a directory is named where a file is meant",
    severity: "error",
    yields: true,
    why: ["A document is one file, which may refer to others; nothing searches a directory for it."],
    mend: ["Name the file in the directory."],
  },
  "not-a-file": {
    title: "the path is that of a pipe, a socket or a device",
    severity: "error",
    yields: true,
    why: ["Reading a pipe could wait for ever and reading a device could never end, so only regular files are read."],
    mend: ["Save the document as a file."],
  },
  "unreadable-file": {
    title: "the file is there and cannot be read",
    severity: "error",
    yields: true,
    why: [
      "The file system refuses it; the message says with which code, such as EACCES where this user may not read it.",
    ],
    mend: ["Mend what the code says, mostly the file's permissions."],
  },
  "too-big": {
    title: "the file is too large",
    severity: "error",
    yields: true,
    why: [
      "A file may have 32 MiB.",
      "The bound keeps a hostile or mistaken input from exhausting the machine; documents are far smaller.",
    ],
    mend: ["Check that this is the document that is meant.", "If it is, split it with $ref."],
  },
  "binary-file": {
    title: "the file is no text",
    severity: "error",
    yields: true,
    why: [
      "The file holds zero bytes, which no YAML and no JSON has.",
      "It is probably an archive, a picture or a compiled file.",
    ],
    mend: ["Name the document itself."],
  },
  "not-utf8": {
    title: "the file is not UTF-8 text",
    severity: "error",
    yields: true,
    why: [
      "YAML and JSON are written in UTF-8 (or UTF-16, with a byte order mark).",
      "Read in another encoding, names and constants would change unnoticed.",
    ],
    mend: ["Save the file as UTF-8."],
  },
  "empty-file": {
    title: "the file is empty",
    severity: "error",
    yields: true,
    why: ["The file holds nothing, or nothing but comments, so it says nothing that could be generated from."],
    mend: ['Begin with "asyncapi: 3.0.0" or "actionwire: 1".'],
    example: {
      wrong: ["# chat.yaml"],
      right: ["actionwire: 1", "title: Chat", "actions:", "  join: { from: client }"],
    },
  },
  "remote-ref": {
    title: "a reference leads to the network",
    severity: "error",
    yields: true,
    why: [
      "What a server sends may change from run to run, and asking tells it who asks.",
      "So http addresses are fetched only when that is allowed.",
    ],
    mend: ["Keep a copy beside the document and refer to that, or pass --allow-remote."],
    example: {
      wrong: ['$ref: "https://example.com/user.json"'],
      right: ["type: object"],
    },
  },
  "remote-failed": {
    title: "a remote file could not be fetched",
    severity: "error",
    yields: true,
    why: [
      "Remote references are allowed, but the server was not reached, answered with an error or answered too late.",
    ],
    mend: ["Check the address and the network, or keep a copy beside the document."],
  },
  "outside-root": {
    title: "a reference leaves the document's folder",
    severity: "error",
    yields: true,
    why: [
      "A document may refer to files below the working directory, or below its own folder where that is elsewhere.",
      "A document that somebody sends you could otherwise have any file of yours read.",
    ],
    mend: ["Move the file inside, or pass --root with a folder that contains it, if it is meant to be read."],
  },
  "too-many-files": {
    title: "the document has too many files",
    severity: "error",
    yields: true,
    why: [
      "A document may have 1000 files.",
      "The bound keeps a hostile or mistaken input from being followed for ever.",
    ],
    mend: ["Bundle what belongs together into fewer files."],
  },
  "out-path": {
    title: "the folder for generated files cannot be written",
    severity: "error",
    why: [
      "The file system does not let the path of --out be a folder that is written to; the message says why.",
      "Nothing was written.",
    ],
    mend: ["Name another folder with --out, or mend what is in the way."],
  },
  "routes-path": {
    title: "the routes file cannot be at this path",
    severity: "error",
    why: ["The routes file is yours: it needs a name, is no folder, and is not in the folder that the tool owns."],
    mend: ["Name a file of your own with --routes, outside of --out."],
  },
  "not-ours": {
    title: "a file that somebody else wrote is in the way",
    severity: "error",
    why: [
      "A file in the output folder has the name of a generated one and does not begin with the generator's header.",
      "It may be your work.",
      "Nothing is overwritten, and nothing was written.",
    ],
    mend: ["Move the file away, or choose another folder with --out."],
  },
  "file-system": {
    title: "the file system refuses something",
    severity: "error",
    why: ["A file could not be read or written; the message says which, and why, in the system's own words."],
    mend: ["Mend what it says, mostly a permission or a full disk, and run again."],
  },
} as const;
