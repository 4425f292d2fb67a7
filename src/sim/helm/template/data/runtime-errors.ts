import { printData } from '../../../api/go-template/format-value.js';
import { type GoData, isGoList, itemsOf, typeOfData } from '../../../api/go-template/go-values.js';
import { TemplateError } from '../../../api/go-template/template-error.js';

/** What Go's runtime says where a program looks into nil. */
export function nilDereference(): TemplateError {
  return new TemplateError('runtime error: invalid memory address or nil pointer dereference');
}

/** What it says of a part of a text or list that is not there. */
export function sliceBounds(from: number, to: number, length: number): TemplateError {
  if (to < 0) return new TemplateError(`runtime error: slice bounds out of range [:${to}]`);
  if (to > length) return new TemplateError(`runtime error: slice bounds out of range [:${to}] with length ${length}`);
  return new TemplateError(`runtime error: slice bounds out of range [${from}:${to}]`);
}

/** What it says of a value in an interface that is not of the type it is taken for. */
export function wrongConversion(data: GoData, wanted: string): TemplateError {
  const type = typeOfData(data)?.name ?? 'nil';
  return new TemplateError(`interface conversion: interface {} is ${type}, not ${wanted}`);
}

/** A list's items; `complaint` goes before the kind of what is no list. Throws TemplateError. */
export function listItems(data: GoData, complaint: string): readonly GoData[] {
  const type = typeOfData(data);
  if (type === undefined) throw nilDereference();
  if (type.kind !== 'slice') throw new TemplateError(`${complaint} ${type.kind}`);
  return isGoList(data) ? itemsOf(data) : [];
}

/** `%v` of several data with a space between. */
export function spaced(data: readonly GoData[]): string {
  return data.map(printData).join(' ');
}
