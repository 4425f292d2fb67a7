import { goQuote } from '../../../api/go-text.js';
import { deepCopy, type JsonObject, type KubeObject, semanticEqual } from '../../../api/object.js';
import type { PatchType } from '../../../client/client.js';
import type { Waiting } from '../../../kernel/wait.js';
import { LAST_APPLIED, lastAppliedText } from '../../apply/last-applied.js';
import type { Command } from '../../cobra/command.js';
import { completeTypes } from '../../completion/resources.js';
import { describePodTemplate } from '../../describe/pod-template.js';
import { DescribeWriter } from '../../describe/writer.js';
import { CommandError, plainText } from '../../errors.js';
import { dryRunOf, WritePrinter } from '../../print-flags.js';
import type { Info } from '../../resource/info.js';
import { atRevision, controllerRevisionsOf, isAtRevision, replicaSetsOf, revisionOf } from '../../rollout/revision.js';
import { rolloutTargets, unvisited } from '../../rollout/targets.js';
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
      const back = ROLLBACKS[info.mapping.kind];
      if (!back) throw new CommandError(unvisited(info.mapping, 'rollbacker', 'rollbacker'));
      yield* printer.print(object, yield* back(session, info, flags.number('to-revision')));
    });
  },
};

/** Takes an object back to a revision, 0 for the last but one; what was done. */
type RollBack = (session: Session, info: Info, toRevision: number) => Waiting<string>;

const ROLLBACKS: Readonly<Record<string, RollBack>> = {
  DaemonSet: rollBackSet,
  Deployment: rollBackDeployment,
  StatefulSet: rollBackSet,
};

function* rollBackSet(session: Session, info: Info, toRevision: number): Waiting<string> {
  const set = info.object as KubeObject;
  const missing = `unable to find specified revision ${toRevision} in history`;
  if (toRevision < 0) throw new CommandError(missing);
  const history = yield* controllerRevisionsOf(session, set);
  if (toRevision === 0 && history.length <= 1) throw new CommandError('no last revision to roll back to');
  const target = toRevision > 0 ? history.find(({ revision }) => revision === toRevision) : history.at(-2);
  if (!target) throw new CommandError(missing);
  if (dryRunOf(session) === 'client') {
    const writer = new DescribeWriter();
    describePodTemplate(writer, templateOf(atRevision(set, target)) as TemplateLike);
    return `will roll back to ${writer.raw()}`;
  }
  if (isAtRevision(set, target)) return skipped(toRevision);
  yield* restore(session, info, 'application/strategic-merge-patch+json', target.data as JsonObject, toRevision);
  return 'rolled back';
}

function skipped(revision: number): string {
  return `skipped rollback (current template already matches revision ${revision})`;
}

function* rollBackDeployment(session: Session, info: Info, toRevision: number): Waiting<string> {
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
  if (semanticEqual(template, templateOf(deployment))) return skipped(toRevision);
  const patch = [
    { op: 'replace', path: '/spec/template', value: template },
    { op: 'replace', path: '/metadata/annotations', value: annotationsFor(deployment, target) },
  ];
  yield* restore(session, info, 'application/json-patch+json', patch, toRevision);
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
  patchType: PatchType,
  patch: JsonObject | readonly object[],
  revision: number,
): Waiting<void> {
  const query = { dryRun: dryRunOf(session) === 'server' ? 'All' : undefined };
  try {
    yield* session.rest().patch(info.mapping, info.name, info.namespace, patchType, patch, query);
  } catch (error) {
    throw new CommandError(`failed restoring revision ${revision}: ${plainText(error)}`);
  }
}
