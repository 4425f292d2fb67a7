import { goQuote } from '../../api/go-text.js';
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

/** Kinds that kubectl has something of its own for, though not for all verbs (kind_visitor.go). */
const VISITED = new Set([
  'CronJob.batch',
  'DaemonSet.apps',
  'Deployment.apps',
  'Job.batch',
  'Pod',
  'ReplicaSet.apps',
  'ReplicationController',
  'StatefulSet.apps',
]);

/** Why a kind has no history to be shown, or to go back to. `task`: what it has nobody for, `what`: what is looked for. */
export function unvisited(
  mapping: { readonly group: string; readonly kind: string },
  task: string,
  what: string,
): string {
  const name = groupKind(mapping);
  return VISITED.has(name)
    ? `no ${task} has been implemented for ${goQuote(name)}`
    : `error retrieving ${what} for ${goQuote(name)}, no visitor method exists for {${mapping.group} ${mapping.kind}}`;
}

/** `Deployment.apps`, as messages about kinds that cannot be rolled name them. */
export function groupKind({ group, kind }: { readonly group: string; readonly kind: string }): string {
  return group === '' ? kind : `${kind}.${group}`;
}
