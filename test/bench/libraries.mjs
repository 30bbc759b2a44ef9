/**
 * What the libraries behind a generator cost by themselves, for who compares: `yaml` reads a document, `ajv` prints a
 * validator for each of its messages, as it does by default. No types, no client, no checks, no places.
 * `node test/bench/libraries.mjs <document>`
 */
import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import standalone from "ajv/dist/standalone/index.js";
import addFormats from "ajv-formats";
import { parseDocument } from "yaml";

const document = parseDocument(readFileSync(process.argv[2], "utf8")).toJS();
const ajv = new Ajv2020({ strict: false, code: { source: true, esm: true } });
addFormats.default(ajv);
ajv.addSchema({ $id: "api:all", components: document.components });
const names = Object.keys(document.components.messages);
for (const name of names) ajv.addSchema({ $ref: `api:all#/components/messages/${name}/payload` }, name);
const text = standalone.default(ajv, Object.fromEntries(names.map((name) => [name, name])));
console.log(`${names.length} messages, ${Math.round(text.length / 1000)} kB of validators`);
