import type { Waiting } from '../../kernel/wait.js';
import { CommandError } from '../errors.js';
import { fileOptions, noFiles } from '../resource/files.js';
import { type Selection, select } from '../resource/selection.js';
import type { Session } from '../session.js';

/** The objects a rollout verb works on. Throws when none is named. */
export function* rolloutTargets(session: Session, args: readonly string[]): Waiting<Selection> {
  const files = fileOptions(session);
  if (args.length === 0 && noFiles(files)) throw new CommandError('required resource not specified');
  return yield* select(session, {
    args,
    allowEmptySelector: true,
    files,
    selector: session.flags.text('selector'),
    continueOnError: true,
    latest: true,
    typed: true,
  });
}

/** `Deployment.apps`, as messages about kinds that cannot be rolled name them. */
export function groupKind({ group, kind }: { readonly group: string; readonly kind: string }): string {
  return group === '' ? kind : `${kind}.${group}`;
}
