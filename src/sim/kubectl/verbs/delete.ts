import type { KubeObject } from '../../api/object.js';
import type { Status } from '../../api/status.js';
import { hasReason } from '../../api/status.js';
import { HOUR } from '../../kernel/time.js';
import type { Waiting } from '../../kernel/wait.js';
import type { Command } from '../cobra/command.js';
import type { Flags } from '../cobra/flags.js';
import { completeResources } from '../completion/resources.js';
import { copyAnswer } from '../copy-answer.js';
import { CommandError, withSource } from '../errors.js';
import { type DryRun, dryRunOf, operationWord } from '../print-flags.js';
import { type Propagation, propagationWarned } from '../propagation.js';
import { fileOptions } from '../resource/files.js';
import { type Info, quotedName, shownName } from '../resource/info.js';
import { type Selection, type SelectionOptions, select } from '../resource/selection.js';
import { waitDeleted } from '../resource/wait-deleted.js';
import type { Session } from '../session.js';

/** `kubectl delete`. */
export const deleteVerb: Command = {
  name: 'delete',
  short: 'Delete resources by file names, stdin, resources and names, or by resources and label selector',
  run: runDelete,
  complete: completeResources,
};

/** What the flags of a delete come to. */
interface DeleteSettings {
  readonly graceSeconds: number;
  readonly propagation: Propagation;
  readonly dryRun: DryRun;
  readonly wait: boolean;
  readonly nameOnly: boolean;
}

function* runDelete(session: Session, flags: Flags, args: readonly string[]): Waiting<void> {
  if (flags.text('raw') !== '') {
    const answer = yield* session.rest().response({ method: 'DELETE', path: flags.text('raw'), accept: '*/*' });
    return yield* copyAnswer(answer, (bytes) => session.sys.write(1, bytes));
  }
  const graceSeconds = graceOf(flags);
  const { enforced } = session.namespace();
  const dryRun = dryRunOf(session);
  const propagation = yield* propagationWarned(session);
  const options = selectionOptions(session, flags, args);
  const selection = yield* select(session, options);
  yield* validate(session, flags, graceSeconds);
  if (flags.bool('interactive') && !(yield* confirm(session, yield* select(session, options)))) return;
  const settings = {
    graceSeconds,
    propagation,
    dryRun,
    wait: flags.bool('wait'),
    nameOnly: flags.text('output') === 'name',
  };
  yield* deleteAll(session, flags, selection, settings, enforced && !flags.bool('all-namespaces'));
}

function graceOf(flags: Flags): number {
  let grace = flags.number('grace-period');
  if (flags.bool('now')) {
    if (grace !== -1) throw new CommandError('--now and --grace-period cannot be specified together');
    grace = 1;
  }
  const force = flags.bool('force');
  if (grace === 0 && !force) return 1;
  return force && grace < 0 ? 0 : grace;
}

function selectionOptions(session: Session, flags: Flags, args: readonly string[]): SelectionOptions {
  const selecting = flags.bool('all') || flags.text('selector') !== '' || flags.text('field-selector') !== '';
  return {
    args,
    files: fileOptions(session),
    selector: flags.text('selector'),
    fieldSelector: flags.text('field-selector'),
    all: flags.bool('all'),
    allNamespaces: flags.bool('all-namespaces'),
    continueOnError: true,
    withoutObject: true,
    ignoreNotFound: flags.has('ignore-not-found') ? flags.bool('ignore-not-found') : selecting,
  };
}

function* validate(session: Session, flags: Flags, graceSeconds: number): Waiting<void> {
  const output = flags.text('output');
  if (output !== '' && output !== 'name')
    throw new CommandError(`unexpected -o output mode: ${output}. We only support '-o name'`);
  const all = flags.bool('all');
  if (all && flags.text('selector') !== '') throw new CommandError('cannot set --all and --selector at the same time');
  if (all && flags.text('field-selector') !== '')
    throw new CommandError('cannot set --all and --field-selector at the same time');
  if (!flags.bool('force')) return;
  if (graceSeconds > 0)
    throw new CommandError('--force and --grace-period greater than 0 cannot be specified together');
  yield* session.warn(
    'Immediate deletion does not wait for confirmation that the running resource has been terminated. The resource may continue to run on the cluster indefinitely.',
  );
}

function* confirm(session: Session, selection: Selection): Waiting<boolean> {
  const infos = yield* selection.infos();
  if (infos.length === 0) {
    yield* session.out('No resources found\n');
    return false;
  }
  const list = infos.map((info) => `${shownName(info)}\n`).join('');
  yield* session.out(
    `You are about to delete the following ${infos.length} resource(s):\n${list}Do you want to continue? (y/N): `,
  );
  const line = Buffer.from(yield* session.sys.read(0, 1024))
    .toString('utf8')
    .trim();
  if (line.toLowerCase() === 'y') return true;
  yield* session.out('deletion is cancelled\n');
  return false;
}

function* deleteAll(
  session: Session,
  flags: Flags,
  selection: Selection,
  settings: DeleteSettings,
  warnScope: boolean,
): Waiting<void> {
  const deleted: { info: Info; uid: string | undefined }[] = [];
  let warn = warnScope;
  let found = 0;
  yield* selection.visit(function* (info) {
    found += 1;
    if (warn && !info.mapping.namespaced) {
      yield* session.warn('deleting cluster-scoped resources, not scoped to the provided namespace');
      warn = false;
    }
    const uid = yield* deleteOne(session, info, settings);
    deleted.push({ info, uid });
  });
  if (found === 0) return yield* session.out('No resources found\n');
  if (!settings.wait || settings.dryRun !== 'none') return;
  const timeout = flags.duration('timeout') || 168 * HOUR;
  const until = session.now() + timeout;
  try {
    for (const { info, uid } of deleted) yield* waitDeleted(session, info, uid, until);
  } catch (error) {
    if (!hasReason(error, 'Forbidden') && !hasReason(error, 'MethodNotAllowed')) throw error;
  }
}

function* deleteOne(session: Session, info: Info, settings: DeleteSettings): Waiting<string | undefined> {
  let uid: string | undefined;
  if (settings.dryRun !== 'client') {
    const options = {
      ...(settings.graceSeconds >= 0 ? { gracePeriodSeconds: settings.graceSeconds } : {}),
      propagationPolicy: settings.propagation,
      ...(settings.dryRun === 'server' ? { dryRun: ['All'] } : {}),
    };
    let answer: KubeObject;
    try {
      answer = yield* session.rest().delete(info.mapping, info.name, info.namespace, options);
    } catch (error) {
      throw withSource('deleting', info.source, error);
    }
    uid = answer.kind === 'Status' ? (answer as unknown as Status).details?.uid : answer.metadata.uid;
  }
  yield* session.out(lineOf(info, settings));
  return uid;
}

function lineOf(info: Info, { nameOnly, graceSeconds, dryRun }: DeleteSettings): string {
  if (nameOnly) return `${shownName(info)}\n`;
  const verb = graceSeconds === 0 ? 'force deleted' : 'deleted';
  const where = info.mapping.namespaced ? ` from ${info.namespace} namespace` : '';
  return `${operationWord(`${quotedName(info)} ${verb}${where}`, dryRun)}\n`;
}
