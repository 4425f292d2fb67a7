import { goFloat } from '../go-number.js';
import { goQuote } from '../go-text.js';
import { ANY, type GoType } from './go-types.js';
import { type GoData, GoInteger, GoNamedText, GoNil, GoStruct, isGoMap, itemsOf, typeOfData } from './go-values.js';
import { sortedKeys } from './sorted-keys.js';

/** Data as Go's `%#v` prints it: `map[string]interface {}{"a":1}`. */
export function formatSyntax(data: GoData): string {
  if (data === null || data === undefined) return '<nil>';
  const type = typeOfData(data) as GoType;
  if (typeof data === 'string') return goQuote(data);
  if (data instanceof GoNamedText) return goQuote(data.value);
  if (typeof data === 'number') return goFloat(data);
  if (data instanceof GoInteger) return /^uint/.test(type.kind) ? `0x${data.value.toString(16)}` : String(data.value);
  if (typeof data === 'boolean') return String(data);
  if (data instanceof GoNil) return type.kind === 'ptr' ? `(${type.name})(nil)` : `${type.name}(nil)`;
  if (data instanceof GoStruct) return structSyntax(data);
  const inner = (item: GoData): string => innerSyntax(item, type);
  if (isGoMap(data))
    return `${type.name}{${sortedKeys(data)
      .map((key) => `${goQuote(key)}:${inner(data[key])}`)
      .join(', ')}}`;
  return `${type.name}{${itemsOf(data).map(inner).join(', ')}}`;
}

function innerSyntax(item: GoData, holder: GoType): string {
  if ((item === null || item === undefined) && holder.elem === ANY) return 'interface {}(nil)';
  return formatSyntax(item);
}

function structSyntax(data: GoStruct): string {
  const fields = Object.entries(data.fields).map(([name, item]) => {
    const nil = data.boxedFields.includes(name) && item === null;
    return `${name}:${nil ? 'interface {}(nil)' : formatSyntax(item)}`;
  });
  const pointer = data.type.kind === 'ptr';
  return `${pointer ? '&' : ''}${pointer ? data.type.name.slice(1) : data.type.name}{${fields.join(', ')}}`;
}
