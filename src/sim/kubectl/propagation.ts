import type { Waiting } from '../kernel/wait.js';
import type { Flags } from './cobra/flags.js';
import { CommandError } from './errors.js';
import type { Session } from './session.js';

export type Propagation = 'Background' | 'Foreground' | 'Orphan';

/** The same with a word on truth values, which are of the past. */
export function* propagationWarned(session: Session): Waiting<Propagation> {
  const propagation = propagationOf(session.flags);
  const text = session.flags.text('cascade');
  if (isTruth(text)) {
    const plain = propagation.toLowerCase();
    yield* session.err(
      `warning: --cascade=${text} is deprecated (boolean value) and can be replaced with --cascade=${plain}.\n`,
    );
  }
  return propagation;
}

function isTruth(text: string): boolean {
  return /^(1|0|t|f|T|F|true|false|TRUE|FALSE|True|False)$/.test(text);
}

/** What `--cascade` says. Throws for other words. */
export function propagationOf(flags: Flags): Propagation {
  const text = flags.text('cascade');
  if (isTruth(text)) return /^[1tT]/.test(text) ? 'Background' : 'Orphan';
  if (text === 'background') return 'Background';
  if (text === 'foreground') return 'Foreground';
  if (text === 'orphan') return 'Orphan';
  throw new CommandError(`invalid cascade value (${text}). Must be "background", "foreground", or "orphan"`);
}
