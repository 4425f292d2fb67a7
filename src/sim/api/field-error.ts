/** What is wrong with one field of an object, worded as apimachinery's util/validation/field words it. */
import { goNumber } from './go-number.js';
import { goJson, goQuote } from './go-text.js';

/** Cause types as they stand in a Status. */
export type FieldErrorType =
  | 'FieldValueNotFound'
  | 'FieldValueRequired'
  | 'FieldValueDuplicate'
  | 'FieldValueInvalid'
  | 'FieldValueNotSupported'
  | 'FieldValueForbidden'
  | 'FieldValueTooLong'
  | 'FieldValueTooShort'
  | 'FieldValueTooMany'
  | 'FieldValueTooFew'
  | 'FieldValueTypeInvalid'
  | 'InternalError';

/** One thing wrong with one field; `body` is the message without the field's path. */
export interface FieldError {
  type: FieldErrorType;
  field: string;
  body: string;
}

const LABELS: Record<FieldErrorType, string> = {
  FieldValueNotFound: 'Not found',
  FieldValueRequired: 'Required value',
  FieldValueDuplicate: 'Duplicate value',
  FieldValueInvalid: 'Invalid value',
  FieldValueNotSupported: 'Unsupported value',
  FieldValueForbidden: 'Forbidden',
  FieldValueTooLong: 'Too long',
  FieldValueTooShort: 'Too short',
  FieldValueTooMany: 'Too many',
  FieldValueTooFew: 'Too few',
  FieldValueTypeInvalid: 'Invalid value',
  InternalError: 'Internal error',
};

function build(type: FieldErrorType, field: string, value: unknown, detail: string, showValue: boolean): FieldError {
  let body = LABELS[type];
  if (showValue) body += `: ${printValue(value)}`;
  if (detail !== '') body += `: ${detail}`;
  return { type, field, body };
}

function printValue(value: unknown): string {
  if (typeof value === 'string') return goQuote(value);
  if (typeof value === 'number') return goNumber(value);
  if (typeof value === 'boolean') return String(value);
  return goJson(value ?? null);
}

/** A value that is not there where it has to be. */
export function required(field: string, detail = ''): FieldError {
  return build('FieldValueRequired', field, '', detail, false);
}

/** A malformed or impossible value. */
export function invalid(field: string, value: unknown, detail: string): FieldError {
  return build('FieldValueInvalid', field, value, detail, true);
}

/** A malformed or impossible value that is too long, or too many things at once, to be printed. */
export function invalidHidden(field: string, detail: string): FieldError {
  return build('FieldValueInvalid', field, '', detail, false);
}

/** A value outside a fixed set; `supported` is printed in the order given. */
export function notSupported(field: string, value: unknown, supported: readonly string[]): FieldError {
  const detail = supported.length > 0 ? `supported values: ${supported.map(goQuote).join(', ')}` : '';
  return build('FieldValueNotSupported', field, value, detail, true);
}

/** A well-formed value that is not allowed here. */
export function forbidden(field: string, detail: string): FieldError {
  return build('FieldValueForbidden', field, '', detail, false);
}

/** Something failed while the field was looked at. */
export function internalFieldError(field: string, why: string): FieldError {
  return build('InternalError', field, '', why, false);
}

/** A reference to something that does not exist. */
export function notFoundField(field: string, value: unknown): FieldError {
  return build('FieldValueNotFound', field, value, '', true);
}

/** A value that has to be unique and is not. */
export function duplicate(field: string, value: unknown): FieldError {
  return build('FieldValueDuplicate', field, value, '', true);
}

/** A string or map over its limit of bytes. */
export function tooLong(field: string, limit: number): FieldError {
  return build(
    'FieldValueTooLong',
    field,
    '',
    `may not be more than ${limit} ${limit === 1 ? 'byte' : 'bytes'}`,
    false,
  );
}

/** A list with more items than allowed. */
export function tooMany(field: string, actual: number, limit: number): FieldError {
  return build(
    'FieldValueTooMany',
    field,
    actual,
    `must have at most ${limit} ${limit === 1 ? 'item' : 'items'}`,
    true,
  );
}

/** One error with its path, as it stands in a message. */
export function printFieldError(error: FieldError): string {
  return `${error.field}: ${error.body}`;
}

/** All errors as one text: a single one bare, several in brackets, repeats once. */
export function aggregateErrors(errors: readonly FieldError[]): string {
  return aggregateTexts(errors.map(printFieldError));
}

/** Messages as one text, as Go's aggregates print themselves: a single one bare, several in brackets, repeats once. */
export function aggregateTexts(messages: readonly string[]): string {
  const texts = [...new Set(messages)];
  return texts.length === 1 ? (texts[0] ?? '') : `[${texts.join(', ')}]`;
}
