import { type CommandIo, ExpectedError, tell } from './io.js';

/** Errors of the rooms below that say what to do and need no stack. */
const EXPECTED = [
  'AttemptOpenError',
  'ClusterError',
  'DamagedJournalError',
  'HomeError',
  'JournalError',
  'NewerProgressError',
];

/** Says in one line what went wrong outside of the program and gives the exit code; throws what is a defect of ours. */
export function sayExpected(error: unknown, io: Pick<CommandIo, 'stderr'>): number {
  if (!(error instanceof Error)) throw error;
  if (!(error instanceof ExpectedError) && !EXPECTED.includes(error.name)) throw error;
  tell(io, error.message);
  return error instanceof ExpectedError ? error.code : 1;
}
