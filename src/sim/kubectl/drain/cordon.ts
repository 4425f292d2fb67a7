import { goQuote } from '../../api/go-text.js';
import type { KubeObject } from '../../api/object.js';
import type { Waiting } from '../../kernel/wait.js';
import { CommandError, plainText, UsageError } from '../errors.js';
import { dryRunOf, WritePrinter } from '../print-flags.js';
import type { Info } from '../resource/info.js';
import { select } from '../resource/selection.js';
import type { Session } from '../session.js';

/** The nodes that cordon, uncordon and drain are to work on. */
export function* nodesOf(session: Session, args: readonly string[], verb: string): Waiting<Info[]> {
  const selector = session.flags.text('selector');
  if (args.length === 0 && !session.flags.has('selector')) throw new UsageError(verb, `USAGE: ${verb} NODE [flags]`);
  if (args.length > 0 && selector !== '')
    throw new UsageError(verb, 'error: cannot specify both a node name and a --selector option');
  const names = args.map((arg) => (arg.includes('/') ? arg : `nodes/${arg}`));
  const selection = yield* select(
    session,
    selector === '' ? { args: names, singleType: true } : { args: ['nodes'], selector },
  );
  const infos = yield* selection.infos();
  for (const { mapping } of infos) {
    if (mapping.kind !== 'Node') {
      throw new CommandError(
        `error: expected resource of type node, got ${goQuote(`${mapping.group}/${mapping.version}, Resource=${mapping.resource}`)}`,
      );
    }
  }
  return infos;
}

/** Marks nodes as (un)schedulable and says so, node by node. */
export function* cordonNodes(session: Session, nodes: readonly Info[], desired: boolean): Waiting<void> {
  const dryRun = dryRunOf(session);
  const printer = new WritePrinter(session, dryRun);
  const word = desired ? 'cordoned' : 'uncordoned';
  for (const info of nodes) {
    const node = info.object as KubeObject;
    const current = (node['spec'] as { unschedulable?: boolean } | undefined)?.unschedulable === true;
    if (current === desired) {
      yield* printer.print(node, `already ${word}`);
      continue;
    }
    if (dryRun !== 'client') {
      const query = dryRun === 'server' ? { dryRun: 'All' } : {};
      const patch = { spec: { unschedulable: desired ? true : null } };
      try {
        info.object = yield* session
          .rest()
          .patch(info.mapping, info.name, '', 'application/strategic-merge-patch+json', patch, query);
      } catch (error) {
        yield* session.err(
          `error: unable to ${desired ? 'cordon' : 'uncordon'} node ${goQuote(info.name)}: ${plainText(error)}\n`,
        );
        continue;
      }
    }
    yield* printer.print(node, word);
  }
}
