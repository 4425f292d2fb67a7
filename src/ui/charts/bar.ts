import type { Line } from '../line/line.js';
import type { StyleName } from '../theme.js';

/** A bar of so many columns, filled by a share from 0 to 1: `███████░░░░░`. What is not nothing fills one at least. */
export function bar(share: number, columns: number, style: StyleName = 'passed'): Line {
  const part = Math.max(0, Math.min(1, share));
  const filled = part === 0 ? 0 : Math.max(1, Math.min(part < 1 ? columns - 1 : columns, Math.round(part * columns)));
  return [
    { text: '█'.repeat(filled), style },
    { text: '░'.repeat(columns - filled), style: 'dim' },
  ];
}
