/**
 * Reads the declaration that json-schema-to-typescript prints without its formatter: members on lines of their own, no
 * indentation, parentheses everywhere. The grammar is the little of TypeScript's that prepare.ts leads to.
 */
import { type Token, tokens } from "./type-tokens.js";

export type TypeNode =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "array"; readonly of: TypeNode }
  | { readonly kind: "tuple"; readonly places: readonly Place[] }
  | { readonly kind: "set"; readonly sign: "|" | "&"; readonly members: readonly TypeNode[] }
  | { readonly kind: "object"; readonly members: readonly Member[] };

export interface Place {
  readonly rest: boolean;
  readonly optional: boolean;
  readonly type: TypeNode;
}

export interface Member {
  readonly comment: string | undefined;
  /** `room`, `"a b"?`, `[k: string]` */
  readonly head: string;
  readonly type: TypeNode;
}

export interface Declaration {
  readonly comment: string | undefined;
  readonly interface: boolean;
  readonly type: TypeNode;
}

export function readDeclaration(text: string): Declaration {
  const reader = new Reader(tokens(text));
  const comment = reader.comment();
  reader.expect("export");
  const word = reader.next().text;
  reader.next(); // the name, which is not the final one
  if (word === "type") reader.expect("=");
  const type = reader.type();
  reader.end();
  return { comment, interface: word === "interface", type };
}

class Reader {
  readonly #tokens: readonly Token[];
  #at = 0;

  constructor(all: readonly Token[]) {
    this.#tokens = all;
  }

  comment(): string | undefined {
    return this.#peek()?.kind === "comment" ? this.next().text : undefined;
  }

  type(): TypeNode {
    return this.#set("|", () => this.#set("&", () => this.#suffixed()));
  }

  #set(sign: "|" | "&", part: () => TypeNode): TypeNode {
    const members = [part()];
    while (this.#take(sign)) members.push(part());
    const flat = members.flatMap((member) =>
      member.kind === "set" && member.sign === sign ? member.members : [member],
    );
    return flat.length === 1 ? (flat[0] ?? { kind: "text", text: "never" }) : { kind: "set", sign, members: flat };
  }

  #suffixed(): TypeNode {
    let type = this.#primary();
    // A bracket on a new line begins an index signature.
    while (this.#peek()?.text === "[" && !this.#peek()?.newLine) {
      this.next();
      const member = this.#peek()?.kind === "text" ? this.next().text : undefined;
      this.expect("]");
      type =
        member && type.kind === "text"
          ? { kind: "text", text: `${type.text}[${member}]` }
          : { kind: "array", of: type };
    }
    return type;
  }

  #primary(): TypeNode {
    if (this.#take("(")) {
      const inner = this.type();
      this.expect(")");
      return inner;
    }
    if (this.#take("{")) return this.#object();
    if (this.#take("[")) return this.#tuple();
    const { text } = this.next();
    if (!this.#take("<")) return { kind: "text", text };
    const key = this.next().text;
    this.expect(",");
    const value = this.next().text;
    this.expect(">");
    return { kind: "text", text: `${text}<${key}, ${value}>` };
  }

  #object(): TypeNode {
    const members: Member[] = [];
    while (!this.#take("}")) {
      const comment = this.comment();
      const head = this.#take("[") ? this.#signature() : this.next().text + (this.#take("?") ? "?" : "");
      this.expect(":");
      members.push({ comment, head, type: this.type() });
      this.#take(";");
    }
    return { kind: "object", members };
  }

  #signature(): string {
    while (!this.#take("]")) this.next();
    return "[key: string]";
  }

  /** A place that may hold `undefined` may be missing: JSON has no such value. */
  #tuple(): TypeNode {
    const places: Place[] = [];
    while (!this.#take("]")) {
      const rest = this.#take("...");
      const type = this.type();
      if (rest && type.kind === "array") places.push({ rest, optional: false, type });
      else places.push({ rest, optional: mayMiss(type), type: present(type) });
      this.#take(",");
    }
    return { kind: "tuple", places };
  }

  next(): Token {
    const token = this.#tokens[this.#at++];
    if (!token) throw new Error("json-schema-to-typescript: the declaration ends too early");
    return token;
  }

  expect(text: string): void {
    const token = this.next();
    if (token.text !== text) throw new Error(`json-schema-to-typescript: ${token.text} where ${text} was expected`);
  }

  end(): void {
    this.#take(";");
    if (this.#at < this.#tokens.length) throw new Error("json-schema-to-typescript: more than one declaration");
  }

  #peek(): Token | undefined {
    return this.#tokens[this.#at];
  }

  #take(text: string): boolean {
    const found = this.#peek()?.text === text;
    if (found) this.#at++;
    return found;
  }
}

function mayMiss(type: TypeNode): boolean {
  return type.kind === "set" && type.sign === "|" && type.members.some(isUndefined);
}

function present(type: TypeNode): TypeNode {
  if (type.kind !== "set" || !mayMiss(type)) return type;
  const members = type.members.filter((member) => !isUndefined(member));
  return members.length === 1 ? (members[0] ?? type) : { ...type, members };
}

function isUndefined(type: TypeNode): boolean {
  return type.kind === "text" && type.text === "undefined";
}
