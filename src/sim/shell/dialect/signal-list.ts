import { SIGNALS } from '../../kernel/signals.js';

const REAL_TIME_HALF = 15;

/** Signals with their numbers, one a line, as `kill -l` of busybox has them: what Linux calls IO is POLL there. */
export function numberedSignals(): string {
  const rows = Object.entries(SIGNALS).map(([name, number]) => {
    return `${String(number).padStart(2)}) ${name === 'IO' ? 'POLL' : name}\n`;
  });
  return rows.join('');
}

/** The names as `kill -l` of dash has them, with 0 and the real-time signals, two of which the C library keeps; it knows no STKFLT. */
export function signalNames(): string {
  const steps = Array.from({ length: REAL_TIME_HALF }, (_, at) => at + 1);
  const realTime = [
    ...['32', '33', 'RTMIN'],
    ...steps.map((step) => `RTMIN+${step}`),
    ...steps.toReversed().flatMap((step) => (step === REAL_TIME_HALF ? [] : [`RTMAX-${step}`])),
    'RTMAX',
  ];
  return ['0', ...Object.keys(SIGNALS), ...realTime].map((name) => `${name === 'STKFLT' ? '16' : name}\n`).join('');
}
