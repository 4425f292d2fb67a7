import { goPrint } from '../go-value.js';
import { compactJson } from '../yaml/json-writer.js';

/** A value that a template found, as client-go writes it. */
export function resultText(value: unknown): string {
  if (value === undefined) return '<no value>';
  if (value === null) return 'null';
  return typeof value === 'object' ? compactJson(value) : goPrint(value);
}
