import type { JournalEntry } from './journal.js';

type Kind = 'starting' | 'started' | 'failed' | 'stopping' | 'stopped' | 'exited' | 'result';

/** What `journalctl -x` adds to the manager's lines about a unit: systemd's message catalog. */
export function catalogOf(kind: Kind, unit: string, detail = ''): JournalEntry['catalog'] {
  switch (kind) {
    case 'starting':
      return {
        subject: `A start job for unit ${unit} has begun execution`,
        text: `A start job for unit ${unit} has begun execution.`,
      };
    case 'started':
      return {
        subject: `A start job for unit ${unit} has finished successfully`,
        text: `A start job for unit ${unit} has finished successfully.`,
      };
    case 'failed':
      return {
        subject: `A start job for unit ${unit} has failed`,
        text: `A start job for unit ${unit} has finished with a failure.`,
      };
    case 'stopping':
      return {
        subject: `A stop job for unit ${unit} has begun execution`,
        text: `A stop job for unit ${unit} has begun execution.`,
      };
    case 'stopped':
      return { subject: `A stop job for unit ${unit} has finished`, text: `A stop job for unit ${unit} has finished.` };
    case 'exited':
      return {
        subject: 'Unit process exited',
        text: `An ExecStart= process belonging to unit ${unit} has exited.\n\nThe process' exit code is ${detail}.`,
      };
    case 'result':
      return detail === ''
        ? { subject: 'Unit succeeded', text: `The unit ${unit} has successfully entered the 'dead' state.` }
        : { subject: 'Unit failed', text: `The unit ${unit} has entered the 'failed' state with result '${detail}'.` };
  }
}
