import { createHash } from 'node:crypto';
import { compactJson } from '../../api/yaml/json-writer.js';

/** A name with the first ten digits of its content's hash, letters for digits that could offend (`--append-hash`). */
export function hashedName(kind: 'ConfigMap' | 'Secret', name: string, content: object, type?: string): string {
  const { data = {}, binaryData } = content as { data?: object; binaryData?: object };
  const encoded = compactJson({
    kind,
    name,
    data: kind === 'ConfigMap' || Object.keys(data).length > 0 ? data : {},
    ...(binaryData ? { binaryData } : {}),
    ...(type === undefined ? {} : { type }),
  });
  return `${name}-${contentHash(encoded)}`;
}

/** The first ten digits of a text's SHA-256, with letters for digits that could offend. */
export function contentHash(encoded: string): string {
  const digits = createHash('sha256').update(encoded).digest('hex').slice(0, 10);
  const letters: Readonly<Record<string, string>> = { '0': 'g', '1': 'h', '3': 'k', a: 'm', e: 't' };
  return [...digits].map((digit) => letters[digit] ?? digit).join('');
}
