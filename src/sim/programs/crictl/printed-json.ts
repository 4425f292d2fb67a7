import { indentedJson } from '../../api/yaml/json-writer.js';

/** JSON as crictl prints it. */
export function printedJson(value: unknown): string {
  return `${indentedJson(value, '  ')}\n`;
}
