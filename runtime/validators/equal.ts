/** Whether two JSON values say the same: members in any order, items in theirs. */
export function equal(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (typeof one !== "object" || typeof other !== "object" || one === null || other === null) return false;
  if (Array.isArray(one) || Array.isArray(other)) {
    if (!Array.isArray(one) || !Array.isArray(other) || one.length !== other.length) return false;
    return one.every((item, index) => equal(item, other[index]));
  }
  const keys = Object.keys(one);
  if (keys.length !== Object.keys(other).length) return false;
  return keys.every((key) => Object.hasOwn(other, key) && equal(member(one, key), member(other, key)));
}

function member(value: object, key: string): unknown {
  // Any object can be asked for any key; the answer is unknown.
  return (value as Readonly<Record<string, unknown>>)[key];
}
