/**
 * Findings as SARIF, for code scanning. https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/sarif-v2.1.0-os.html
 */
import { packageVersion } from "../package.js";
import { RULES, type RuleId } from "../rules/rules.js";
import { type Finding, NOWHERE } from "./finding.js";
import { said } from "./said.js";

/** What paths count from: the working directory, which in a pipeline is the repository's. */
const ROOT = "%SRCROOT%";

export function sarif(findings: readonly Finding[]): string {
  const ids = [...new Set(findings.map(({ rule }) => rule))].sort();
  const log = {
    $schema: "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: "actionwire", version: packageVersion(), rules: ids.map(ruleOf) } },
        columnKind: "utf16CodeUnits",
        originalUriBaseIds: { [ROOT]: { description: { text: "The working directory." } } },
        results: findings.map((finding) => ({
          ruleId: finding.rule,
          ruleIndex: ids.indexOf(finding.rule),
          level: finding.severity,
          message: { text: said(finding) },
          locations: [locationOf(finding)],
          partialFingerprints: { "actionwire/v1": finding.fingerprint },
        })),
      },
    ],
  };
  return JSON.stringify(log, undefined, 2);
}

function ruleOf(id: RuleId): object {
  const { title, why, mend, severity } = RULES[id];
  return {
    id,
    shortDescription: { text: title },
    fullDescription: { text: why.join(" ") },
    help: { text: mend.join(" ") },
    defaultConfiguration: { level: severity },
  };
}

/** One in any case: GitHub takes no result without. */
function locationOf({ file = NOWHERE.file, line = NOWHERE.line, column, pointer }: Finding): object {
  const region = { startLine: line, ...(column !== undefined && { startColumn: column }) };
  return {
    physicalLocation: { artifactLocation: artifactOf(file), region },
    ...(pointer && { logicalLocations: [{ fullyQualifiedName: pointer }] }),
  };
}

/** Each segment by itself (RFC 3986, 3.3); a colon is escaped, too, which in the first would end a scheme. */
function artifactOf(file: string): object {
  if (/^https?:\/\//.test(file)) return { uri: file };
  const segments = file.replace(/\p{Surrogate}/gu, "\ufffd").split("/");
  return { uri: segments.map(encodeURIComponent).join("/"), uriBaseId: ROOT };
}
