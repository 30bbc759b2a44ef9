/**
 * The part of `client.ts` that says who connects: a type of what the security schemes take, and the option that gives it.
 */
import type { Connection, SecurityScheme } from "../generator/contract.js";
import { alternatives } from "./alternatives.js";
import { type Code, code, id, join, key, raw } from "./code.js";
import { doc } from "./doc.js";
import { runtimeType } from "./symbols.js";

export function credentials({ names, security }: Connection): Code[] {
  if (names.credentials === undefined) return [];
  const ways = alternatives(security.map((way) => code`{ ${join(way.map(member), "; ")} }`));
  return [
    code`
      ${doc({ text: words(security.flat()) })}
      export type ${id(names.credentials)} =${ways};
    `,
  ];
}

export function credentialsMember({ names, requiresCredentials }: Connection): Code | undefined {
  if (names.credentials === undefined) return undefined;
  const type = id(names.credentials);
  const text = "Who connects; asked before every attempt, instead of `token`.";
  const also = "The document requires one of them, or a cookie.";
  return code`
    ${doc({ text }, requiresCredentials && also)}
    credentials?: () => ${type} | Promise<${type}>;
  `;
}

function member({ key: name, place }: SecurityScheme): Code {
  const isLogin = place.in === "header" && place.basic === "login";
  return code`readonly ${key(name)}: ${isLogin ? runtimeType("Login") : raw("string")}`;
}

/** The document says of each scheme what it is for. */
function words(schemes: readonly SecurityScheme[]): string {
  const said = new Map(schemes.flatMap(({ key, doc }) => (doc === undefined ? [] : [[key, doc.trim()] as const])));
  return ["Who connects, in any of the ways that the document allows.", ...[...said].map((one) => one.join(": "))].join(
    "\n\n",
  );
}
