import type { Program } from '../../kernel/sys.js';
import { command, reason } from './command.js';
import { UsageError } from './options.js';
import { become } from './run-options.js';

/** `env`: the environment, or a program in another one. */
export const env: Program = command(
  {
    name: 'env',
    usage: '[OPTION]... [-] [NAME=VALUE]... [COMMAND [ARG]...]',
    summary: 'Set each NAME to VALUE in the environment and run COMMAND.',
    misuse: 125,
    inOrder: true,
    options: [
      'i ignore-environment : start with an empty environment',
      '0 null : lines end with NUL',
      'u unset=NAME : without this variable',
      'C chdir=DIR : in this directory',
      'S split-string=S : words of S as arguments',
      'v debug : (ignored)',
    ],
  },
  function* (context) {
    const { sys } = context;
    const words = [
      ...(context
        .value('split-string')
        ?.split(/\s+/)
        .filter((word) => word !== '') ?? []),
      ...context.operands,
    ];
    const clear = context.has('ignore-environment') || words[0] === '-';
    if (words[0] === '-') words.shift();
    const environment = new Map(clear ? [] : sys.environment);
    for (const name of context.options.values('unset')) environment.delete(name);
    for (let word = words[0]; word?.includes('='); word = words[0]) {
      environment.set(word.slice(0, word.indexOf('=')), word.slice(word.indexOf('=') + 1));
      words.shift();
    }
    const directory = context.value('chdir');
    if (words.length === 0) {
      if (directory !== undefined) throw new UsageError('must specify command with --chdir (-C)');
      for (const [name, value] of environment) context.print(`${name}=${value}${context.has('null') ? '\0' : '\n'}`);
      return 0;
    }
    if (directory !== undefined) {
      try {
        sys.changeDirectory(directory);
      } catch (thrown) {
        return context.die(`cannot change directory to ${context.quoteName(directory)}: ${reason(thrown)}`, 125);
      }
    }
    // The program is searched for along the new PATH.
    const path = environment.get('PATH');
    if (path === undefined) sys.environment.delete('PATH');
    else sys.environment.set('PATH', path);
    return yield* become(
      context,
      words,
      (error) => `${context.quote(words[0] as string)}: ${error.message}`,
      environment,
    );
  },
);
