/**
 * How the opening request says who is there.
 * AsyncAPI 2: https://www.asyncapi.com/docs/reference/specification/v2.6.0#securityRequirementObject
 * AsyncAPI 3: https://www.asyncapi.com/docs/reference/specification/v3.0.0#securitySchemeObject
 */
import type { SecurityScheme, TokenPlace } from "../contract.js";
import type { Node } from "../document.js";
import { didYouMean } from "../nearest.js";
import type { Problems } from "../problem.js";

/** Ways to say it, any of which will do; each takes all of its schemes. */
export type Ways = readonly (readonly SecurityScheme[])[];

/** AsyncAPI 2: several names in one requirement are all needed, of several requirements one is. */
export function requiredBy(owner: Node, root: Node, problems: Problems): Ways {
  const declared = root.get("components")?.get("securitySchemes");
  const requirements = owner.get("security")?.children() ?? [];
  return requirements.map((requirement) =>
    requirement.entries().flatMap(([name, place]) => {
      const scheme = declared?.get(name);
      if (scheme) return schemeOf(name, scheme, problems);
      const known = declared?.entries().map(([key]) => key) ?? [];
      const text = `there is no security scheme ${JSON.stringify(name)}; it is left out`;
      problems.warn("security-scheme", text, place, didYouMean(name, known));
      return [];
    }),
  );
}

/** AsyncAPI 3: a list of schemes, of which one is needed. */
export function listedBy(owner: Node, problems: Problems): Ways {
  return (owner.get("security")?.children() ?? []).map((scheme) => schemeOf(nameOf(scheme), scheme, problems));
}

/** Whether nobody is let in without: every server asks, and none of its ways is to say nothing, or what cannot be sent. */
export function isRequiredBy(servers: readonly Ways[]): boolean {
  return servers.length > 0 && servers.every((ways) => ways.length > 0 && ways.every((way) => way.length > 0));
}

/** What the servers ask for, else what the operations do; each way once, and none that asks for nothing. */
export function waysOf(servers: Ways, operations: Ways): Ways {
  const some = servers.some((way) => way.length > 0) ? servers : operations;
  return distinctWays(some.filter((way) => way.length > 0));
}

export function distinctWays(ways: Ways): Ways {
  return [...new Map(ways.map((way) => [JSON.stringify(way.map(({ key, place }) => [key, place])), way])).values()];
}

/** What the document calls a scheme: the key it is declared under; of one written in place, what tells it from others. */
function nameOf(scheme: Node): string {
  if (!/^\d+$/.test(scheme.key)) return scheme.key;
  return scheme.text("name") ?? scheme.text("scheme") ?? scheme.text("type") ?? scheme.key;
}

function schemeOf(key: string, scheme: Node, problems: Problems): SecurityScheme[] {
  const place = placeOf(scheme);
  const doc = scheme.text("description");
  if (place) return [{ key, ...(doc !== undefined && { doc }), place }];
  const kind = [scheme.text("type") ?? "no known kind", scheme.text("in") ?? []].flat().join(" in ");
  problems.warn(
    "security-scheme",
    `security scheme ${key} is ${kind}, which nothing in a WebSocket's opening request carries; it is left out`,
    scheme,
  );
  return [];
}

function placeOf(scheme: Node): TokenPlace | undefined {
  const name = scheme.text("name");
  const where = scheme.text("in");
  switch (scheme.text("type")?.toLowerCase()) {
    case "http":
      return httpPlace(scheme.text("scheme") ?? "bearer");
    case "oauth2":
    case "openidconnect":
      return httpPlace("bearer");
    case "userpassword":
      return { in: "header", name: "Authorization", basic: "login" };
    case "apikey":
      return where === "user" || where === "password"
        ? { in: "header", name: "Authorization", basic: where }
        : keyPlace(where, name);
    case "httpapikey":
      return keyPlace(where, name);
    default:
      return undefined;
  }
}

/** https://www.iana.org/assignments/http-authschemes: case does not matter, but most write it so. */
function httpPlace(scheme: string): TokenPlace {
  const lower = scheme.toLowerCase();
  if (lower === "basic") return { in: "header", name: "Authorization", basic: "login" };
  return { in: "header", name: "Authorization", prefix: lower === "bearer" ? "Bearer " : `${scheme} ` };
}

function keyPlace(where: string | undefined, name: string | undefined): TokenPlace | undefined {
  if (name === undefined) return undefined;
  if (where === "query") return { in: "query", name };
  if (where === "cookie") return { in: "header", name: "Cookie", prefix: `${name}=` };
  return where === "header" ? { in: "header", name } : undefined;
}
