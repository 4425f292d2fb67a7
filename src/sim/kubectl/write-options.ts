import { goQuote } from '../api/go-text.js';
import { CommandError } from './errors.js';
import { dryRunOf } from './print-flags.js';
import type { Query } from './rest.js';
import type { Session } from './session.js';

/** What `--validate` means for the server. Throws for other words. */
export function validationOf(session: Session): 'Strict' | 'Warn' | 'Ignore' {
  const text = session.flags.text('validate');
  if (text === '' || text === 'strict' || text === 'true') return 'Strict';
  if (text === 'warn') return 'Warn';
  if (text === 'ignore' || text === 'false') return 'Ignore';
  throw new CommandError(
    `invalid - validate option ${goQuote(text)}; must be one of: strict (or true), warn, ignore (or false)`,
  );
}

/** The parameters of a write: dry run, field manager and, where the verb validates, what to do about unknown fields. */
export function writeQuery(session: Session, validated = false): Query {
  const manager = session.flags.text('field-manager');
  return {
    dryRun: dryRunOf(session) === 'server' ? 'All' : undefined,
    fieldManager: manager === '' ? undefined : manager,
    ...(validated ? { fieldValidation: validationOf(session) } : {}),
  };
}
