import type { Program } from '../../kernel/sys.js';
import { bytesToText } from '../format/byte-text.js';
import type { Context } from './command.js';
import { command, reason } from './command.js';

const UNITS: Readonly<Record<string, number>> = { b: 1 / 1024, k: 1, m: 1024, g: 1024 ** 2 };

/** `free`: how much memory is used. */
export const free: Program = command(
  {
    name: 'free',
    usage: '[options]',
    summary: 'Display amount of free and used memory in the system.',
    version: 'from procps-ng 4.0.2',
    options: [
      'b bytes : in bytes',
      'k kibi : in KiB',
      'm mebi : in MiB',
      'g gibi : in GiB',
      'h human : sizes like 1.2Gi',
      'w wide : buffers and cache apart',
      't total : a total',
      's seconds=N : (ignored)',
      'c count=N : (ignored)',
      'l lohi : (ignored)',
      'si : (ignored)',
    ],
  },
  (context) => {
    const memory = meminfo(context);
    const value = (name: string) => memory.get(name) ?? 0;
    const cache = value('Buffers') + value('Cached') + value('SReclaimable');
    const used = Math.max(0, value('MemTotal') - value('MemAvailable'));
    const wide = context.has('wide');
    const heading = ['total', 'used', 'free', 'shared', ...(wide ? ['buffers', 'cache'] : ['buff/cache']), 'available'];
    const show = (kibibytes: number) => amount(context, kibibytes).padStart(12);
    context.print(`        ${heading.map((word) => word.padStart(12)).join('')}\n`);
    const caches = wide ? [value('Buffers'), cache - value('Buffers')] : [cache];
    context.print(
      `Mem:    ${[value('MemTotal'), used, value('MemFree'), value('Shmem'), ...caches, value('MemAvailable')].map(show).join('')}\n`,
    );
    const swap = [value('SwapTotal'), value('SwapTotal') - value('SwapFree'), value('SwapFree')];
    context.print(`Swap:   ${swap.map(show).join('')}\n`);
    if (context.has('total')) {
      context.print(
        `Total:  ${[value('MemTotal') + (swap[0] as number), used + (swap[1] as number), value('MemFree') + (swap[2] as number)].map(show).join('')}\n`,
      );
    }
    return 0;
  },
);

/** /proc/meminfo, in KiB. */
export function meminfo(context: Context): Map<string, number> {
  try {
    const text = bytesToText(context.sys.readFile('/proc/meminfo'));
    return new Map(Array.from(text.matchAll(/^(\w+):\s+(\d+)/gm), ([, name = '', size]) => [name, Number(size)]));
  } catch (thrown) {
    return context.die(`Unable to create meminfo structure: ${reason(thrown)}`);
  }
}

function amount(context: Context, kibibytes: number): string {
  const unit = ['bytes', 'kibi', 'mebi', 'gibi'].find((key) => context.has(key));
  if (!context.has('human')) return String(Math.trunc(kibibytes / (UNITS[unit?.[0] ?? 'k'] as number)));
  if (kibibytes === 0) return '0B';
  let value = kibibytes;
  let letter = 'K';
  for (const next of 'MGTP') {
    if (value < 1024) break;
    value /= 1024;
    letter = next;
  }
  return `${value < 10 ? value.toFixed(1) : Math.trunc(value)}${letter}i`;
}
