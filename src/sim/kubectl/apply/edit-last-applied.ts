import { deepEqual, type KubeObject } from '../../api/object.js';
import { printJson } from '../../api/yaml/json-writer.js';
import { readManifests } from '../../api/yaml/manifests.js';
import { printYaml } from '../../api/yaml/print.js';
import type { Waiting } from '../../kernel/wait.js';
import type { Command } from '../cobra/command.js';
import {
  hasLines,
  headerText,
  type Reason,
  shownAs,
  stripComments,
  stripHeader,
  validationProblem,
} from '../editor/edited-text.js';
import { editInFile, refuseUneditable } from '../editor/launch.js';
import { CommandError } from '../errors.js';
import { WritePrinter } from '../print-flags.js';
import { fileOptions } from '../resource/files.js';
import type { Info } from '../resource/info.js';
import { select } from '../resource/selection.js';
import type { Session } from '../session.js';
import { writeQuery } from '../write-options.js';
import { configurationText, LAST_APPLIED, lastAppliedText } from './last-applied.js';

const HEADER = `# Please edit the 'last-applied-configuration' annotations below.
# Lines beginning with a '#' will be ignored, and an empty file will abort the edit.
#
`;

/** `kubectl apply edit-last-applied`. */
export const editLastApplied: Command = {
  name: 'edit-last-applied',
  short: 'Edit latest last-applied-configuration annotations of a resource/object',
  run: function* (session, flags, args): Waiting<void> {
    const files = fileOptions(session);
    const selection = yield* select(session, {
      args,
      files,
      latest: true,
      allowEmptySelector: true,
      continueOnError: true,
    });
    refuseUneditable(flags.text('output'));
    const noted = (yield* selection.infos()).flatMap((info): Noted[] => {
      const text = lastAppliedText(info.object as KubeObject);
      return text === undefined ? [] : [{ info, object: JSON.parse(text) as KubeObject }];
    });
    if (noted.length === 0)
      throw new CommandError(
        'no last-applied-configuration annotation found on resources, to create the annotation, use command `kubectl apply set-last-applied --create-annotation`',
      );
    yield* editNoted(session, noted, flags.text('output') === 'json' ? '.json' : '.yaml');
  },
};

/** An object of the server, and what was last applied to it. */
interface Noted {
  readonly info: Info;
  readonly object: KubeObject;
}

function* editNoted(session: Session, noted: readonly Noted[], extension: string): Waiting<void> {
  const first = (noted[0] as Noted).info;
  const objects = noted.map(({ object }) => object);
  const whole = objects.length === 1 ? objects[0] : { apiVersion: 'v1', items: objects, kind: 'List', metadata: {} };
  const original = extension === '.json' ? printJson(whole) : printYaml(whole);
  let body = original;
  let reasons: readonly Reason[] = [];
  for (;;) {
    const header = extension === '.yaml' ? headerText(HEADER, reasons) : '';
    const { text, path } = yield* editInFile(session, header + body, extension);
    if (reasons.length > 0 && stripComments(text) === stripComments(body)) {
      yield* session.err(`A copy of your changes has been stored to "${path}"\n`);
      throw new CommandError('Edit cancelled, no valid changes were saved.');
    }
    const problem = validationProblem(text, first);
    if (problem) {
      yield* session.err(`error: ${shownAs(first)} is invalid\n`);
      reasons = [problem];
      body = stripHeader(text);
      continue;
    }
    session.sys.unlink(path);
    if (stripComments(text) === stripComments(original))
      return yield* session.err('Edit cancelled, no changes made.\n');
    if (!hasLines(text)) return yield* session.err('Edit cancelled, saved file was empty.\n');
    return yield* note(session, noted, text);
  }
}

/** What was written becomes what counts as applied; the objects themselves stay. */
function* note(session: Session, noted: readonly Noted[], text: string): Waiting<void> {
  const printer = new WritePrinter(session);
  const edited = readManifests(text).documents.flatMap(({ value }) => {
    const object = value as unknown as KubeObject;
    return Array.isArray(object['items']) ? (object['items'] as KubeObject[]) : [object];
  });
  for (const object of edited) {
    const own = noted.find(({ object: before }) => before.metadata.name === object.metadata?.name) ?? noted[0];
    if (!own) continue;
    if (deepEqual(own.object, object)) {
      yield* printer.print(object, 'skipped');
      continue;
    }
    const patch = { metadata: { annotations: { [LAST_APPLIED]: configurationText(object) } } };
    const { mapping, name, namespace } = own.info;
    const type = 'application/merge-patch+json';
    yield* session.rest().patch(mapping, name, namespace, type, patch, writeQuery(session, true));
    yield* printer.print(object, 'edited');
  }
}
