import type { KubeObject } from '../../../api/object.js';
import type { Waiting } from '../../../kernel/wait.js';
import type { Command } from '../../cobra/command.js';
import { completeTypes } from '../../completion/resources.js';
import { CommandError } from '../../errors.js';
import type { Info } from '../../resource/info.js';
import { openWatch } from '../../resource/watch.js';
import { rolloutStatus } from '../../rollout/status.js';
import { groupKind, rolloutTargets } from '../../rollout/targets.js';
import type { Session } from '../../session.js';

const KINDS = ['DaemonSet', 'Deployment', 'StatefulSet'];

/** `kubectl rollout status`. */
export const status: Command = {
  name: 'status',
  short: 'Show the status of the rollout',
  complete: completeTypes('deployment', 'daemonset', 'statefulset'),
  run: function* (session, flags, args) {
    const revision = flags.number('revision');
    const selection = yield* rolloutTargets(session, args);
    if (revision < 0) throw new CommandError(`revision must be a positive integer: ${revision}`);
    let found = false;
    yield* selection.visit(function* (info) {
      found = true;
      if (!KINDS.includes(info.mapping.kind))
        throw new CommandError(`no status viewer has been implemented for ${groupKind(info.mapping)}`);
      yield* follow(session, info, revision);
    });
    if (!found) yield* session.err(`No resources found in ${session.namespace().name} namespace.\n`);
  },
};

function* follow(session: Session, info: Info, revision: number): Waiting<void> {
  const timeout = session.flags.duration('timeout');
  const until = timeout === 0 ? undefined : session.now() + timeout;
  const first = info.object as KubeObject;
  if (yield* tell(session, first, revision)) return;
  for (let version = first.metadata.resourceVersion; ; ) {
    const query = { fieldSelector: `metadata.name=${info.name}`, resourceVersion: version };
    const watch = yield* openWatch(session, info.mapping, info.namespace, query);
    try {
      for (let change = yield* watch.next(until); change !== undefined; change = yield* watch.next(until)) {
        if (change.type === 'DELETED') throw new CommandError('object has been deleted');
        if (change.type === 'ERROR') break;
        version = change.object.metadata.resourceVersion;
        if (change.type !== 'BOOKMARK' && (yield* tell(session, change.object, revision))) return;
      }
    } finally {
      watch.cancel();
    }
    if (until !== undefined && session.now() >= until) throw new CommandError('timed out waiting for the condition');
  }
}

function* tell(session: Session, object: KubeObject, revision: number): Waiting<boolean> {
  const { text, done } = rolloutStatus(object, revision);
  yield* session.out(text);
  return done || !session.flags.bool('watch');
}
