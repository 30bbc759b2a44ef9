/**
 * json-schema-to-typescript stumbles over members called `hasOwnProperty`, `__proto__` or by its own keywords, so it
 * sees numbers, and the names come back in what it printed.
 */
import { memberName } from "./literal-type.js";
import type { Shape } from "./shape.js";
import type { TypeNode } from "./type-syntax.js";

export class MemberNames {
  readonly #names: string[] = [];

  /** The shape with `_0`, `_1`, … for the names of members. */
  hide(shape: Shape): Shape {
    const { properties, required = [], items, anyOf, allOf, additionalProperties, additionalItems } = shape;
    const hidden = Object.entries(properties ?? {}).map(([name, member]) => ({
      name,
      key: `_${this.#names.push(name) - 1}`,
      member: this.hide(member),
    }));
    return {
      ...shape,
      ...(properties && {
        properties: Object.fromEntries(hidden.map(({ key, member }) => [key, member])),
        required: hidden.filter(({ name }) => required.includes(name)).map(({ key }) => key),
      }),
      ...(items && { items: isList(items) ? items.map((item) => this.hide(item)) : this.hide(items) }),
      ...(additionalItems && { additionalItems: this.hide(additionalItems) }),
      ...(additionalProperties && { additionalProperties: this.hide(additionalProperties) }),
      ...(anyOf && { anyOf: anyOf.map((one) => this.hide(one)) }),
      ...(allOf && { allOf: allOf.map((one) => this.hide(one)) }),
    };
  }

  show(type: TypeNode): TypeNode {
    if (type.kind === "array") return { ...type, of: this.show(type.of) };
    if (type.kind === "set") return { ...type, members: type.members.map((member) => this.show(member)) };
    if (type.kind === "tuple")
      return { ...type, places: type.places.map((place) => ({ ...place, type: this.show(place.type) })) };
    if (type.kind === "text") return type;
    return {
      ...type,
      members: type.members.map((member) => ({
        ...member,
        head: this.#head(member.head),
        type: this.show(member.type),
      })),
    };
  }

  #head(head: string): string {
    const [, index, optional = ""] = /^_(\d+)(\??)$/.exec(head) ?? [];
    const name = index === undefined ? undefined : this.#names[Number(index)];
    return name === undefined ? head : memberName(name) + optional;
  }
}

function isList(items: Shape | readonly Shape[]): items is readonly Shape[] {
  return Array.isArray(items);
}
