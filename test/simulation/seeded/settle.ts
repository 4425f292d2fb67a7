import type { KubeObject } from '../../../src/sim/api/object.js';
import type { Node } from '../../../src/sim/api/types/node.js';
import type { Pod } from '../../../src/sim/api/types/pod.js';
import { type ClusterView, objectsOf } from './cluster-view.js';
import { GOOD_IMAGE, MISSING_IMAGE, pathOf } from './draw/objects.js';
import { controllerOf, hasEnded, isGoing, isReady } from './invariants/facts.js';
import { jobsUnfinished } from './invariants/jobs-counted.js';
import { replicasMissing } from './invariants/replicas-converge.js';
import type { Outside } from './outside.js';
import type { Player } from './play.js';
import type { Watcher } from './watcher.js';

/** How long a cluster may take to come to rest: evictions of lost nodes and back-offs take five minutes each. */
const REST_SECONDS_MAX = 1200;
const STEP_SECONDS = 5;
const SERVER_SECONDS_MAX = 300;
const SYSTEM = new Set(['kube-system', 'kube-public', 'kube-node-lease']);

interface Parts {
  readonly outside: Outside;
  readonly watcher: Watcher;
  readonly player: Player;
}

/** Mends everything, corrects what cannot come to an end as it is, and lets time pass until nothing happens any more. */
export function settle(parts: Parts): string[] {
  const { outside, watcher, player } = parts;
  for (const fault of [...player.broken.keys()]) player.repair(fault);
  if (!untilServed(parts)) return ['the API server does not come back'];
  for (const node of player.lost) player.ask('DELETE', pathOf('nodes', undefined, node));
  correctWorkloads(parts);
  pass(parts, STEP_SECONDS);
  replaceStuckPods(parts);
  for (let passed = 0; passed < REST_SECONDS_MAX; passed += STEP_SECONDS) {
    pass(parts, STEP_SECONDS);
    if (outside.machine.isQuiet() && watcher.isWhole && !isExpecting(watcher.view)) return [];
  }
  return [`it does not come to rest: ${restlessOf(watcher.view).join(', ')}`];
}

/** Lets a span pass as somebody does who watches. */
export function pass({ outside, watcher }: Pick<Parts, 'outside' | 'watcher'>, seconds: number): void {
  for (let passed = 0; passed < seconds; passed += STEP_SECONDS) {
    outside.advance(Math.min(STEP_SECONDS, seconds - passed));
    watcher.reopen();
  }
}

function untilServed(parts: Parts): boolean {
  for (let passed = 0; passed < SERVER_SECONDS_MAX; passed += STEP_SECONDS) {
    pass(parts, STEP_SECONDS);
    if (parts.outside.ask('GET', '/readyz').status === 200 && parts.watcher.isWhole) return true;
  }
  return false;
}

/** Images that there are, nothing paused, no more jobs at the stroke of the clock. */
function correctWorkloads({ watcher: { view }, player }: Parts): void {
  const template = { template: { spec: { containers: [{ name: 'c', image: GOOD_IMAGE }] } } };
  for (const plural of ['deployments', 'statefulsets', 'daemonsets', 'replicasets']) {
    for (const object of objectsOf(view, plural)) {
      if (isForeign(object) || controllerOf(object)) continue;
      const spec = plural === 'deployments' ? { ...template, paused: false } : template;
      player.ask('PATCH strategic', pathOf(plural, object.metadata.namespace, object.metadata.name), { spec });
    }
  }
  for (const { metadata } of objectsOf(view, 'cronjobs'))
    player.ask('PATCH', pathOf('cronjobs', metadata.namespace, metadata.name), { spec: { suspend: true } });
}

/**
 * Sets do not replace pods that never got ready, and what nobody owns nobody replaces. What a deployment's former template
 * left may hold the room that the new one needs, for ever: as many must be available before it is scaled down.
 */
function replaceStuckPods({ watcher: { view }, player }: Parts): void {
  const former = new Set<string>();
  for (const pod of objectsOf<Pod>(view, 'pods')) {
    if (isForeign(pod) || isGoing(pod) || hasEnded(pod) || isReady(pod)) continue;
    const target = pathOf('pods', pod.metadata.namespace, pod.metadata.name);
    const owner = controllerOf(pod);
    const set =
      owner?.kind === 'ReplicaSet' && objectsOf(view, 'replicasets').find(({ metadata }) => metadata.uid === owner.uid);
    if (set && controllerOf(set) && pod.spec.containers[0]?.image === MISSING_IMAGE)
      former.add(pathOf('replicasets', set.metadata.namespace, set.metadata.name));
    else if (owner?.kind === 'StatefulSet' || owner?.kind === 'ReplicaSet') player.ask('DELETE', target);
    else if (!owner)
      player.ask('PATCH strategic', target, { spec: { containers: [{ name: 'c', image: GOOD_IMAGE }] } });
  }
  for (const target of former) player.ask('DELETE', target);
}

function isForeign({ metadata }: KubeObject): boolean {
  return SYSTEM.has(metadata.namespace ?? '');
}

/** Whether something is known to come that takes longer than half a minute. */
function isExpecting(view: ClusterView): boolean {
  return restlessOf(view).length > 0;
}

function restlessOf(view: ClusterView): string[] {
  const name = ({ kind, metadata }: KubeObject) => `${kind} ${metadata.namespace ?? ''}/${metadata.name}`;
  const pods = objectsOf<Pod>(view, 'pods').filter((pod) => isGoing(pod) || isWaiting(pod) || isLeft(view, pod));
  const nodes = objectsOf<Node>(view, 'nodes').filter(
    ({ status }) => !status?.conditions?.some(({ type, status: word }) => type === 'Ready' && word === 'True'),
  );
  const namespaces = objectsOf(view, 'namespaces').filter(isGoing);
  return [...[...pods, ...nodes, ...namespaces].map(name), ...refusedOf(view)];
}

/** Pods of nodes that are gone: they are given up after a minute. */
function isLeft(view: ClusterView, { spec }: Pod): boolean {
  return spec.nodeName !== undefined && !view['nodes']?.has(spec.nodeName);
}

/** Whom a quota refused pods tries again after up to a quarter of an hour, even when there is room. */
function refusedOf(view: ClusterView): readonly string[] {
  const limited = objectsOf(view, 'resourcequotas').map(({ metadata }) => ` ${metadata.namespace}/`);
  const missing = [...replicasMissing(view), ...jobsUnfinished(view)];
  return missing.filter((what) => limited.some((namespace) => what.includes(namespace)));
}

/** Whether a pod that has a node has still to become ready, or to end. */
function isWaiting(pod: Pod): boolean {
  return pod.spec.nodeName !== undefined && !hasEnded(pod) && !isReady(pod);
}
