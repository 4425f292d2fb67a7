import { printData } from '../../../api/go-template/format-value.js';
import { textOf } from '../../../api/go-template/go-bytes.js';
import { type GoData, itemsOf, typeOfData } from '../../../api/go-template/go-values.js';

/** Data as Sprig makes a text of it (strval): bytes as they are, all else as it is printed. */
export function textOfData(data: GoData): string {
  return data instanceof Uint8Array ? textOf(data) : printData(data);
}

/** Data as a list of texts (strslice): nil is left out, what is no list is a list of one. */
export function textsOf(data: GoData): string[] {
  if (data === null || data === undefined) return [];
  if (typeOfData(data)?.kind !== 'slice') return [textOfData(data)];
  return itemsOf(data)
    .filter((item) => item !== null && item !== undefined)
    .map(textOfData);
}
