import type { Program } from '../../kernel/sys.js';
import { bytesToText } from '../format/byte-text.js';
import type { Context } from './command.js';
import { command } from './command.js';

const FILES: Readonly<Record<string, string>> = {
  passwd: '/etc/passwd',
  group: '/etc/group',
  shadow: '/etc/shadow',
  services: '/etc/services',
  protocols: '/etc/protocols',
};

/** `getent`: entries of the system's databases. */
export const getent: Program = command(
  {
    name: 'getent',
    usage: '[OPTION...] database [key ...]',
    summary: 'Get entries from administrative database.',
    version: '(GNU libc) 2.36',
    options: ['i no-idn : (ignored)', 's service=CONFIG : (ignored)'],
  },
  (context) => {
    const [database, ...keys] = context.operands;
    if (database === undefined) return context.die('wrong number of arguments');
    if (['hosts', 'ahosts', 'ahostsv4'].includes(database)) return hosts(context, keys);
    const path = FILES[database];
    if (!path) {
      context.output.add(2, `Unknown database: ${database}\n`);
      context.print(`Try \`${context.name} --help' or \`${context.name} --usage' for more information.\n`);
      return 1;
    }
    const lines = linesOf(context, path);
    if (keys.length === 0) for (const line of lines) context.print(`${line}\n`);
    for (const key of keys) {
      const line = lines.find((entry) => matches(entry, key));
      if (line === undefined) context.status = 2;
      else context.print(`${line}\n`);
    }
    return undefined;
  },
);

function matches(line: string, key: string): boolean {
  const fields = line.split(/[:\s]+/);
  return fields[0] === key || (/^\d+$/.test(key) && line.split(':')[2] === key);
}

function linesOf(context: Context, path: string): string[] {
  try {
    return bytesToText(context.sys.readFile(path))
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'));
  } catch {
    return [];
  }
}

/** Only what /etc/hosts says; names beyond it are the resolver's. */
function hosts(context: Context, keys: readonly string[]): number {
  const entries = linesOf(context, '/etc/hosts')
    .map((line) => line.replace(/#.*/, '').trim().split(/\s+/))
    .filter((words) => words.length > 1);
  let status = 0;
  const show = ([address = '', ...names]: readonly string[]) =>
    context.print(`${address.padEnd(15)} ${names.join(' ')}\n`);
  if (keys.length === 0) entries.forEach(show);
  for (const key of keys) {
    const found = entries.find((words) => words.includes(key));
    if (found) show(found);
    else status = 2;
  }
  return status;
}
