import type { Program } from '../../kernel/sys.js';
import { SECOND } from '../../kernel/time.js';
import { bytesToText } from '../format/byte-text.js';
import { strftime } from '../format/strftime.js';
import { civilMicros, zoneOfProcess } from './clock.js';
import type { Context } from './command.js';
import { command } from './command.js';

/** `uptime`: since when the machine runs. */
export const uptime: Program = command(
  {
    name: 'uptime',
    usage: '[options]',
    summary: 'Tell how long the system has been running.',
    version: 'from procps-ng 4.0.2',
    options: ['p pretty : in words', 's since : since when'],
  },
  (context) => {
    const seconds = uptimeSeconds(context);
    const zone = zoneOfProcess(context.sys);
    if (context.has('since'))
      context.print(
        `${strftime('%Y-%m-%d %H:%M:%S', civilMicros(context.sys.now() - Math.round(seconds * SECOND), zone))}\n`,
      );
    else if (context.has('pretty')) context.print(`up ${inWords(seconds)}\n`);
    else context.print(`${uptimeLine(context)}\n`);
    return 0;
  },
);

/** The line that uptime, w and top begin with. */
export function uptimeLine(context: Context): string {
  const { sys } = context;
  const seconds = uptimeSeconds(context);
  const days = Math.floor(seconds / 86_400);
  const hours = Math.floor((seconds % 86_400) / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  const span = `${days > 0 ? `${days} day${days === 1 ? '' : 's'}, ` : ''}${hours > 0 ? `${String(hours).padStart(2)}:${String(minutes).padStart(2, '0')}` : `${minutes} min`}`;
  const users = new Set(sys.processes().flatMap((process) => process.terminal ?? [])).size;
  const load = readWords(context, '/proc/loadavg').slice(0, 3).join(', ') || '0.00, 0.00, 0.00';
  return ` ${strftime('%H:%M:%S', civilMicros(sys.now(), zoneOfProcess(sys)))} up ${span}, ${String(users).padStart(2)} user${users === 1 ? '' : 's'},  load average: ${load}`;
}

/** Seconds since the last boot. */
function uptimeSeconds(context: Context): number {
  return Number(readWords(context, '/proc/uptime')[0] ?? 0);
}

function readWords(context: Context, path: string): string[] {
  try {
    return bytesToText(context.sys.readFile(path)).trim().split(/\s+/);
  } catch {
    return [];
  }
}

function inWords(seconds: number): string {
  const parts: string[] = [];
  let rest = Math.floor(seconds / 60);
  for (const [word, size] of [
    ['week', 10_080],
    ['day', 1440],
    ['hour', 60],
    ['minute', 1],
  ] as const) {
    const count = Math.floor(rest / size);
    rest %= size;
    if (count > 0) parts.push(`${count} ${word}${count === 1 ? '' : 's'}`);
  }
  return parts.join(', ') || '0 minutes';
}
