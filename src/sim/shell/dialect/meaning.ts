import { isErrno } from '../../kernel/errno.js';
import { findAllPrograms } from '../run/programs.js';
import type { Shell } from '../state/shell.js';

const SPECIAL = new Set(
  '. : break continue eval exec exit export readonly return set shift times trap unset'.split(' '),
);

/** What a command's name means, as `type` (the words after the name) and `command -v` tell; undefined: nothing. */
export function meaningOf(shell: Shell, name: string): { words: string; short: string } | undefined {
  const alias = shell.aliases.get(name);
  if (shell.dialect?.language.reserved.has(name)) return { words: ' is a shell keyword', short: name };
  if (alias !== undefined) return { words: ` is an alias for ${alias}`, short: `alias ${name}='${alias}'` };
  if (shell.functions.has(name))
    return { words: shell.dialect?.name === 'ash' ? ' is a function' : ' is a shell function', short: name };
  if (shell.builtins.has(name))
    return { words: ` is a ${SPECIAL.has(name) ? 'special ' : ''}shell builtin`, short: name };
  const path = name.includes('/') ? slashed(shell, name) : findAllPrograms(shell, name)[0];
  return path === undefined ? undefined : { words: ` is ${path}`, short: path };
}

function slashed(shell: Shell, path: string): string | undefined {
  try {
    shell.sys.access(path, { execute: true });
    return path;
  } catch (error) {
    if (!isErrno(error)) throw error;
    return undefined;
  }
}
