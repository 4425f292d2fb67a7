import type { KubeObject } from '../../api/object.js';
import type { Waiting } from '../../kernel/wait.js';
import { CommandError } from '../errors.js';
import { dryRunOf, WritePrinter } from '../print-flags.js';
import { fileOptions, noFiles } from '../resource/files.js';
import type { Info } from '../resource/info.js';
import { type Selection, select } from '../resource/selection.js';
import type { Session } from '../session.js';
import { writeQuery } from '../write-options.js';
import type { PairChanges } from './pairs.js';

/** Labels or annotations: the field, the word for one of them, and how files are called in messages. */
export interface MetadataKind {
  readonly field: 'labels' | 'annotations';
  readonly word: 'label' | 'annotation';
  readonly file: string;
  /** Throws when keys are taken and may not be overwritten. */
  refuseOverwrites(current: Readonly<Record<string, string>>, changes: PairChanges): void;
  /** The word for what happened to the keys. */
  outcome(added: number, removed: number): string;
  /** Keys that were not there to be removed are mentioned. */
  readonly tellsMissing: boolean;
}

/** Checks the flags that `label` and `annotate` share. Throws in kubectl's words. */
export function checkMetadataFlags(
  session: Session,
  kind: MetadataKind,
  resources: readonly string[],
  changes: PairChanges,
): void {
  const { flags } = session;
  const files = fileOptions(session);
  if (flags.bool('list') && flags.text('output') !== '')
    throw new CommandError('--list and --output may not be specified together');
  if (flags.bool('all') && flags.text('selector') !== '')
    throw new CommandError('cannot set --all and --selector at the same time');
  if (flags.bool('all') && flags.text('field-selector') !== '')
    throw new CommandError('cannot set --all and --field-selector at the same time');
  if (flags.bool('local')) {
    if (dryRunOf(session) === 'server')
      throw new CommandError('cannot specify --local and --dry-run=server - did you mean --dry-run=client?');
    if (resources.length > 0)
      throw new CommandError(
        `can only use local files by -f ${kind.file}.yaml or --filename=${kind.file}.json when --local=true is set`,
      );
    if (noFiles(files))
      throw new CommandError(
        `one or more files must be specified as -f ${kind.file}.yaml or --filename=${kind.file}.json`,
      );
  } else if (resources.length === 0 && noFiles(files)) {
    throw new CommandError('one or more resources must be specified as <resource> <name> or <resource>/<name>');
  }
  if (changes.set.size === 0 && changes.remove.length === 0 && !flags.bool('list'))
    throw new CommandError(`at least one ${kind.word} update is required`);
}

/** Changes labels or annotations of all objects that are meant. */
export function* changeMetadata(
  session: Session,
  kind: MetadataKind,
  resources: readonly string[],
  changes: PairChanges,
): Waiting<void> {
  const { flags } = session;
  const local = flags.bool('local');
  const selection = yield* select(session, {
    args: resources,
    allowEmptySelector: flags.bool('all'),
    files: fileOptions(session),
    continueOnError: true,
    ...(local
      ? { local }
      : {
          selector: flags.text('selector'),
          fieldSelector: flags.text('field-selector'),
          all: flags.bool('all'),
          allNamespaces: flags.bool('all-namespaces'),
          latest: true,
        }),
  });
  if (!selection.single && flags.text('resource-version') !== '')
    throw new CommandError('--resource-version may only be used with a single resource');
  const printer = new WritePrinter(session, dryRunOf(session));
  yield* selection.visit((info) => changeOne(session, kind, selection, info, changes, printer));
}

function* changeOne(
  session: Session,
  kind: MetadataKind,
  selection: Selection,
  info: Info,
  changes: PairChanges,
  printer: WritePrinter,
): Waiting<void> {
  const { flags } = session;
  const object = info.object as KubeObject;
  const current = object.metadata[kind.field] ?? {};
  const isReal = dryRunOf(session) !== 'client' && !flags.bool('local') && !flags.bool('list');
  if (isReal && kind.tellsMissing) {
    for (const key of changes.remove)
      if (!(key in current)) yield* session.out(`${kind.word} ${JSON.stringify(key)} not found.\n`);
  }
  if (!flags.bool('overwrite')) kind.refuseOverwrites(current, changes);
  const patch: Record<string, string | null> = {};
  const next = { ...current };
  for (const [key, value] of changes.set) if (current[key] !== value) patch[key] = next[key] = value;
  const added = Object.keys(patch).length;
  for (const key of changes.remove) {
    if (!(key in next)) continue;
    patch[key] = null;
    delete next[key];
  }
  const removed = Object.keys(patch).length - added;
  let result: KubeObject = { ...object, metadata: { ...object.metadata, [kind.field]: next } };
  if (isReal && (added + removed > 0 || !kind.tellsMissing)) {
    const version = flags.text('resource-version');
    const metadata = {
      ...(added + removed > 0 ? { [kind.field]: patch } : {}),
      ...(version === '' ? {} : { resourceVersion: version }),
    };
    const body = Object.keys(metadata).length > 0 ? { metadata } : {};
    result = yield* session
      .rest()
      .patch(info.mapping, info.name, info.namespace, 'application/merge-patch+json', body, writeQuery(session));
  }
  if (flags.bool('list')) return yield* listMetadata(session, kind, selection, result, next);
  yield* printer.print(result, kind.outcome(added, removed));
}

function* listMetadata(
  session: Session,
  kind: MetadataKind,
  selection: Selection,
  object: KubeObject,
  entries: Readonly<Record<string, string>>,
): Waiting<void> {
  const indent = selection.single ? '' : ' ';
  const group = object.apiVersion.includes('/') ? object.apiVersion.split('/')[0] : '';
  if (!selection.single)
    yield* session.out(`Listing ${kind.field} for ${object.kind}.${group}/${object.metadata.name}:\n`);
  for (const [key, value] of Object.entries(entries)) yield* session.out(`${indent}${key}=${value}\n`);
}
