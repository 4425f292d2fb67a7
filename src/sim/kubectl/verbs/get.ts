import { goQuote } from '../../api/go-text.js';
import type { KubeObject } from '../../api/object.js';
import { OutputError } from '../../api/output-error.js';
import type { Waiting } from '../../kernel/wait.js';
import type { Command } from '../cobra/command.js';
import type { Flags } from '../cobra/flags.js';
import { completeResources } from '../completion/resources.js';
import { copyAnswer } from '../copy-answer.js';
import { CommandError, throwAll, UsageError } from '../errors.js';
import { asTable, tableOptions } from '../get/tables.js';
import { watchObjects } from '../get/watch-objects.js';
import { sortObjects, sortTable } from '../output/sort-by.js';
import { type Table, TablePrinter } from '../output/table.js';
import { TABLE_LAYOUT, Tabwriter } from '../output/tabwriter.js';
import { outputPrinter } from '../print-flags.js';
import type { Mapping } from '../resource/discovery.js';
import { fileOptions, noFiles } from '../resource/files.js';
import type { Info } from '../resource/info.js';
import { type SelectionOptions, select } from '../resource/selection.js';
import { TABLE_ACCEPT } from '../rest.js';

import type { Session } from '../session.js';

/** `kubectl get`. */
export const get: Command = {
  name: 'get',
  short: 'Display one or many resources',
  run: runGet,
  complete: completeResources,
};

function* runGet(session: Session, flags: Flags, args: readonly string[]): Waiting<void> {
  if (flags.text('raw') !== '') return yield* runRaw(session, flags, args);
  yield* complete(session, flags, args);
  validate(flags);
  const human = isHuman(flags);
  const options = selectionOptions(session, flags, args, human);
  if (flags.bool('watch') || flags.bool('watch-only')) return yield* watchObjects(session, flags, options, human);
  if (human) yield* printTables(session, flags, options);
  else yield* printObjects(session, flags, options);
}

function* complete(session: Session, flags: Flags, args: readonly string[]): Waiting<void> {
  const sorting = flags.text('sort-by') !== '';
  if (flags.bool('watch')) {
    if (sorting)
      yield* session.err('warning: --watch requested, --sort-by will be ignored for watch events received\n');
  } else if (flags.bool('watch-only')) {
    if (sorting) yield* session.err('warning: --watch-only requested, --sort-by will be ignored\n');
  } else if (args.length === 0 && noFiles(fileOptions(session))) {
    yield* session.err(
      'You must specify the type of resource to get. Use "kubectl api-resources" for a complete list of supported resources.\n\n',
    );
    throw new UsageError(
      'get',
      'Required resource not specified.\nUse "kubectl explain <resource>" for a detailed description of that resource (e.g. kubectl explain pods).',
    );
  }
}

function validate(flags: Flags): void {
  const output = flags.text('output');
  if (flags.bool('show-labels') && output !== '' && output !== 'wide') {
    throw new CommandError(`--show-labels option cannot be used with ${output} printer`);
  }
  if (flags.bool('output-watch-events') && !flags.bool('watch') && !flags.bool('watch-only')) {
    throw new CommandError('--output-watch-events option can only be used with --watch or --watch-only');
  }
}

function isHuman(flags: Flags): boolean {
  const output = flags.text('output');
  return output === 'wide' || (output === '' && flags.text('template') === '');
}

function selectionOptions(session: Session, flags: Flags, args: readonly string[], human: boolean): SelectionOptions {
  const sorting = flags.text('sort-by') !== '';
  return {
    args,
    allowEmptySelector: true,
    files: fileOptions(session),
    selector: flags.text('selector'),
    fieldSelector: flags.text('field-selector'),
    allNamespaces: flags.bool('all-namespaces'),
    subresource: flags.text('subresource'),
    chunkSize: sorting ? 0 : flags.number('chunk-size'),
    continueOnError: true,
    latest: true,
    ignoreNotFound: flags.bool('ignore-not-found'),
    ...(human && flags.bool('server-print')
      ? { accept: TABLE_ACCEPT, ...(sorting ? { query: { includeObject: 'Object' } } : {}) }
      : {}),
  };
}

function* runRaw(session: Session, flags: Flags, args: readonly string[]): Waiting<void> {
  if (args.length > 0) throw new CommandError('arguments may not be passed when --raw is specified');
  if (flags.bool('watch') || flags.bool('watch-only') || flags.text('selector') !== '') {
    throw new CommandError(
      '--raw may not be specified with other flags that filter the server request or alter the output',
    );
  }
  if (flags.text('output') !== '') throw new CommandError('--raw and --output are mutually exclusive');
  const path = flags.text('raw');
  if (!path.startsWith('/'))
    throw new CommandError(`--raw must be a valid URL path: parse ${goQuote(path)}: invalid URI for request`);
  const response = yield* session.rest().response({ method: 'GET', path, accept: '*/*' });
  yield* copyAnswer(response, (bytes) => session.sys.write(1, bytes));
}

function* printObjects(session: Session, flags: Flags, options: SelectionOptions): Waiting<void> {
  const printer = outputPrinter(session, { columns: true, noHeaders: flags.bool('no-headers') });
  const selection = yield* select(session, options);
  const { infos, error } = yield* selection.collect();
  if (!printer) return;
  if (
    error !== undefined &&
    (selection.single || infos.length === 0) &&
    !(error instanceof CommandError && infos.length > 0)
  )
    throw error;
  if (selection.single && infos.length === 0 && options.ignoreNotFound) return;
  let items = infos.map(({ object }) => object as KubeObject);
  const sortBy = flags.text('sort-by');
  if (sortBy !== '') items = sortObjects(items, sortBy);
  if (selection.single && items.length === 1) yield* session.out(printer.print(items[0]));
  else yield* session.out(printer.print({ apiVersion: 'v1', items, kind: 'List', metadata: { resourceVersion: '' } }));
  if (error !== undefined) throw error;
}

function* printTables(session: Session, flags: Flags, options: SelectionOptions): Waiting<void> {
  const selection = yield* select(session, options);
  const { infos, error } = yield* selection.collect();
  const tables = new TableSequence(session, flags, isMixed(infos));
  for (const info of infos) yield* tables.print(info);
  yield* tables.finish();
  if (!tables.wrote && !options.ignoreNotFound && error === undefined) {
    const namespaced = !flags.bool('all-namespaces') && infos.every(({ mapping }) => mapping.namespaced);
    yield* session.err(
      namespaced ? `No resources found in ${session.namespace().name} namespace.\n` : 'No resources found\n',
    );
  }
  throwAll(error === undefined ? [] : [error]);
}

function isMixed(infos: readonly Info[]): boolean {
  return new Set(infos.map(({ mapping }) => mapping)).size > 1;
}

/** Tables one after another through one writer, an empty line between resources. */
class TableSequence {
  wrote = false;
  private readonly writer = new Tabwriter(TABLE_LAYOUT);
  private printer: TablePrinter | undefined;
  private last: Mapping | undefined;
  private separate = false;

  constructor(
    private readonly session: Session,
    private readonly flags: Flags,
    private readonly mixed: boolean,
  ) {}

  *print({ mapping, object }: Info): Waiting<void> {
    if (mapping !== this.last) {
      yield* this.write(this.writer.flush());
      this.writer.forgetWidths();
      if (this.last && !this.flags.bool('no-headers') && this.wrote) this.separate = true;
      this.last = mapping;
      this.printer = new TablePrinter(tableOptions(this.flags, mapping, this.mixed), this.writer);
    }
    const table = this.sorted(asTable(object as KubeObject, this.session.now()));
    if (table) yield* this.write((this.printer as TablePrinter).print(table));
  }

  /** Of a single table kubectl drops what its sorter complains of, and prints nothing: `No resources found`, exit 0. */
  private sorted(table: Table): Table | undefined {
    const sortBy = this.flags.text('sort-by');
    // A single row is in order already, whatever the path.
    if (sortBy === '' || table.rows.length < 2) return table;
    try {
      return sortTable(table, sortBy);
    } catch (error) {
      if (this.mixed || !(error instanceof OutputError)) throw error;
      return undefined;
    }
  }

  *finish(): Waiting<void> {
    yield* this.write(this.writer.flush());
  }

  private *write(text: string): Waiting<void> {
    if (text === '') return;
    this.wrote = true;
    yield* this.session.out(this.separate ? `\n${text}` : text);
    this.separate = false;
  }
}
