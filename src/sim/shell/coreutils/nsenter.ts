import { isErrno } from '../../kernel/errno.js';
import type { Program } from '../../kernel/sys.js';
import { command } from './command.js';
import { become } from './run-options.js';

/** Namespaces by their letters, with the names they have below /proc. */
const NAMESPACES = [
  ['mount', 'mnt'],
  ['uts', 'uts'],
  ['ipc', 'ipc'],
  ['net', 'net'],
  ['pid', 'pid'],
] as const;

/** `nsenter`: runs a program in the namespaces of a process. Users and control groups are one for all here. */
export const nsenter: Program = command(
  {
    name: 'nsenter',
    usage: '[options] [<program> [<argument>...]]',
    summary: 'Run a program with namespaces of other processes.',
    options: [
      'a all',
      't target=PID',
      'm mount',
      'u uts',
      'i ipc',
      'n net',
      'p pid',
      'U user',
      'C cgroup',
      'F no-fork',
    ],
    inOrder: true,
  },
  function* (context) {
    const { sys, options } = context;
    const target = options.value('target');
    const all = options.has('all');
    const wanted = NAMESPACES.filter(([name]) => all || options.has(name));
    if (target === undefined) {
      if (all) context.die('no target PID specified for --all');
      if (wanted.length > 0) context.die(`neither filename nor target pid supplied for ns/${wanted[0]?.[1]}`);
    } else if (!/^\d+$/.test(target)) context.die(`failed to parse pid: '${target}': Invalid argument`);
    const entered = new Set(wanted.map(([name]) => name));
    try {
      if (target !== undefined && wanted.length > 0) {
        sys.enterNamespaces(Number(target), {
          files: entered.has('mount'),
          network: entered.has('net'),
          hostname: entered.has('uts'),
        });
      }
    } catch (error) {
      if (!isErrno(error)) throw error;
      const file = wanted[0]?.[1] ?? '';
      if (error.code === 'ESRCH') context.die(`cannot open /proc/${target}/ns/${file}: No such file or directory`);
      context.die(`reassociate to namespaces failed: ${error.message}`);
    }
    const words = context.operands.length > 0 ? [...context.operands] : [sys.environment.get('SHELL') || '/bin/sh'];
    return yield* become(context, words, (refused) => `failed to execute ${words[0]}: ${refused.message}`);
  },
);
