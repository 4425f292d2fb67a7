import { type GoData, GoInteger, GoNamedText, GoNil, GoStruct, isGoMap } from '../../../api/go-template/go-values.js';
import { TemplateError } from '../../../api/go-template/template-error.js';
import { setField } from '../../../api/set-field.js';
import { formatTimeText, isTime } from '../time/go-time.js';

/** What JSON can say of data: whole numbers as bigint, bytes in base64, structs by their fields. Throws TemplateError. */
export function plainData(data: GoData): unknown {
  if (data === undefined || data instanceof GoNil) return null;
  if (data instanceof GoInteger) return data.value;
  if (data instanceof GoNamedText) return data.value;
  if (typeof data === 'number' && !Number.isFinite(data)) throw unsupported(data);
  if (data instanceof Uint8Array) return Buffer.from(data).toString('base64');
  if (Array.isArray(data)) return data.map(plainData);
  if (isTime(data)) return formatTimeText(data, '2006-01-02T15:04:05.999999999Z07:00');
  if (data instanceof GoStruct) {
    return data.type.text === undefined ? exportedFields(data.fields) : data.type.text(data as never);
  }
  return isGoMap(data) ? plainFields(data) : data;
}

function unsupported(value: number): TemplateError {
  const shown = Number.isNaN(value) ? 'NaN' : value > 0 ? '+Inf' : '-Inf';
  return new TemplateError(`json: unsupported value: ${shown}`);
}

/** A struct's fields in their order, as far as others may see them. */
function exportedFields(fields: { readonly [name: string]: GoData }): Map<string, unknown> {
  const seen = Object.entries(fields).filter(([name]) => /^\p{Lu}/u.test(name));
  return new Map(seen.map(([name, item]) => [name, plainData(item)]));
}

function plainFields(fields: { readonly [name: string]: GoData }): object {
  const plain: { [key: string]: unknown } = {};
  for (const [name, item] of Object.entries(fields)) setField(plain, name, plainData(item));
  return plain;
}
