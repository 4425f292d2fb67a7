import type { Flags } from './cobra/flags.js';
import { CommandError } from './errors.js';

export type Propagation = 'Background' | 'Foreground' | 'Orphan';

/** What `--cascade` says. Throws for other words. */
export function propagationOf(flags: Flags): Propagation {
  const text = flags.text('cascade');
  if (text === 'background' || text === 'true') return 'Background';
  if (text === 'foreground') return 'Foreground';
  if (text === 'orphan' || text === 'false') return 'Orphan';
  throw new CommandError(`invalid cascade value (${text}). Must be "background", "foreground", or "orphan"`);
}
