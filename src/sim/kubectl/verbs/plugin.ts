import { isErrno } from '../../kernel/errno.js';
import type { Command } from '../cobra/command.js';
import { CommandError } from '../errors.js';
import type { Session } from '../session.js';

const list: Command = {
  name: 'list',
  short: "List all visible plugin executables on a user's PATH",
  run: function* (session, flags) {
    const found = pluginsOf(session);
    if (found.length === 0) throw new CommandError('unable to find any kubectl plugins in your PATH');
    const names = flags.bool('name-only') ? found.map((path) => path.split('/').at(-1)) : found;
    yield* session.out(
      `The following compatible plugins are available:\n\n${names.map((name) => `${name}\n`).join('')}`,
    );
  },
};

/** `kubectl plugin`. */
export const plugin: Command = {
  name: 'plugin',
  short: 'Provides utilities for interacting with plugins',
  commands: [list],
};

function pluginsOf({ sys }: Session): string[] {
  const folders = [...new Set((sys.environment.get('PATH') ?? '').split(':'))].filter((folder) => folder !== '');
  return folders.flatMap((folder) => {
    try {
      return sys
        .readDirectory(folder)
        .flatMap(({ name }) => (name.startsWith('kubectl-') ? [`${folder}/${name}`] : []));
    } catch (error) {
      if (isErrno(error)) return [];
      throw error;
    }
  });
}
