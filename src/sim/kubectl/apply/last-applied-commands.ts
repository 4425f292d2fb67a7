import type { KubeObject } from '../../api/object.js';
import { printJson } from '../../api/yaml/json-writer.js';
import { printYaml } from '../../api/yaml/print.js';
import type { Waiting } from '../../kernel/wait.js';
import type { Command } from '../cobra/command.js';
import { CommandError, UsageError } from '../errors.js';
import { dryRunOf, WritePrinter } from '../print-flags.js';
import { MISSING } from '../resource/arguments.js';
import { fileOptions, noFiles } from '../resource/files.js';
import type { Info } from '../resource/info.js';
import { refresh } from '../resource/refresh.js';
import { select } from '../resource/selection.js';
import type { Session } from '../session.js';
import { writeQuery } from '../write-options.js';
import { configurationText, LAST_APPLIED, lastAppliedText } from './last-applied.js';

/** `kubectl apply view-last-applied`. */
export const viewLastApplied: Command = {
  name: 'view-last-applied',
  short: 'View the latest last-applied-configuration annotations of a resource/object',
  run: function* (session, flags, args): Waiting<void> {
    const output = flags.text('output');
    if (output !== 'yaml' && output !== 'json' && output !== '') {
      throw new UsageError(
        'apply view-last-applied',
        `Unexpected -o output mode: ${output}, the flag 'output' must be one of yaml|json`,
      );
    }
    const selection = yield* select(session, {
      args,
      files: fileOptions(session),
      selector: flags.text('selector'),
      all: flags.bool('all'),
      latest: true,
      allowEmptySelector: false,
    });
    for (const info of yield* selection.infos()) {
      const text = lastAppliedText(info.object as KubeObject);
      if (text === undefined)
        yield* session.err(`error: no last-applied-configuration annotation found on resource: ${info.name}\n`);
      else {
        const value: unknown = JSON.parse(text);
        yield* session.out(output === 'json' ? printJson(value) : printYaml(value));
      }
    }
  },
};

/** `kubectl apply set-last-applied`. */
export const setLastApplied: Command = {
  name: 'set-last-applied',
  short: 'Set the last-applied-configuration annotation on a live object to match the contents of a file',
  run: function* (session, flags): Waiting<void> {
    const dryRun = dryRunOf(session);
    const printer = new WritePrinter(session, dryRun);
    const files = fileOptions(session);
    if (noFiles(files)) throw new CommandError(MISSING);
    const selection = yield* select(session, { files, continueOnError: true });
    yield* selection.visit(function* (info) {
      const text = configurationText(info.object as KubeObject);
      const live = yield* refresh(session, info);
      if (lastAppliedText(live) === undefined && !flags.bool('create-annotation')) {
        throw new CommandError(
          `no last-applied-configuration annotation found on resource: ${info.name}, to create the annotation, run the command with --create-annotation`,
        );
      }
      yield* annotate(session, info, text, dryRun, printer);
    });
  },
};

function* annotate(session: Session, info: Info, text: string, dryRun: string, printer: WritePrinter): Waiting<void> {
  const patch = { metadata: { annotations: { [LAST_APPLIED]: text } } };
  let object = info.object as KubeObject;
  if (dryRun !== 'client')
    object = yield* session
      .rest()
      .patch(info.mapping, info.name, info.namespace, 'application/merge-patch+json', patch, writeQuery(session));
  yield* printer.print(object, 'configured');
}
