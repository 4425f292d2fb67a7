import type { Program } from '../../kernel/sys.js';
import { bytesToText } from '../format/byte-text.js';
import type { Context } from './command.js';
import { command } from './command.js';
import { UsageError } from './options.js';

const ORDER = [
  'kernel-name',
  'nodename',
  'kernel-release',
  'kernel-version',
  'machine',
  'processor',
  'hardware-platform',
  'operating-system',
] as const;

/** `uname`: which system this is. */
export const uname: Program = command(
  {
    name: 'uname',
    usage: '[OPTION]...',
    summary: 'Print certain system information.',
    options: [
      'a all : everything',
      's kernel-name : the kernel',
      'n nodename : the host name',
      'r kernel-release : its release',
      'v kernel-version : its version',
      'm machine : the hardware',
      'p processor : the processor',
      'i hardware-platform : the platform',
      'o operating-system : the operating system',
    ],
  },
  (context) => {
    const [extra] = context.operands;
    if (extra !== undefined) throw new UsageError(`extra operand ${context.quote(extra)}`);
    const values: Record<(typeof ORDER)[number], string> = {
      'kernel-name': 'Linux',
      nodename: context.sys.hostname(),
      'kernel-release': kernelFile(context, 'osrelease') ?? '6.1.0',
      'kernel-version': kernelFile(context, 'version') ?? '#1 SMP PREEMPT_DYNAMIC',
      machine: 'x86_64',
      processor: 'unknown',
      'hardware-platform': 'unknown',
      'operating-system': 'GNU/Linux',
    };
    const all = context.has('all');
    const chosen = ORDER.filter((key) => context.has(key) || (all && values[key] !== 'unknown'));
    context.print(`${(chosen.length > 0 ? chosen : ORDER.slice(0, 1)).map((key) => values[key]).join(' ')}\n`);
    return 0;
  },
);

function kernelFile(context: Context, name: string): string | undefined {
  try {
    return bytesToText(context.sys.readFile(`/proc/sys/kernel/${name}`)).trim();
  } catch {
    return undefined;
  }
}
