import { compareText } from '../../../api/go-text.js';
import { goPrint } from '../../../api/go-value.js';
import { isJsonObject, type JsonObject, type KubeObject } from '../../../api/object.js';
import type { Waiting } from '../../../kernel/wait.js';
import type { DescribeRequest } from '../describer.js';
import { describeEvents } from '../events.js';
import type { DescribeWriter } from '../writer.js';

const SKIPPED = [
  '.metadata.managedFields',
  '.metadata.name',
  '.metadata.namespace',
  '.metadata.labels',
  '.metadata.annotations',
];
const ACRONYMS = ['API', 'URL', 'UID', 'GUID'];

/** Describes an object of any kind, field by field. */
export function* describeGeneric(w: DescribeWriter, request: DescribeRequest<KubeObject>): Waiting<void> {
  const { object } = request;
  w.field('Name', object.metadata.name);
  w.field('Namespace', object.metadata.namespace ?? '');
  w.labels('Labels', object.metadata.labels);
  w.annotations('Annotations', object.metadata.annotations);
  describeFields(w, 0, object as JsonObject, '');
  yield* describeEvents(w, request);
}

function describeFields(w: DescribeWriter, level: number, content: JsonObject, prefix: string): void {
  for (const field of Object.keys(content).sort(compareText)) {
    const value = content[field];
    const path = `${prefix}.${field}`;
    if (value === undefined || SKIPPED.includes(path)) continue;
    if (isJsonObject(value)) {
      w.write(level, `${titleOf(field)}:\n`);
      describeFields(w, level + 1, value, path);
    } else if (Array.isArray(value)) {
      w.write(level, `${titleOf(field)}:\n`);
      for (const child of value) {
        if (isJsonObject(child)) describeFields(w, level + 1, child, path);
        else w.write(level + 1, `${goPrint(child)}\n`);
      }
    } else w.field(titleOf(field), goPrint(value), level);
  }
}

/** `creationTimestamp` becomes `Creation Timestamp`; names with other signs in them stay as they are. */
function titleOf(field: string): string {
  if (/[^\p{L}-]/u.test(field)) return field;
  const words = field.match(/\p{Lu}+(?!\p{Ll})|\p{Lu}?\p{Ll}+|\p{Lu}|-+/gu) ?? [field];
  return words
    .map((word) =>
      ACRONYMS.includes(word.toUpperCase())
        ? word.toUpperCase()
        : word === word.toLowerCase()
          ? word.charAt(0).toUpperCase() + word.slice(1)
          : word,
    )
    .join(' ');
}
