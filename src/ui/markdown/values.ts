/**
 * Bold, code or emphasis, as the labs' Markdown has them. Emphasis begins and ends at a word, so that `*.yaml`, `a*b` and
 * `2 * 3` stay what they are.
 */
export const INLINE_MARKS =
  /\*\*(.+?)\*\*|`([^`]+)`|(?<![\p{L}\p{N}*/_.-])\*(?=[\p{L}\p{N}])([^*`]*[\p{L}\p{N}.,;:!?)])\*(?![\p{L}\p{N}*/_-])/gu;
const SIGNS = '¹²³⁴⁵⁶⁷⁸⁹';
/** Code that can be typed as it stands: a path, an address, `name=value`, a command with its words. */
const TYPED_CODE = /^~?\/|:\/\/|=|\s/;

/**
 * The values a task names, in order, each once: names in bold, and code that is a path, an address, an assignment or a
 * command. Other code (`kind/name`) says what something looks like and is no value.
 */
export function valuesIn(source: string): string[] {
  const values = [...source.matchAll(INLINE_MARKS)].flatMap(([, bold, code]) => {
    if (bold !== undefined) return [bold];
    return code !== undefined && TYPED_CODE.test(code) ? [code] : [];
  });
  return [...new Set(values)].slice(0, SIGNS.length);
}

/** The mark that stands behind a value: its number counted from 1, raised. Empty for those that have none. */
export function valueMark(number: number): string {
  return SIGNS[number - 1] ?? '';
}
