import { goQuote } from '../../api/go-text.js';
import { goPrint } from '../../api/go-value.js';
import type { KubeObject } from '../../api/object.js';
import { isNotFound, notFound, StatusError } from '../../api/status.js';
import { HOUR, type Micros, SECOND } from '../../kernel/time.js';
import type { Waiting } from '../../kernel/wait.js';
import type { Command } from '../cobra/command.js';
import type { Flags } from '../cobra/flags.js';
import { CommandError } from '../errors.js';
import { jsonPathEvaluator } from '../output/jsonpath/print.js';
import { relaxedJsonPath } from '../output/relaxed-jsonpath.js';
import { WritePrinter } from '../print-flags.js';
import { fileOptions } from '../resource/files.js';
import type { Info } from '../resource/info.js';
import { type Selection, type SelectionOptions, select } from '../resource/selection.js';
import { openWatch } from '../resource/watch.js';
import type { Session } from '../session.js';

/** `kubectl wait`. */
export const wait: Command = {
  name: 'wait',
  short: 'Wait for a specific condition on one or many resources',
  run: runWait,
};

/** What is waited for: a deletion, a creation, or whether an object is as it should be. */
type Condition = 'create' | 'delete' | ((object: KubeObject) => boolean);

const POLL: Micros = SECOND / 2;
const TIMED_OUT = 'timed out waiting for the condition';

function* runWait(session: Session, flags: Flags, args: readonly string[]): Waiting<void> {
  const printer = new WritePrinter(session);
  const conditions = flags.list('for').map(conditionOf);
  if (conditions.length === 0) throw new CommandError('unrecognized condition: []');
  const timeout = flags.duration('timeout');
  const until = session.now() + (timeout < 0 ? 168 * HOUR : timeout);
  const options: SelectionOptions = {
    args,
    files: fileOptions(session),
    selector: flags.text('selector'),
    fieldSelector: flags.text('field-selector'),
    all: flags.bool('all'),
    allNamespaces: flags.bool('all-namespaces'),
    local: flags.bool('local'),
    latest: true,
    ignoreNotFound: conditions.includes('delete'),
  };
  if (conditions.includes('create')) yield* waitCreated(session, options, until);
  let count = 0;
  const selection: Selection = yield* select(session, options);
  yield* selection.visit(function* (info) {
    count += 1;
    for (const condition of conditions) {
      const object = yield* waitFor(session, info, condition, until, timeout === 0);
      yield* printer.print(object, 'condition met');
    }
  });
  if (count === 0 && !conditions.includes('delete')) throw new CommandError('no matching resources found');
}

function conditionOf(text: string): Condition {
  const lower = text.toLowerCase();
  if (lower === 'delete' || lower === 'create') return lower;
  if (text.startsWith('condition=')) return statusCondition(text.slice('condition='.length));
  if (text.startsWith('jsonpath=')) return pathCondition(text.slice('jsonpath='.length));
  throw new CommandError(`unrecognized condition: ${goQuote(text)}`);
}

function statusCondition(text: string): (object: KubeObject) => boolean {
  const [name = '', value = 'true'] = text.split(/=(.*)/s);
  return (object) => {
    const status = (object['status'] ?? {}) as { conditions?: Record<string, unknown>[]; observedGeneration?: number };
    const found = (status.conditions ?? []).find((each) => String(each['type']).toLowerCase() === name.toLowerCase());
    if (!found || found['status'] === undefined) return false;
    const observed = (found['observedGeneration'] as number | undefined) ?? status.observedGeneration;
    if (observed !== undefined && observed < (object.metadata.generation ?? 0)) return false;
    return String(found['status']).toLowerCase() === value.toLowerCase();
  };
}

function pathCondition(input: string): (object: KubeObject) => boolean {
  const parts = splitAtEquals(input);
  if (parts.length > 2) {
    throw new CommandError(
      "jsonpath wait format must be --for=jsonpath='{.status.readyReplicas}'=3 or --for=jsonpath='{.status.readyReplicas}'",
    );
  }
  const path = relaxedJsonPath(parts[0] ?? '');
  const wanted = parts[1]?.replace(/^['"]+|['"]+$/g, '');
  if (wanted === '')
    throw new CommandError(
      "jsonpath wait has to have a value after equal sign, like --for=jsonpath='{.status.readyReplicas}'=3",
    );
  if (path === '') throw new CommandError('jsonpath expression cannot be empty');
  const evaluator = jsonPathEvaluator(path, true);
  return (object) => {
    const results = evaluator.find(object);
    if (results.length === 0 || results[0]?.length === 0) return false;
    if (results.length > 1) throw new CommandError('given jsonpath expression matches more than one list');
    const values = results[0] as unknown[];
    if (values.length > 1) throw new CommandError('given jsonpath expression matches more than one value');
    if (wanted === undefined) return true;
    if (typeof values[0] === 'object' && values[0] !== null)
      throw new CommandError('jsonpath leads to a nested object or list which is not supported');
    return goPrint(values[0]).trim() === wanted.trim();
  };
}

/** Splits at single equal signs; double ones belong to filters. */
function splitAtEquals(text: string): string[] {
  return text
    .replaceAll('==', '\0')
    .split('=')
    .map((part) => part.replaceAll('\0', '=='));
}

function* waitCreated(session: Session, options: SelectionOptions, until: Micros): Waiting<void> {
  for (;;) {
    const { infos, error } = yield* (yield* select(session, options)).collect();
    if (error !== undefined && !isNotFound(error)) throw error;
    if (infos.length > 0) return;
    if (session.now() + POLL > until) throw new CommandError(TIMED_OUT);
    yield* session.sys.sleep(POLL);
  }
}

function* waitFor(
  session: Session,
  info: Info,
  condition: Condition,
  until: Micros,
  once: boolean,
): Waiting<KubeObject> {
  const first = info.object as KubeObject;
  if (condition === 'create') return first;
  const isMet = (object: KubeObject): boolean => condition !== 'delete' && condition(object);
  if (isMet(first)) return first;
  if (once) throw new CommandError(`condition not met for ${info.mapping.resource}/${info.name}`);
  return yield* follow(session, info, condition, isMet, until);
}

function* follow(
  session: Session,
  info: Info,
  condition: Condition,
  isMet: (object: KubeObject) => boolean,
  until: Micros,
): Waiting<KubeObject> {
  const first = info.object as KubeObject;
  for (;;) {
    let current: KubeObject;
    try {
      current = yield* session.rest().get<KubeObject>(info.mapping, info.name, info.namespace);
    } catch (error) {
      if (!isNotFound(error)) throw error;
      if (condition === 'delete') return first;
      throw new StatusError(notFound({ group: info.mapping.group, resource: info.mapping.resource }, info.name));
    }
    if (condition === 'delete' && current.metadata.uid !== first.metadata.uid) return first;
    if (isMet(current)) return current;
    const query = { fieldSelector: `metadata.name=${info.name}`, resourceVersion: current.metadata.resourceVersion };
    const watch = yield* openWatch(session, info.mapping, info.namespace, query);
    try {
      for (let change = yield* watch.next(until); change !== undefined; change = yield* watch.next(until)) {
        if (change.type === 'DELETED' && condition === 'delete') return first;
        if (change.type === 'DELETED' || change.type === 'ERROR') break;
        if (change.type !== 'BOOKMARK' && isMet(change.object)) return change.object;
      }
    } finally {
      watch.cancel();
    }
    if (session.now() >= until) throw new CommandError(`${TIMED_OUT} on ${info.mapping.resource}/${info.name}`);
  }
}
