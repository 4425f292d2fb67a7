import { join } from 'node:path';
import { formatProblem } from '../format/problem.js';
import type { ContentFile } from './content-file.js';
import { contentFolder } from './content-folder.js';
import { readText } from './read-text.js';

/**
 * A file that lies beside the labs that ship, read when it is first asked for and never again. Reading throws when the
 * file is missing or broken: then the installation is damaged, and nothing can be said without it.
 */
export function shippedFile<Value>(
  name: string,
  read: (file: string, source: string) => ContentFile<Value>,
): () => Value {
  let value: Value | undefined;
  return () => {
    value ??= readShipped(name, read);
    return value;
  };
}

function readShipped<Value>(name: string, read: (file: string, source: string) => ContentFile<Value>): Value {
  const path = join(contentFolder(), name);
  const { text, problem } = readText(path);
  if (text === undefined) throw new Error(`${path} cannot be read: ${problem}; the installation is incomplete`);
  const { value, problems } = read(path, text);
  if (value === undefined) throw new Error(problems.map(formatProblem).join('\n'));
  return value;
}
