import { goQuote } from '../../../api/go-text.js';
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
import { replicaSetsOf, revisionOf } from '../../rollout/revision.js';
import { groupKind, rolloutTargets } from '../../rollout/targets.js';
import type { Session } from '../../session.js';
import { templateOf } from '../../workload/pod-spec.js';

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
      const sets = yield* historyOf(session, info);
      if (!printer) return yield* session.out(yield* view(info, sets, revision));
      const chosen = revision > 0 ? sets.filter((each) => revisionOf(each) === revision) : sets;
      if (chosen.length === 0 && revision > 0) throw new CommandError('unable to find the specified revision');
      for (const each of chosen) yield* session.out(printer.print(each));
    });
  },
};

function* historyOf(session: Session, { mapping, object }: Info): Waiting<KubeObject[]> {
  if (mapping.kind === 'Deployment') return yield* replicaSetsOf(session, object as KubeObject);
  throw new CommandError(`no history viewer has been implemented for ${goQuote(groupKind(mapping))}`);
}

function* view({ mapping, name }: Info, sets: readonly KubeObject[], revision: number): Waiting<string> {
  const head = `${kindName(apiVersionOf(mapping), mapping.kind)}/${name} `;
  if (sets.length === 0) return `${head}\nNo rollout history found.\n`;
  if (revision === 0) {
    const rows = sets.map((each) => `${revisionOf(each)}\t${each.metadata.annotations?.[CHANGE_CAUSE] || '<none>'}\n`);
    return `${head}\n${alignTabs(`REVISION\tCHANGE-CAUSE\n${rows.join('')}`, DESCRIBE_LAYOUT)}\n`;
  }
  const found = sets.find((each) => revisionOf(each) === revision);
  if (!found) throw new CommandError('unable to find the specified revision');
  const template = templateOf(found) ?? {};
  const cause = found.metadata.annotations?.[CHANGE_CAUSE];
  const metadata = cause
    ? { ...template.metadata, annotations: { ...template.metadata?.annotations, [CHANGE_CAUSE]: cause } }
    : (template.metadata ?? {});
  const writer = new DescribeWriter();
  describePodTemplate(writer, { ...template, metadata });
  return `${head}with revision #${revision}\n${writer.raw()}\n`;
}
