import { goQuote } from '../../api/go-text.js';
import type { KubeObject } from '../../api/object.js';
import { isConflict } from '../../api/status.js';
import { objectPath } from '../../client/paths.js';
import { SECOND } from '../../kernel/time.js';
import type { Waiting } from '../../kernel/wait.js';
import type { Command } from '../cobra/command.js';
import { completeTypes } from '../completion/resources.js';
import { CommandError } from '../errors.js';
import { dryRunOf, WritePrinter } from '../print-flags.js';
import { fileOptions } from '../resource/files.js';
import type { Info } from '../resource/info.js';
import { select } from '../resource/selection.js';
import type { Session } from '../session.js';

/** `kubectl scale`. */
export const scale: Command = {
  name: 'scale',
  short: 'Set a new size for a deployment, replica set, or replication controller',
  required: ['replicas'],
  complete: completeTypes('deployment', 'replicaset', 'replicationcontroller', 'statefulset'),
  run: runScale,
};

interface Scale extends KubeObject {
  spec: { replicas?: number };
  status: { replicas: number };
}

function* runScale(session: Session, flags: Session['flags'], args: readonly string[]): Waiting<void> {
  const dryRun = dryRunOf(session);
  const printer = new WritePrinter(session, dryRun);
  const replicas = flags.number('replicas');
  if (replicas < 0)
    throw new CommandError('The --replicas=COUNT flag is required, and COUNT must be greater than or equal to 0');
  if (flags.number('current-replicas') < -1)
    throw new CommandError('The --current-replicas must specify an integer of -1 or greater');
  const all = flags.bool('all');
  const selection = yield* select(session, {
    args,
    allowEmptySelector: all,
    files: fileOptions(session),
    selector: flags.text('selector'),
    continueOnError: true,
  });
  const { infos, error } = yield* selection.collect();
  if (flags.text('resource-version') !== '' && infos.length > 1)
    throw new CommandError('cannot use --resource-version with multiple resources');
  if (infos.length === 0) throw error ?? new CommandError('no objects passed to scale');
  for (const info of infos) {
    const object = info.object as KubeObject;
    if (dryRun !== 'client') yield* scaleOne(session, info, replicas);
    yield* printer.print({ ...object, spec: { ...(object['spec'] as object), replicas } }, 'scaled');
  }
  if (error !== undefined) throw error;
}

function* scaleOne(session: Session, info: Info, replicas: number): Waiting<void> {
  const { flags } = session;
  const path = objectPath(info.mapping, info.name, info.namespace, 'scale');
  const query = { dryRun: dryRunOf(session) === 'server' ? 'All' : undefined };
  const size = flags.number('current-replicas');
  const version = flags.text('resource-version');
  if (size === -1 && version === '') {
    const contentType = 'application/merge-patch+json';
    yield* session.rest().send({ method: 'PATCH', path, query, object: { spec: { replicas } }, contentType });
  } else {
    for (let done = false; !done; ) {
      const found = yield* session.rest().send<Scale>({ method: 'GET', path });
      const current = found.spec.replicas ?? 0;
      if (size !== -1 && current !== size) throw new CommandError(`Expected replicas to be ${size}, was ${current}`);
      const was = found.metadata.resourceVersion ?? '';
      if (version !== '' && was !== version)
        throw new CommandError(`Expected resource version to be ${version}, was ${was}`);
      try {
        yield* session
          .rest()
          .send({ method: 'PUT', path, query, object: { ...found, spec: { ...found.spec, replicas } } });
        done = true;
      } catch (error) {
        if (!isConflict(error)) throw error;
        yield* session.sys.sleep(SECOND);
      }
    }
  }
  if (flags.duration('timeout') > 0 && dryRunOf(session) === 'none')
    yield* waitForReplicas(session, path, replicas, info.name);
}

function* waitForReplicas(session: Session, path: string, replicas: number, name: string): Waiting<void> {
  const until = session.now() + session.flags.duration('timeout');
  for (;;) {
    const found = yield* session.rest().send<Scale>({ method: 'GET', path });
    if (found.status.replicas === replicas) return;
    if (session.now() + SECOND > until) throw new CommandError(`timed out waiting for ${goQuote(name)} to be synced`);
    yield* session.sys.sleep(SECOND);
  }
}
