/** What the licences of bundled packages ask for: their names and their texts, where the packages are handed on. */
import { readdirSync, readFileSync } from "node:fs";

/** The text about all packages that files of a bundle are from. */
export function notices(inputs, root) {
  const folders = new Set(inputs.flatMap((path) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path) ?? []));
  const all = [...folders].sort().map((folder) => noticeOf(`${root}${folder}`));
  return `Actionwire contains parts of these packages.\n\n${[...new Set(all)].join("\n")}`;
}

function noticeOf(folder) {
  const { name, version, license } = JSON.parse(readFileSync(`${folder}/package.json`, "utf8"));
  const file = readdirSync(folder).find((one) => /^(licen[cs]e|copying)([.-]|$)/i.test(one));
  if (file === undefined) throw new Error(`${name} has no text of its licence to hand on`);
  const text = readFileSync(`${folder}/${file}`, "utf8").replaceAll("\r\n", "\n").trim();
  return `${"-".repeat(80)}\n${name} ${version} (${license})\n\n${text}\n`;
}
