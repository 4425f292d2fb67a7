import type { KubeObject } from '../../api/object.js';
import { isNotFound, StatusError } from '../../api/status.js';
import type { Waiting } from '../../kernel/wait.js';
import type { Flags } from '../cobra/flags.js';
import { CommandError } from '../errors.js';
import { printName } from '../output/name.js';
import type { ObjectPrinter } from '../output/printer.js';
import { TablePrinter } from '../output/table.js';
import { outputPrinter } from '../print-flags.js';
import type { Info } from '../resource/info.js';
import { type SelectionOptions, select } from '../resource/selection.js';
import { openWatch, type WatchChange } from '../resource/watch.js';
import type { Session } from '../session.js';
import { asTable, tableOptions } from './tables.js';

/** `get --watch` and `--watch-only`: what is there, unless only changes are wanted, then each change as it comes. */
export function* watchObjects(
  session: Session,
  flags: Flags,
  options: SelectionOptions,
  human: boolean,
): Waiting<void> {
  const selection = yield* select(session, { ...options, singleType: true, continueOnError: false });
  let infos: Info[];
  try {
    infos = yield* selection.infos();
  } catch (error) {
    if (isNotFound(error) && flags.bool('ignore-not-found')) return;
    throw error;
  }
  const first = infos[0];
  const print = changePrinter(session, flags, first, human);
  const isSingle = first !== undefined && first.name !== '' && selection.single;
  if (!flags.bool('watch-only'))
    for (const info of infos) yield* print({ type: 'ADDED', object: info.object as KubeObject });
  if (!first) return;
  if (infos.length > 1 && (options.args?.length ?? 0) !== 1) {
    throw new CommandError('you may only watch a single resource or type of resource at a time');
  }
  const query = {
    ...options.query,
    labelSelector: options.selector || undefined,
    fieldSelector: isSingle ? `metadata.name=${first.name}` : options.fieldSelector || undefined,
    resourceVersion: isSingle ? '0' : latestOf(infos),
  };
  const watch = yield* openWatch(session, first.mapping, first.namespace, query, options.accept);
  // A watch of one object tells its state first, which is printed already.
  let skip = isSingle;
  try {
    for (let change = yield* watch.next(); change !== undefined; change = yield* watch.next()) {
      if (change.type === 'BOOKMARK') continue;
      if (change.type === 'ERROR') throw new StatusError(change.object as never);
      if (skip && change.type === 'ADDED') {
        skip = false;
        continue;
      }
      yield* print(change);
    }
  } finally {
    watch.cancel();
  }
}

/** The newest version that was printed: what comes later is news. */
function latestOf(infos: readonly Info[]): string {
  return String(Math.max(...infos.map(({ object }) => Number(object?.metadata.resourceVersion ?? '0'))));
}

function changePrinter(
  session: Session,
  flags: Flags,
  info: Info | undefined,
  human: boolean,
): (change: WatchChange) => Waiting<void> {
  const withEvents = flags.bool('output-watch-events');
  if (human && info) {
    const tables = new TablePrinter(tableOptions(flags, info.mapping, false));
    return function* (change) {
      const text =
        tables.print(asTable(change.object, session.now()), withEvents ? change.type : undefined) + tables.flush();
      yield* session.out(text);
    };
  }
  const printer: ObjectPrinter = outputPrinter(session, { columns: true, noHeaders: flags.bool('no-headers') }) ?? {
    print: (object) => printName(object),
  };
  return function* (change) {
    yield* session.out(printer.print(withEvents ? { type: change.type, object: change.object } : change.object));
  };
}
