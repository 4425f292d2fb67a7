import type { KubeObject } from '../../api/object.js';
import type { Waiting } from '../../kernel/wait.js';
import { withLastApplied } from '../apply/last-applied.js';
import type { Command } from '../cobra/command.js';
import type { Flags } from '../cobra/flags.js';
import { refuseUneditable } from '../editor/launch.js';
import { CommandError, UsageError, withSource } from '../errors.js';
import { dryRunOf, WritePrinter } from '../print-flags.js';
import { recorded } from '../record.js';
import { fileOptions, requireFiles } from '../resource/files.js';
import { select } from '../resource/selection.js';
import { sendRaw } from '../send-raw.js';
import type { Session } from '../session.js';
import { validationOf, writeQuery } from '../write-options.js';
import { GENERATORS } from './create/register.js';

/** `kubectl create`. */
export const create: Command = {
  name: 'create',
  short: 'Create a resource from a file or from stdin',
  commands: GENERATORS,
  run: runCreate,
};

function* runCreate(session: Session, flags: Flags, args: readonly string[]): Waiting<void> {
  const files = fileOptions(session);
  if (args.length > 0) throw new UsageError('create', `Unexpected args: [${args.join(' ')}]`);
  requireFiles(files);
  const dryRun = dryRunOf(session);
  const validation = validationOf(session);
  const printer = new WritePrinter(session, dryRun);
  if (flags.bool('edit')) refuseUneditable(flags.text('output'));
  if (flags.text('raw') !== '') return yield* sendRaw(session, 'create');
  const selection = yield* select(session, {
    files,
    validate: validation !== 'Ignore',
    selector: flags.text('selector'),
    continueOnError: true,
  });
  let count = 0;
  yield* selection.visit(function* (info) {
    let object = recorded(session, info.object as KubeObject);
    if (flags.bool('save-config')) object = withLastApplied(object);
    if (dryRun !== 'client') {
      try {
        object = yield* session.rest().create(info.mapping, object, info.namespace, writeQuery(session, true));
      } catch (error) {
        throw withSource('creating', info.source, error);
      }
    }
    count += 1;
    yield* printer.print(object, 'created');
  });
  if (count === 0) throw new CommandError('no objects passed to create');
}
