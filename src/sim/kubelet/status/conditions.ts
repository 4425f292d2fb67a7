import { goQuote } from '../../api/go-text.js';
import { mayRestartAll } from '../../api/restart-rules.js';
import type { ContainerStatus, Pod, PodCondition } from '../../api/types/pod.js';
import { isSidecar } from './restart.js';

/** What decides a pod's conditions (kubelet pkg/kubelet/status/generate.go). */
export interface ConditionFacts {
  readonly pod: Pod;
  /** Of init and main containers together; undefined when nothing is known yet. */
  readonly statuses: readonly ContainerStatus[];
  readonly phase: string;
  readonly hasSandbox: boolean;
  /** Conditions as the API has them: those of others, and the word that readiness gates ask for. */
  readonly api: readonly PodCondition[];
  /** Conditions as kubelet last said them. */
  readonly before: readonly PodCondition[];
  /** Of a resize that is wanted or being done. */
  readonly resize: readonly PodCondition[];
  /** All containers are to start anew, and not all are gone yet. */
  readonly restarting: boolean;
}

type Plain = Pick<PodCondition, 'type' | 'status' | 'reason' | 'message'>;

/** The types kubelet writes; all others belong to somebody else. */
const OWN_TYPES = [
  'PodScheduled',
  'Ready',
  'Initialized',
  'ContainersReady',
  'PodReadyToStartContainers',
  'PodResizePending',
  'PodResizeInProgress',
  'AllContainersRestarting',
];

/** All conditions of a pod in the order kubelet writes them; a transition time is kept while the status word stays. */
export function podConditions(facts: ConditionFacts, now: string): PodCondition[] {
  const { pod, before } = facts;
  const containersReady = containersReadyCondition(facts);
  const own: Plain[] = [
    { type: 'PodReadyToStartContainers', status: facts.hasSandbox ? 'True' : 'False' },
    initializedCondition(facts),
    readyCondition(facts, containersReady),
    containersReady,
    { type: 'PodScheduled', status: 'True' },
    ...restartingCondition(facts),
  ];
  const generation = pod.metadata.generation;
  const stamped = own.map((condition): PodCondition => {
    const old = before.find(({ type }) => type === condition.type);
    const since = old?.status === condition.status ? (old.lastTransitionTime ?? now) : now;
    return {
      ...condition,
      ...(generation === undefined || condition.type === 'AllContainersRestarting'
        ? {}
        : { observedGeneration: generation }),
      lastProbeTime: null,
      lastTransitionTime: since,
    };
  });
  return [...facts.api.filter(({ type }) => !OWN_TYPES.includes(type)), ...facts.resize, ...stamped];
}

/** Only pods with a rule that may restart all of their containers have it. */
function restartingCondition({ pod, phase, restarting }: ConditionFacts): Plain[] {
  if (!mayRestartAll(pod.spec)) return [];
  const type = 'AllContainersRestarting';
  if (phase === 'Succeeded') return [{ type, status: 'False', reason: 'PodCompleted' }];
  if (phase === 'Failed') return [{ type, status: 'False', reason: 'PodFailed' }];
  if (!restarting) return [{ type, status: 'False' }];
  const message = 'container exited with restart policy rule';
  return [{ type, status: 'True', reason: 'RestartAllContainersStarted', message }];
}

function statusOf(facts: ConditionFacts, name: string): ContainerStatus | undefined {
  return facts.statuses.find((status) => status.name === name);
}

function containersReadyCondition(facts: ConditionFacts): Plain {
  const { pod, phase } = facts;
  const type = 'ContainersReady';
  const wanted = [...(pod.spec.initContainers ?? []).filter(isSidecar), ...pod.spec.containers];
  const unknown = wanted.filter(({ name }) => !statusOf(facts, name)).map(({ name }) => name);
  const unready = wanted.filter(({ name }) => statusOf(facts, name)?.ready === false).map(({ name }) => name);
  if (phase === 'Succeeded' && unknown.length === 0) return { type, status: 'False', reason: 'PodCompleted' };
  if (phase === 'Failed') return { type, status: 'False', reason: 'PodFailed' };
  const message = describe(unknown, unready, 'unready');
  if (message !== '') return { type, status: 'False', reason: 'ContainersNotReady', message };
  return { type, status: 'True' };
}

function readyCondition(facts: ConditionFacts, containersReady: Plain): Plain {
  if (containersReady.status !== 'True') return { ...containersReady, type: 'Ready' };
  const wrong: string[] = [];
  for (const { conditionType } of facts.pod.spec.readinessGates ?? []) {
    const gate = facts.api.find(({ type }) => type === conditionType);
    if (!gate) wrong.push(`corresponding condition of pod readiness gate ${goQuote(conditionType)} does not exist.`);
    else if (gate.status !== 'True')
      wrong.push(`the status of pod readiness gate ${goQuote(conditionType)} is not "True", but ${gate.status}`);
  }
  if (wrong.length > 0)
    return { type: 'Ready', status: 'False', reason: 'ReadinessGatesNotReady', message: wrong.join(', ') };
  return { type: 'Ready', status: 'True' };
}

function initializedCondition(facts: ConditionFacts): Plain {
  const { pod, phase } = facts;
  const type = 'Initialized';
  const inits = pod.spec.initContainers ?? [];
  const unknown = inits.filter(({ name }) => !statusOf(facts, name)).map(({ name }) => name);
  const incomplete = inits
    .filter((container) => {
      const status = statusOf(facts, container.name);
      if (!status) return false;
      return isSidecar(container) ? !status.started : !status.ready;
    })
    .map(({ name }) => name);
  if (phase === 'Succeeded' && unknown.length === 0) return { type, status: 'True', reason: 'PodCompleted' };
  if (hasStartedMain(facts)) return { type, status: 'True' };
  const message = describe(unknown, incomplete, 'incomplete');
  // What was initialized once stays so, whatever becomes of its init containers.
  const before = facts.before.find((condition) => condition.type === type);
  if (message !== '' && before?.status !== 'True')
    return { type, status: 'False', reason: 'ContainersNotInitialized', message };
  return { type, status: 'True' };
}

/** Whether a main container runs or ended (HasAnyRegularContainerStarted). */
function hasStartedMain({ pod, statuses }: ConditionFacts): boolean {
  return pod.spec.containers.some(({ name }) => {
    const status = statuses.find((other) => other.name === name);
    return Boolean(status?.state?.running || status?.state?.terminated);
  });
}

function describe(unknown: readonly string[], wrong: readonly string[], what: string): string {
  const parts: string[] = [];
  if (unknown.length > 0) parts.push(`containers with unknown status: [${unknown.join(' ')}]`);
  if (wrong.length > 0) parts.push(`containers with ${what} status: [${wrong.join(' ')}]`);
  return parts.join(', ');
}
