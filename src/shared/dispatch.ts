/**
 * Calls the entry of a total table that belongs to the value's tag: a union member without an entry does not compile.
 *
 * @param rest what the entry gets besides the value
 * @param tag name of the field that tells the members of the union apart, as "type" or "kind"
 */
export function dispatch<
  Tag extends string,
  Union extends Readonly<Record<Tag, string>>,
  Result,
  Rest extends readonly unknown[] = []
>(
  tag: Tag,
  table: { readonly [T in Union[Tag]]: (value: Extract<Union, Readonly<Record<Tag, T>>>, ...rest: Rest) => Result },
  value: Union,
  ...rest: Rest
): Result {
  // TypeScript cannot see that the entry of the value's own tag accepts the value.
  const entry = table[value[tag]] as (value: Union, ...rest: Rest) => Result
  return entry(value, ...rest)
}
