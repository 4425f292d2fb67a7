import type { KubeObject } from '../../api/object.js';
import { isNotFound } from '../../api/status.js';
import type { Waiting } from '../../kernel/wait.js';
import type { Command } from '../cobra/command.js';
import type { Flags } from '../cobra/flags.js';
import { completeResources } from '../completion/resources.js';
import { describerOf } from '../describe/kinds/register.js';
import { DescribeWriter } from '../describe/writer.js';
import { CommandError, plainText, throwAll } from '../errors.js';
import { fileOptions, noFiles } from '../resource/files.js';
import type { Info } from '../resource/info.js';
import { refresh } from '../resource/refresh.js';
import { type SelectionOptions, select } from '../resource/selection.js';
import type { Session } from '../session.js';

/** `kubectl describe`. */
export const describe: Command = {
  name: 'describe',
  short: 'Show details of a specific resource or group of resources',
  complete: completeResources,
  run: runDescribe,
};

function* runDescribe(session: Session, flags: Flags, args: readonly string[]): Waiting<void> {
  const files = fileOptions(session);
  if (args.length === 0 && noFiles(files)) {
    throw new CommandError(
      'You must specify the type of resource to describe. Use "kubectl api-resources" for a complete list of supported resources.\n',
    );
  }
  const options: SelectionOptions = {
    args,
    files,
    allowEmptySelector: true,
    selector: flags.text('selector'),
    allNamespaces: flags.bool('all-namespaces'),
    chunkSize: flags.number('chunk-size'),
    continueOnError: true,
  };
  const { infos, error } = yield* (yield* select(session, options)).collect();
  let showEvents = flags.bool('show-events');
  if ((error !== undefined || infos.length > 1) && !flags.has('show-events')) showEvents = false;
  if (isNotFound(error) && args.length === 2) return yield* describeMatching(session, options, error, showEvents);
  const errors: unknown[] = error === undefined ? [] : [error];
  let first = true;
  for (const info of infos) {
    try {
      // A list's objects are read once more, as kubectl does.
      if (info.source !== undefined || infos.length > 1) yield* refresh(session, info);
      const text = yield* describeOne(session, info, showEvents);
      yield* session.out(first ? text : `\n\n${text}`);
      first = false;
    } catch (problem) {
      if (!errors.some((each) => plainText(each) === plainText(problem))) errors.push(problem);
    }
  }
  if (infos.length === 0 && errors.length === 0) {
    const all = flags.bool('all-namespaces');
    yield* session.err(all ? 'No resources found\n' : `No resources found in ${session.namespace().name} namespace.\n`);
  }
  throwAll(errors);
}

/** A name that is not there may be the beginning of others. */
function* describeMatching(
  session: Session,
  options: SelectionOptions,
  original: unknown,
  showEvents: boolean,
): Waiting<void> {
  const [type = '', prefix = ''] = options.args ?? [];
  const infos = yield* (yield* select(session, {
    args: [type],
    allowEmptySelector: true,
    singleType: true,
    chunkSize: options.chunkSize ?? 0,
  })).infos();
  const matching = infos.filter(({ name }) => name.startsWith(prefix));
  if (matching.length === 0) throw original;
  for (const info of matching) yield* session.out(`${yield* describeOne(session, info, showEvents)}\n`);
}

function* describeOne(session: Session, { mapping, object }: Info, showEvents: boolean): Waiting<string> {
  const w = new DescribeWriter();
  yield* describerOf(mapping)(w, { session, mapping, object: object as KubeObject, showEvents } as never);
  return w.text();
}
