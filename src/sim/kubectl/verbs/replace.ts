import type { KubeObject } from '../../api/object.js';
import { isNotFound, StatusError } from '../../api/status.js';
import { objectPath } from '../../client/paths.js';
import { MINUTE, SECOND } from '../../kernel/time.js';
import type { Waiting } from '../../kernel/wait.js';
import { withLastApplied } from '../apply/last-applied.js';
import type { Command } from '../cobra/command.js';
import { CommandError, UrlError, withSource } from '../errors.js';
import { dryRunOf, WritePrinter } from '../print-flags.js';
import { propagationOf } from '../propagation.js';
import { fileOptions, requireFiles } from '../resource/files.js';
import { type Info, quotedName, shownName } from '../resource/info.js';
import { refresh } from '../resource/refresh.js';
import { select } from '../resource/selection.js';
import { sendRaw } from '../send-raw.js';
import type { Session } from '../session.js';
import { validationOf, writeQuery } from '../write-options.js';

/** `kubectl replace`. */
export const replace: Command = {
  name: 'replace',
  short: 'Replace a resource by file name or stdin',
  run: runReplace,
};

function* runReplace(session: Session, flags: Session['flags']): Waiting<void> {
  const validation = validationOf(session);
  const dryRun = dryRunOf(session);
  const printer = new WritePrinter(session, dryRun);
  const files = fileOptions(session);
  requireFiles(files);
  if (flags.text('raw') !== '') return yield* sendRaw(session, 'replace');
  const force = flags.bool('force');
  const grace = flags.number('grace-period');
  if (grace >= 0 && !force) throw new CommandError('--grace-period must have --force specified');
  if (flags.duration('timeout') !== 0 && !force) throw new CommandError('--timeout must have --force specified');
  if (force && dryRun !== 'none') throw new CommandError('--dry-run can not be used when --force is set');
  const selection = yield* select(session, { files, validate: validation !== 'Ignore', continueOnError: true });
  if (force) return yield* forceReplace(session, yield* selection.infos(), printer);
  const subresource = flags.text('subresource') || undefined;
  yield* selection.visit(function* (info) {
    let object = info.object as KubeObject;
    if (flags.bool('save-config')) object = withLastApplied(object);
    if (dryRun !== 'client') {
      try {
        const overwriting = yield* withLiveVersion(session, info, object, subresource);
        object = yield* session
          .rest()
          .replace(info.mapping, overwriting, info.namespace, writeQuery(session, true), subresource);
      } catch (error) {
        throw withSource('replacing', info.source, error);
      }
    }
    yield* printer.print(object, 'replaced');
  });
}

/** A file without a resourceVersion overwrites what is there now; what cannot be read is sent as it is. */
function* withLiveVersion(session: Session, info: Info, object: KubeObject, subresource?: string): Waiting<KubeObject> {
  if (object.metadata.resourceVersion) return object;
  const path = objectPath(info.mapping, info.name, info.namespace, subresource);
  try {
    const { metadata } = yield* session.rest().send<KubeObject>({ method: 'GET', path });
    if (!metadata.resourceVersion) return object;
    return { ...object, metadata: { ...object.metadata, resourceVersion: metadata.resourceVersion } };
  } catch (error) {
    if (error instanceof StatusError || error instanceof UrlError) return object;
    throw error;
  }
}

/** Deletes what is there, waits until it is gone, and creates it anew. */
function* forceReplace(session: Session, infos: readonly Info[], printer: WritePrinter): Waiting<void> {
  const { flags } = session;
  const given = flags.number('grace-period');
  const grace = given === 0 ? 1 : given;
  for (const info of infos) {
    try {
      const options = { propagationPolicy: propagationOf(flags), ...(grace >= 0 ? { gracePeriodSeconds: grace } : {}) };
      yield* session.rest().delete(info.mapping, info.name, info.namespace, options);
      const where = info.mapping.namespaced ? ` from ${info.namespace} namespace` : '';
      const nameOnly = flags.text('output') === 'name';
      yield* session.out(nameOnly ? `${shownName(info)}\n` : `${quotedName(info)} deleted${where}\n`);
    } catch (error) {
      if (!isNotFound(error)) throw withSource('deleting', info.source, error);
    }
  }
  const until = session.now() + (flags.duration('timeout') || 5 * MINUTE);
  for (const info of infos) {
    const wanted = info.object as KubeObject;
    for (;;) {
      try {
        yield* refresh(session, info);
      } catch (error) {
        if (isNotFound(error)) break;
        throw error;
      }
      if (session.now() > until) throw new CommandError('timed out waiting for the condition');
      yield* session.sys.sleep(SECOND);
    }
    const object = flags.bool('save-config') ? withLastApplied(wanted) : wanted;
    const created = yield* session.rest().create(info.mapping, object, info.namespace, writeQuery(session, true));
    yield* printer.print(created, 'replaced');
  }
}
