import type { KubeObject } from '../../../api/object.js';
import type { Waiting } from '../../../kernel/wait.js';
import type { Command } from '../../cobra/command.js';
import { completeTypes } from '../../completion/resources.js';
import { describePodTemplate } from '../../describe/pod-template.js';
import { DescribeWriter } from '../../describe/writer.js';
import { CommandError } from '../../errors.js';
import { kindName } from '../../output/name.js';
import { alignTabs, DESCRIBE_LAYOUT } from '../../output/tabwriter.js';
import { outputPrinter } from '../../print-flags.js';
import type { Info } from '../../resource/info.js';
import { apiVersionOf } from '../../resource/mapper.js';
import { atRevision, controllerRevisionsOf, replicaSetsOf, revisionOf } from '../../rollout/revision.js';
import { rolloutTargets, unvisited } from '../../rollout/targets.js';
import type { Session } from '../../session.js';
import { type TemplateLike, templateOf } from '../../workload/pod-spec.js';

const CHANGE_CAUSE = 'kubernetes.io/change-cause';

/** `kubectl rollout history`. */
export const history: Command = {
  name: 'history',
  short: 'View rollout history',
  complete: completeTypes('deployment', 'daemonset', 'statefulset'),
  run: function* (session, flags, args) {
    const revision = flags.number('revision');
    const printer = outputPrinter(session);
    const selection = yield* rolloutTargets(session, args);
    if (revision < 0) throw new CommandError(`revision must be a positive integer: ${revision}`);
    yield* selection.visit(function* (info) {
      const entries = yield* historyOf(session, info);
      if (!printer) return yield* session.out(yield* view(info, entries, revision));
      const chosen = revision > 0 ? entries.filter((each) => each.revision === revision) : entries;
      if (chosen.length === 0 && revision > 0) throw new CommandError('unable to find the specified revision');
      for (const { object } of chosen) yield* session.out(printer.print(object));
    });
  },
};

/** One revision: what a deployment's replica set holds, or a set as it was then. */
interface Entry {
  readonly revision: number;
  readonly object: KubeObject;
  readonly cause: string | undefined;
  readonly template: TemplateLike;
}

function* historyOf(session: Session, { mapping, object }: Info): Waiting<Entry[]> {
  const owner = object as KubeObject;
  if (mapping.kind === 'Deployment') return (yield* replicaSetsOf(session, owner)).map(entryOfReplicaSet);
  if (mapping.kind !== 'DaemonSet' && mapping.kind !== 'StatefulSet')
    throw new CommandError(unvisited(mapping, 'history viewer', 'history'));
  return (yield* controllerRevisionsOf(session, owner)).map((each) => {
    const applied = atRevision(owner, each);
    const cause = each.metadata.annotations?.[CHANGE_CAUSE];
    return { revision: each.revision ?? 0, object: applied, cause, template: templateOf(applied) ?? {} };
  });
}

/** Why a deployment was changed is shown as an annotation of the template. */
function entryOfReplicaSet(object: KubeObject): Entry {
  const cause = object.metadata.annotations?.[CHANGE_CAUSE];
  const template = templateOf(object) ?? {};
  const annotations = { ...template.metadata?.annotations, ...(cause ? { [CHANGE_CAUSE]: cause } : {}) };
  const metadata = cause ? { ...template.metadata, annotations } : (template.metadata ?? {});
  return { revision: revisionOf(object), object, cause, template: { ...template, metadata } };
}

function* view({ mapping, name }: Info, entries: readonly Entry[], revision: number): Waiting<string> {
  const head = `${kindName(apiVersionOf(mapping), mapping.kind)}/${name} `;
  if (entries.length === 0) return `${head}\nNo rollout history found.\n`;
  if (revision === 0) {
    const rows = entries.map((each) => `${each.revision}\t${each.cause || '<none>'}\n`);
    return `${head}\n${alignTabs(`REVISION\tCHANGE-CAUSE\n${rows.join('')}`, DESCRIBE_LAYOUT)}\n`;
  }
  const found = entries.find((each) => each.revision === revision);
  if (!found) throw new CommandError('unable to find the specified revision');
  const writer = new DescribeWriter();
  describePodTemplate(writer, found.template);
  return `${head}with revision #${revision}\n${writer.raw()}\n`;
}
