import { goQuote } from '../../../api/go-text.js';
import { deepCopy, type JsonObject, type KubeObject, semanticEqual } from '../../../api/object.js';
import type { Waiting } from '../../../kernel/wait.js';
import { LAST_APPLIED, lastAppliedText } from '../../apply/last-applied.js';
import type { Command } from '../../cobra/command.js';
import { completeTypes } from '../../completion/resources.js';
import { describePodTemplate } from '../../describe/pod-template.js';
import { DescribeWriter } from '../../describe/writer.js';
import { CommandError, plainText } from '../../errors.js';
import { dryRunOf, WritePrinter } from '../../print-flags.js';
import type { Info } from '../../resource/info.js';
import { replicaSetsOf, revisionOf } from '../../rollout/revision.js';
import { groupKind, rolloutTargets } from '../../rollout/targets.js';
import type { Session } from '../../session.js';
import { type TemplateLike, templateOf } from '../../workload/pod-spec.js';

const HASH = 'pod-template-hash';
const PREFIX = 'deployment.kubernetes.io/';
/** Annotations that stay the deployment's own. */
const OWN = [
  LAST_APPLIED,
  `${PREFIX}revision`,
  `${PREFIX}revision-history`,
  `${PREFIX}desired-replicas`,
  `${PREFIX}max-replicas`,
  'deprecated.deployment.rollback.to',
];

/** `kubectl rollout undo`. */
export const undo: Command = {
  name: 'undo',
  short: 'Undo a previous rollout',
  complete: completeTypes('deployment', 'daemonset', 'statefulset'),
  run: function* (session, flags, args) {
    const dryRun = dryRunOf(session);
    const printer = new WritePrinter(session, dryRun);
    const selection = yield* rolloutTargets(session, args);
    yield* selection.visit(function* (info) {
      const object = info.object as KubeObject;
      if (lastAppliedText(object) !== undefined) {
        yield* session.warn(
          `resource ${info.mapping.resource}/${info.name} was previously managed with 'kubectl apply'. Rolling back will not update the ${LAST_APPLIED} annotation, which may cause unexpected behavior on future 'kubectl apply' operations. Consider using 'kubectl apply' with your previous configuration file instead.`,
        );
      }
      if (info.mapping.kind !== 'Deployment')
        throw new CommandError(`no rollbacker has been implemented for ${goQuote(groupKind(info.mapping))}`);
      yield* printer.print(object, yield* rollBack(session, info, flags.number('to-revision')));
    });
  },
};

function* rollBack(session: Session, info: Info, toRevision: number): Waiting<string> {
  if (toRevision < 0) throw new CommandError(`unable to find specified revision ${toRevision} in history`);
  const deployment = info.object as KubeObject;
  const sets = yield* replicaSetsOf(session, deployment);
  const target = toRevision > 0 ? sets.find((each) => revisionOf(each) === toRevision) : sets.at(-2);
  if (!target) {
    throw new CommandError(
      toRevision > 0
        ? `unable to find specified revision ${toRevision} in history`
        : `no rollout history found for deployment ${goQuote(info.name)}`,
    );
  }
  const template = templateOf(deepCopy(target)) as TemplateLike;
  if (dryRunOf(session) === 'client') {
    const writer = new DescribeWriter();
    describePodTemplate(writer, template);
    return writer.raw();
  }
  if ((deployment['spec'] as { paused?: boolean }).paused) {
    throw new CommandError(
      "you cannot rollback a paused deployment; resume it first with 'kubectl rollout resume' and try again",
    );
  }
  delete template.metadata?.labels?.[HASH];
  if (semanticEqual(template, templateOf(deployment)))
    return `skipped rollback (current template already matches revision ${toRevision})`;
  yield* restore(session, info, template as JsonObject, annotationsFor(deployment, target), toRevision);
  return 'rolled back';
}

function annotationsFor(deployment: KubeObject, target: KubeObject): Record<string, string> {
  const pick = (object: KubeObject, own: boolean): [string, string][] =>
    Object.entries(object.metadata.annotations ?? {}).filter(([key]) => OWN.includes(key) === own);
  return Object.fromEntries([...pick(deployment, true), ...pick(target, false)]);
}

function* restore(
  session: Session,
  info: Info,
  template: JsonObject,
  annotations: object,
  revision: number,
): Waiting<void> {
  const patch = [
    { op: 'replace', path: '/spec/template', value: template },
    { op: 'replace', path: '/metadata/annotations', value: annotations },
  ];
  const query = { dryRun: dryRunOf(session) === 'server' ? 'All' : undefined };
  try {
    yield* session.rest().patch(info.mapping, info.name, info.namespace, 'application/json-patch+json', patch, query);
  } catch (error) {
    throw new CommandError(`failed restoring revision ${revision}: ${plainText(error)}`);
  }
}
