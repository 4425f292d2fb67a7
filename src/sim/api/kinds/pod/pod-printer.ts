/** How `kubectl get pods` shows a pod (printers/internalversion printPod). */
import type { Micros } from '../../../kernel/time.js';
import { ageOf, humanDuration } from '../../duration.js';
import type { KubeObject } from '../../object.js';
import { parseOptionalTime } from '../../time.js';
import type { Container, ContainerStatus, Pod, PodStatus } from '../../types/pod.js';
import { column, type Printer, type Row } from '../kind.js';

const OVER: Record<string, string> = {
  Succeeded: 'The pod has completed successfully.',
  Failed: 'The pod failed.',
};

/** The printer of pods. */
export const podPrinter: Printer = {
  columns: [
    column('Name'),
    column('Ready', 'string', 0, 'The aggregate readiness state of this pod for accepting traffic.'),
    column('Status', 'string', 0, 'The aggregate status of the containers in this pod.'),
    column(
      'Restarts',
      'string',
      0,
      'The number of times the containers in this pod have been restarted and when the last container in this pod has restarted.',
    ),
    column('Age'),
    column('IP', 'string', 1, 'core.v1.PodStatus.podIP'),
    column('Node', 'string', 1, 'core.v1.PodSpec.nodeName'),
    column('Nominated Node', 'string', 1, 'core.v1.PodStatus.nominatedNodeName'),
    column('Readiness Gates', 'string', 1, 'core.v1.PodSpec.readinessGates'),
  ],
  rows: (object: KubeObject, now: Micros) => [podRow(object as Pod, now)],
};

interface Tally {
  reason: string;
  ready: number;
  restarts: number;
  lastRestart: Micros | undefined;
}

function podRow(pod: Pod, now: Micros): Row {
  const { spec, status = {}, metadata } = pod;
  const tally = tallyPod(pod);
  const total = spec.containers.length + (spec.initContainers ?? []).filter(isSidecar).length;
  const ago = tally.lastRestart === undefined ? '' : ` (${humanDuration(now - tally.lastRestart)} ago)`;
  const cells = [
    metadata.name ?? '',
    `${tally.ready}/${total}`,
    tally.reason,
    tally.restarts === 0 ? '0' : `${tally.restarts}${ago}`,
    ageOf(metadata.creationTimestamp, now),
    status.podIPs?.[0]?.ip || '<none>',
    spec.nodeName || '<none>',
    status.nominatedNodeName || '<none>',
    readinessGates(pod),
  ];
  const message = OVER[status.phase ?? ''];
  if (message === undefined) return { cells };
  return { cells, conditions: [{ type: 'Completed', status: 'True', reason: status.phase, message }] };
}

function tallyPod(pod: Pod): Tally {
  const status = pod.status ?? {};
  const tally: Tally = { reason: status.reason || status.phase || '', ready: 0, restarts: 0, lastRestart: undefined };
  const gated = (status.conditions ?? []).some((c) => c.type === 'PodScheduled' && c.reason === 'SchedulingGated');
  if (gated) tally.reason = 'SchedulingGated';
  const sidecars: Tally = { reason: '', ready: 0, restarts: 0, lastRestart: undefined };
  const initializing = tallyInit(pod, status, tally, sidecars);
  if (!initializing || hasCondition(status, 'Initialized')) {
    tally.restarts = sidecars.restarts;
    tally.lastRestart = sidecars.lastRestart;
    tallyRunning(status, tally);
  }
  if (pod.metadata.deletionTimestamp) {
    if (status.reason === 'NodeLost') tally.reason = 'Unknown';
    else if (status.phase !== 'Succeeded' && status.phase !== 'Failed') tally.reason = 'Terminating';
  }
  return tally;
}

/** Counts init containers until the first that is not through; returns whether there is one. */
function tallyInit(pod: Pod, status: PodStatus, tally: Tally, sidecars: Tally): boolean {
  const specs = new Map((pod.spec.initContainers ?? []).map((container) => [container.name, container]));
  const statuses = status.initContainerStatuses ?? [];
  for (const [index, container] of statuses.entries()) {
    const sidecar = isSidecar(specs.get(container.name));
    addRestarts(tally, container);
    if (sidecar) addRestarts(sidecars, container);
    const { terminated, waiting } = container.state ?? {};
    if (terminated?.exitCode === 0) continue;
    if (sidecar && container.started) {
      if (container.ready) tally.ready += 1;
      continue;
    }
    if (terminated) tally.reason = `Init:${endReason(terminated)}`;
    else if (waiting?.reason && waiting.reason !== 'PodInitializing') tally.reason = `Init:${waiting.reason}`;
    else tally.reason = `Init:${index}/${specs.size}`;
    return true;
  }
  return false;
}

function tallyRunning(status: PodStatus, tally: Tally): void {
  let running = false;
  let error = '';
  for (const container of [...(status.containerStatuses ?? [])].reverse()) {
    addRestarts(tally, container);
    const { terminated, waiting, running: isRunning } = container.state ?? {};
    if (waiting?.reason) tally.reason = waiting.reason;
    else if (terminated) {
      tally.reason = endReason(terminated);
      if (terminated.exitCode !== 0) error = tally.reason;
    } else if (container.ready && isRunning) {
      running = true;
      tally.ready += 1;
    }
  }
  if (tally.reason !== 'Completed') return;
  if (running && hasCondition(status, 'Ready')) tally.reason = 'Running';
  else if (error !== '') tally.reason = error;
  else if (running) tally.reason = 'NotReady';
}

function endReason({ reason, signal, exitCode }: { reason?: string; signal?: number; exitCode: number }): string {
  if (reason) return reason;
  return signal ? `Signal:${signal}` : `ExitCode:${exitCode}`;
}

function addRestarts(tally: Tally, container: ContainerStatus): void {
  tally.restarts += container.restartCount ?? 0;
  const ended = parseOptionalTime(container.lastState?.terminated?.finishedAt);
  if (ended !== undefined && ended > (tally.lastRestart ?? 0)) tally.lastRestart = ended;
}

function isSidecar(container: Container | undefined): boolean {
  return container?.restartPolicy === 'Always';
}

function hasCondition(status: PodStatus, type: string): boolean {
  return (status.conditions ?? []).some((condition) => condition.type === type && condition.status === 'True');
}

function readinessGates(pod: Pod): string {
  const gates = pod.spec.readinessGates ?? [];
  if (gates.length === 0) return '<none>';
  const passed = gates.filter(({ conditionType }) => hasCondition(pod.status ?? {}, conditionType));
  return `${passed.length}/${gates.length}`;
}
