/**
 * The words of a command, before yargs reads them: it knows no nearest option, takes `--check=maybe` for a no and `--no-out`
 * for a value.
 */
import { didYouMean, nearest } from "../nearest.js";
import { UsageError } from "./usage-error.js";

/** What is asked of an option here; all but booleans take a value. */
interface Option {
  readonly type?: "string" | "boolean";
  readonly choices?: readonly string[];
  readonly describe?: string;
}

/** Options by their names. */
type Known = Readonly<Record<string, Option>>;

/** Commands by their names, each with its options. */
type Commands = Readonly<Record<string, Known>>;

/** What every command takes, and none needs. */
const COMMON = ["help", "version"];

/** Throws UsageError, with a line for each word that cannot be meant. */
export function checkWords(argv: readonly string[], commands: Commands): void {
  const [first] = argv;
  const end = argv.indexOf("--");
  const words = end < 0 ? argv : argv.slice(0, end);
  if (first === undefined || first === "--get-yargs-completions") return;
  if (words.some((word) => word === "--help" || word === "--version")) return;
  if (first.startsWith("-")) throw new UsageError(beforeCommand(first, commands));
  if (!Object.hasOwn(commands, first)) throw new UsageError(noCommand(first, commands));
  const known = spelt(commands[first]);
  const wrong = words.flatMap((word, index): string[] => {
    if (!isOption(word)) return [];
    const option = word.startsWith("--") ? known.get(nameIn(word)) : undefined;
    if (!option) return [noOption(word, first, commands)];
    return wrongValue(word, words[index + 1], option);
  });
  if (wrong.length > 0) throw new UsageError([...new Set(wrong)].join("\n"));
}

function noCommand(word: string, commands: Commands): string {
  const common = COMMON.find((one) => one === word);
  const near = common ? `did you mean "--${common}"?` : didYouMean(word, Object.keys(commands));
  const hint = /[./\\]/.test(word) ? "say what to do with it: actionwire generate <file>" : near;
  return `There is no command ${JSON.stringify(word)}${hint ? `; ${hint}` : "."}`;
}

function beforeCommand(word: string, commands: Commands): string {
  const name = nameIn(word);
  const isKnown = Object.values(commands).some((options) => spelt(options).has(name));
  const near = isKnown ? undefined : nearOption(name, COMMON);
  if (near) return `There is no option ${word}; ${near}`;
  return `The command comes first, then its options: actionwire generate <file> ${word}`;
}

function noOption(word: string, command: string, commands: Commands): string {
  const name = nameIn(word);
  const said = `There is no option ${withoutValue(word)}`;
  const others = Object.keys(commands).filter((other) => other !== command && spelt(commands[other]).has(name));
  if (others.length > 0)
    return `${said} of ${command}; ${others.join(" and ")} ${others.length > 1 ? "take" : "takes"} it.`;
  const near = nearOption(name, [...spelt(commands[command]).keys(), ...COMMON]);
  return near ? `${said}; ${near}` : `${said} of ${command}.`;
}

function wrongValue(word: string, next: string | undefined, { type, choices, describe = "" }: Option): string[] {
  const option = withoutValue(word);
  const given = option === word ? undefined : word.slice(option.length + 1);
  if (type === "boolean") {
    const isTaken = given === undefined || (/^(?:true|false)$/.test(given) && !option.startsWith("--no-"));
    return isTaken ? [] : [`${option} is said or left out: it takes no ${JSON.stringify(given)}.`];
  }
  const value = given ?? (next === undefined || isOption(next) ? "" : next);
  const isStdin = value === "-" && option !== "--from"; // `init` has its own word for it
  if (value === "" || isStdin) {
    return [`${option} needs a value: ${choices ? choices.join(" or ") : describe.replace(/ \[default.*$/, "")}.`];
  }
  if (!choices || choices.includes(value)) return [];
  const near = didYouMean(value, choices);
  return [`${option} takes ${choices.join(" or ")}, not ${JSON.stringify(value)}${near ? `; ${near}` : "."}`];
}

/** A number below zero is a value, as a single dash is. */
function isOption(word: string): boolean {
  return /^-\D/.test(word);
}

function withoutValue(word: string): string {
  return word.replace(/=.*$/s, "");
}

function nameIn(word: string): string {
  return withoutValue(word).replace(/^--?/, "");
}

/** All that options may be called: also in camelCase, and a word's opposite. */
function spelt(options: Known = {}): ReadonlyMap<string, Option> {
  const named = Object.entries(options).flatMap(([name, option]) => {
    const names = [name, camelCase(name)];
    const hasOpposite = option.type === "boolean" && !name.startsWith("no-");
    const opposites = hasOpposite ? names.flatMap((one) => [`no-${one}`, camelCase(`no-${one}`)]) : [];
    return [...names, ...opposites].map((one) => [one, option] as const);
  });
  return new Map(named);
}

function camelCase(name: string): string {
  return name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
}

/** The only one that begins so, else the nearest. */
function nearOption(name: string, names: readonly string[]): string | undefined {
  const kebab = names.filter((one) => !/[A-Z]/.test(one));
  const word = name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  const begun = kebab.filter((one) => one.startsWith(word));
  const found = begun.length === 1 ? begun[0] : nearest(word, kebab);
  return found === undefined ? undefined : `did you mean "--${found}"?`;
}
