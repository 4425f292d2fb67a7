import type { Program } from '../../kernel/sys.js';
import { SECOND } from '../../kernel/time.js';
import { command } from './command.js';
import { UsageError } from './options.js';

const UNITS: Readonly<Record<string, number>> = { '': 1, s: 1, m: 60, h: 3600, d: 86_400 };

/** Seconds of a span such as `1.5`, `2m`, `infinity`; undefined when it is none. */
export function parseSpan(text: string): number | undefined {
  const match = /^((?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?|inf(?:inity)?)([smhd]?)$/i.exec(text);
  if (!match) return undefined;
  const value = (match[1] as string).toLowerCase().startsWith('inf') ? Number.POSITIVE_INFINITY : Number(match[1]);
  return value * (UNITS[match[2] as string] as number);
}

/** `sleep`: waits. */
export const sleep: Program = command(
  {
    name: 'sleep',
    usage: 'NUMBER[SUFFIX]...',
    summary: 'Pause for NUMBER seconds (s), minutes (m), hours (h) or days (d).',
  },
  function* (context) {
    if (context.operands.length === 0) throw new UsageError('missing operand');
    let seconds = 0;
    let bad = false;
    for (const word of context.operands) {
      const span = parseSpan(word);
      if (span === undefined) {
        context.fail(`invalid time interval ${context.quote(word)}`);
        bad = true;
      } else seconds += span;
    }
    if (bad) throw new UsageError('');
    const most = 1e9;
    yield* context.sys.sleep(Math.round(Math.min(seconds, most) * SECOND));
    return undefined;
  },
);
