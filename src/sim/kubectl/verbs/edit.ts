import { goQuote } from '../../api/go-text.js';
import { deepEqual, type JsonObject, type KubeObject } from '../../api/object.js';
import { hasReason, isNotFound, StatusError } from '../../api/status.js';
import { compactJson, printJson } from '../../api/yaml/json-writer.js';
import { readManifests } from '../../api/yaml/manifests.js';
import { printYaml } from '../../api/yaml/print.js';
import type { Waiting } from '../../kernel/wait.js';
import { withLastApplied } from '../apply/last-applied.js';
import { createMergePatch, twoWayPatch } from '../apply/three-way.js';
import type { Command } from '../cobra/command.js';
import type { Flags } from '../cobra/flags.js';
import { completeResources } from '../completion/resources.js';
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
import { CommandError, ExitError, plainText } from '../errors.js';
import { WritePrinter } from '../print-flags.js';
import { recorded } from '../record.js';
import { isBuiltIn } from '../resource/built-in.js';
import { fileOptions } from '../resource/files.js';
import type { Info } from '../resource/info.js';
import { select } from '../resource/selection.js';
import type { Session } from '../session.js';
import { writeQuery } from '../write-options.js';

const HEADER = `# Please edit the object below. Lines beginning with a '#' will be ignored,
# and an empty file will abort the edit. If an error occurs while saving this file will be
# reopened with the relevant failures.
#
`;

/** `kubectl edit`. */
export const edit: Command = {
  name: 'edit',
  short: 'Edit a resource on the server',
  complete: completeResources,
  run: runEdit,
};

function* runEdit(session: Session, flags: Flags, args: readonly string[]): Waiting<void> {
  const selection = yield* select(session, {
    args,
    allowEmptySelector: true,
    files: fileOptions(session),
    subresource: flags.text('subresource'),
    latest: true,
    continueOnError: true,
  });
  refuseUneditable(flags.text('output'));
  const infos = yield* selection.infos();
  if (infos.length === 0) throw new CommandError('edit cancelled, no objects found');
  const extension = flags.text('output') === 'json' ? '.json' : '.yaml';
  const original = originalText(infos, extension);
  let body = original;
  let reasons: readonly Reason[] = [];
  let retrying = false;
  for (;;) {
    const header = extension === '.yaml' ? headerText(HEADER, reasons) : '';
    const { text, path } = yield* editInFile(session, header + body, extension);
    if (retrying && stripComments(text) === stripComments(body)) {
      yield* preserved(session, path);
      throw new CommandError('Edit cancelled, no valid changes were saved.');
    }
    const problem = validationProblem(text, infos[0] as Info);
    if (problem === undefined && stripComments(text) === stripComments(original)) {
      session.sys.unlink(path);
      return yield* session.err('Edit cancelled, no changes made.\n');
    }
    if (problem === undefined && !hasLines(text)) {
      session.sys.unlink(path);
      return yield* session.err('Edit cancelled, saved file was empty.\n');
    }
    if (problem) yield* session.err(`error: ${shownAs(infos[0] as Info)} is invalid\n`);
    reasons = problem === undefined ? yield* save(session, infos, text, path) : [problem];
    if (reasons.length === 0) return;
    body = stripHeader(text);
    retrying = true;
  }
}

function originalText(infos: readonly Info[], extension: string): string {
  const plain = ({ object }: Info): JsonObject => {
    const { managedFields: _managers, ...metadata } = (object as KubeObject).metadata;
    return { ...(object as KubeObject), metadata };
  };
  const whole =
    infos.length === 1
      ? plain(infos[0] as Info)
      : { apiVersion: 'v1', items: infos.map(plain), kind: 'List', metadata: {} };
  return extension === '.json' ? printJson(whole) : printYaml(whole);
}

function* preserved(session: Session, path: string): Waiting<void> {
  yield* session.err(`A copy of your changes has been stored to ${goQuote(path)}\n`);
}

/** Sends what was changed. Answers why the file has to be opened again; nothing when all is saved. */
function* save(session: Session, infos: readonly Info[], text: string, path: string): Waiting<Reason[]> {
  const reasons: Reason[] = [];
  const edited = readManifests(text).documents.flatMap(({ value }) => {
    const object = value as unknown as KubeObject;
    return Array.isArray(object['items']) ? (object['items'] as KubeObject[]) : [object];
  });
  const printer = new WritePrinter(session);
  for (const object of edited) {
    const info = infos.find((each) => (each.object as KubeObject).metadata.uid === object.metadata?.uid);
    if (!info) {
      yield* preserved(session, path);
      throw new CommandError(`no original object found for ${compactJson(object)}`);
    }
    const outcome = yield* saveOne(session, info, object, printer, path);
    if (outcome) reasons.push(outcome);
  }
  if (reasons.length === 0) session.sys.unlink(path);
  return reasons;
}

function* saveOne(
  session: Session,
  info: Info,
  object: KubeObject,
  printer: WritePrinter,
  path: string,
): Waiting<Reason | undefined> {
  const original = info.object as KubeObject;
  const { managedFields } = original.metadata;
  const restored: KubeObject = {
    ...object,
    metadata: { ...object.metadata, ...(managedFields ? { managedFields } : {}) },
  };
  const wanted = session.flags.bool('save-config') ? withLastApplied(restored) : restored;
  if (deepEqual(original, wanted)) {
    yield* printer.print(original, 'skipped');
    return undefined;
  }
  if (
    object.apiVersion !== original.apiVersion ||
    object.kind !== original.kind ||
    object.metadata.name !== original.metadata.name
  ) {
    yield* preserved(session, path);
    throw new CommandError('At least one of apiVersion, kind and name was changed');
  }
  const isStrategic = isBuiltIn(info.mapping);
  const patchOf = isStrategic ? twoWayPatch : createMergePatch;
  const patch = patchOf(original as JsonObject, recorded(session, wanted) as JsonObject);
  if (session.flags.bool('output-patch')) yield* session.out(`Patch: ${compactJson(patch)}\n`);
  try {
    const subresource = session.flags.text('subresource') || undefined;
    info.object = yield* session
      .rest()
      .patch(
        info.mapping,
        info.name,
        info.namespace,
        `application/${isStrategic ? 'strategic-merge' : 'merge'}-patch+json`,
        patch,
        writeQuery(session, true),
        subresource,
      );
  } catch (error) {
    return yield* refused(session, info, error, path);
  }
  yield* printer.print(info.object, 'edited');
  return undefined;
}

function* refused(session: Session, info: Info, error: unknown, path: string): Waiting<Reason> {
  const name = shownAs(info);
  if (hasReason(error, 'Invalid')) {
    yield* session.err(`error: ${name} is invalid\n`);
    const causes = ((error as StatusError).status.details?.causes ?? []).map(
      ({ field = '', message = '' }) => `${field}: ${message}`,
    );
    return { head: `${name} was not valid`, causes };
  }
  if (!(error instanceof StatusError)) throw error;
  if (isNotFound(error)) {
    yield* session.err(
      `error: ${name} could not be found on the server\nThe edits you made on deleted resources have been saved to ${goQuote(path)}\n`,
    );
  } else {
    yield* session.err(
      `error: ${name} could not be patched: ${plainText(error)}\nYou can run \`kubectl replace -f ${path}\` to try this update again.\n`,
    );
  }
  throw new ExitError(1);
}
