import { isErrno } from '../../../kernel/errno.js';
import type { Editor } from '../state/editor.js';

/** What Tab adds to a `:` line whose last word is the beginning of a file's name: as far as it is clear. */
export function completeFile({ sys }: Editor, before: string): string {
  const word = /\s(\S*)$/.exec(before)?.[1];
  if (word === undefined) return '';
  const slash = word.lastIndexOf('/') + 1;
  const [folder, start] = [word.slice(0, slash), word.slice(slash)];
  try {
    const names = sys
      .readDirectory(folder === '' ? '.' : folder)
      .filter(({ name }) => name.startsWith(start) && (start !== '' || !name.startsWith('.')))
      .map(({ name, type }) => (type === 'directory' ? `${name}/` : name))
      .sort();
    const [first = ''] = names;
    let common = first;
    for (const name of names) while (!name.startsWith(common)) common = common.slice(0, -1);
    return common.slice(start.length);
  } catch (error) {
    if (isErrno(error)) return '';
    throw error;
  }
}
