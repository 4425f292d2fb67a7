import { goQuote } from '../../api/go-text.js';
import { parseSelector, SelectorError } from '../../api/labels.js';
import type { KubeObject } from '../../api/object.js';
import type { Pod } from '../../api/types/pod.js';
import { RESOURCES } from '../../client/resource-types.js';
import type { Waiting } from '../../kernel/wait.js';
import type { Command } from '../cobra/command.js';
import { completeOne } from '../completion/resources.js';
import { cordonNodes, nodesOf } from '../drain/cordon.js';
import { evictPods } from '../drain/evict.js';
import { judgePods } from '../drain/filter.js';
import { CommandError, ManyErrors, plainText } from '../errors.js';
import { dryRunOf, WritePrinter } from '../print-flags.js';
import type { Session } from '../session.js';

/** `kubectl drain`. */
export const drain: Command = {
  name: 'drain',
  short: 'Drain node in preparation for maintenance',
  complete: completeOne('nodes'),
  run: function* (session, _flags, args) {
    checkPodSelector(session);
    const nodes = yield* nodesOf(session, args, 'drain');
    yield* cordonNodes(session, nodes, true);
    const failed: string[] = [];
    const fatal: unknown[] = [];
    for (const info of nodes) {
      const errors = yield* drainNode(session, info.name);
      if (errors.length === 0) {
        yield* new WritePrinter(session, dryRunOf(session)).print(info.object as KubeObject, 'drained');
        continue;
      }
      const problem = new ManyErrors(errors);
      yield* session.err(
        `error: unable to drain node ${goQuote(info.name)} due to error: ${problem.message}, continuing command...\n`,
      );
      failed.push(info.name);
      fatal.push(problem);
    }
    if (failed.length === 0) return;
    yield* session.err(`There are pending nodes to be drained:\n${failed.map((name) => ` ${name}\n`).join('')}`);
    throw fatal.length === 1 ? fatal[0] : new ManyErrors(fatal);
  },
};

function checkPodSelector({ flags }: Session): void {
  try {
    parseSelector(flags.text('pod-selector'));
  } catch (error) {
    if (!(error instanceof SelectorError)) throw error;
    throw new CommandError('--pod-selector=<pod_selector> must be a valid label selector');
  }
}

function* podsOn(session: Session, node: string): Waiting<readonly Pod[]> {
  const query = {
    fieldSelector: `spec.nodeName=${node}`,
    labelSelector: session.flags.text('pod-selector') || undefined,
  };
  return (yield* session.rest().list<Pod>(RESOURCES.pods, '', query)).items;
}

function* drainNode(session: Session, node: string): Waiting<unknown[]> {
  const judged = yield* judgePods(session, yield* podsOn(session, node));
  if (judged.errors.length > 0) return [...judged.errors];
  if (judged.warnings !== '') yield* session.warn(judged.warnings);
  if (dryRunOf(session) === 'client') {
    for (const { metadata } of judged.pods)
      yield* session.out(`evicting pod ${metadata.namespace}/${metadata.name} (dry run)\n`);
    return [];
  }
  const errors = yield* evictPods(session, judged.pods);
  if (errors.length === 0) return [];
  const pending = yield* judgePods(session, yield* podsOn(session, node));
  if (pending.pods.length > 0) {
    const text = plainText(new ManyErrors(errors));
    const list = pending.pods.map(({ metadata }) => `pod/${metadata.name}\n`).join('');
    yield* session.err(`There are pending pods in node ${goQuote(node)} when an error occurred: ${text}\n${list}`);
  }
  return errors;
}
