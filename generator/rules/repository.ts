/**
 * Rules of what is checked in: generated files, and the user's routes.
 */
export const REPOSITORY = {
  "missing-output": {
    title: "a file that would be generated is not there",
    severity: "error",
    why: ["What is checked in is not what the document says; --check fails for it."],
    mend: ["Run actionwire generate and commit what it writes."],
  },
  "stale-file": {
    title: "a generated file is not what would be generated",
    severity: "error",
    why: ["The document was changed without generating again, or the file was changed by hand; --check fails for it."],
    mend: ["Run actionwire generate and commit what it writes."],
  },
  "orphaned-file": {
    title: "a generated file is generated no more",
    severity: "error",
    why: ["It is left over from what the document said before; --check fails for it."],
    mend: ["Run actionwire generate, which deletes it."],
  },
  "edited-file": {
    title: "a generated file was changed by hand",
    severity: "warning",
    why: [
      "Its text is not the one that the manifest beside it tells of.",
      "Where it is generated still, the change is lost; where it is not, the file is left to who changed it.",
    ],
    mend: ["Say in the document what the change was for, or write it in a file of your own."],
  },
  "missing-route": {
    title: "routes lack one that the contract asks for",
    severity: "error",
    why: ["The server cannot answer the action; --check fails for it."],
    mend: ["Run actionwire generate, which adds a stub, and fill it in."],
  },
  "stub-orphaned": {
    title: "a route is there that the contract does not ask for",
    severity: "error",
    milder: ["a warning where it is not checked for (--check)"],
    why: [
      "Its action was removed from the document, or has another name. The code is kept as it is, and TypeScript",
      "complains of it in that place.",
    ],
    mend: ["Take it away, with --prune if nobody filled it in; or tell its new name with --rename old=new."],
  },
  "routes-unreadable": {
    title: "the routes file cannot be parsed",
    severity: "error",
    why: ["Where a stub belongs can be found only in a file that is TypeScript, so it is left as it is."],
    mend: ["Mend the file and run again; or paste the stubs that are printed."],
  },
  "routes-not-found": {
    title: "nothing in the routes file is the interface",
    severity: "error",
    why: [
      "Stubs go into the object or class that is declared to be the generated interface, and none is, so the file is",
      "left as it is.",
    ],
    mend: ["Write: export const chatRoutes: ChatRoutes = { … }; or name another file with --routes."],
  },
  "routes-ambiguous": {
    title: "several places in the routes file are the interface",
    severity: "error",
    why: ["Which of them a stub belongs into would be a guess, so the file is left as it is."],
    mend: ["Leave one of them in this file, or paste the stubs that are printed."],
  },
  "routes-changed": {
    title: "the routes file was changed meanwhile",
    severity: "error",
    why: ["It is not the text any more that was read, and what was written since would be lost."],
    mend: ["Run again."],
  },
  "rename-taken": {
    title: "a route cannot have the name it is to get",
    severity: "error",
    why: ["Another in the same object or class has that name already."],
    mend: ["Take one of the two away."],
  },
  "unknown-rename": {
    title: "--rename names a route or an action that there is not",
    severity: "error",
    why: ["It says old=new: old stands in the routes file, and new in the contract."],
    mend: ["Correct the names."],
  },
} as const;
