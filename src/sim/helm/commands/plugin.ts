import { absent } from '../absent.js';
import type { HelmCommand } from '../command.js';

const list: HelmCommand = {
  name: 'list',
  aliases: ['ls'],
  short: 'list installed Helm plugins',
  flags: 'type:s',
  arity: { most: 0 },
  *run(run) {
    yield* run.out('NAME\tVERSION\tTYPE\tAPIVERSION\tPROVENANCE\tSOURCE\n');
  },
};

/** `helm plugin`: there are none. */
export const pluginCommand: HelmCommand = {
  name: 'plugin',
  short: 'install, list, or uninstall Helm plugins',
  commands: [
    absent('install', 'install a Helm plugin', '[options] <path|url>'),
    list,
    absent('uninstall', 'uninstall one or more Helm plugins', '<plugin>...'),
    absent('update', 'update one or more Helm plugins', '<plugin>...'),
  ],
};
