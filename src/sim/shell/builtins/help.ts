import type { Builtin } from '../state/shell.js';
import { BASH_VERSION } from '../state/specials.js';
import { USAGE, usageLine } from './usage.js';

/** `help`: what built-ins there are and how they are called. */
export const help: Builtin = function* (shell, args) {
  const patterns = args.slice(1).filter((arg) => !/^-[dms]+$/.test(arg));
  if (patterns.length === 0) {
    const names = Object.keys(USAGE).sort();
    const head = `GNU bash, version ${BASH_VERSION} (x86_64-pc-linux-gnu)\nThese shell commands are defined internally.  Type \`help' to see this list.\nType \`help name' to find out more about the function \`name'.\n\n`;
    return yield* shell.print('help', head + names.map((name) => ` ${usageLine(name)}\n`).join(''));
  }
  let status = 0;
  for (const pattern of patterns) {
    const names = Object.keys(USAGE).filter(
      (name) => name === pattern || (USAGE[pattern] === undefined && name.startsWith(pattern)),
    );
    if (names.length === 0) {
      yield* shell.complain(
        `help: no help topics match \`${pattern}'.  Try \`help help' or \`man -k ${pattern}' or \`info ${pattern}'.`,
      );
      status = 1;
    }
    for (const name of names) yield* shell.print('help', `${name}: ${usageLine(name)}\n`);
  }
  return status;
};
