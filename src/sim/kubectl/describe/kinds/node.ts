import { compareText } from '../../../api/go-text.js';
import { podAmounts } from '../../../api/pod-requests.js';
import {
  addQuantity,
  canonicalQuantity,
  formatQuantity,
  parseQuantity,
  type Quantity,
  quantityMilliValue,
  quantityValue,
  ZERO_QUANTITY,
} from '../../../api/quantity.js';
import { hasReason, StatusError } from '../../../api/status.js';
import type { Lease } from '../../../api/types/config.js';
import type { Node, Taint } from '../../../api/types/node.js';
import type { Pod } from '../../../api/types/pod.js';
import { RESOURCES } from '../../../client/resource-types.js';
import type { Waiting } from '../../../kernel/wait.js';
import type { DescribeRequest } from '../describer.js';
import { findEvents, writeEvents } from '../events.js';
import { type DescribeWriter, longTime, since } from '../writer.js';

const LEASES = { group: 'coordination.k8s.io', version: 'v1', resource: 'leases', kind: 'Lease', namespaced: true };
const ROLE = 'node-role.kubernetes.io/';
const SYSTEM_INFO = [
  ['Machine ID', 'machineID'],
  ['System UUID', 'systemUUID'],
  ['Boot ID', 'bootID'],
  ['Kernel Version', 'kernelVersion'],
  ['OS Image', 'osImage'],
  ['Operating System', 'operatingSystem'],
  ['Architecture', 'architecture'],
  ['Container Runtime Version', 'containerRuntimeVersion'],
  ['Kubelet Version', 'kubeletVersion'],
] as const;

type Amounts = Readonly<Record<string, string>>;

/** Describes a node: conditions, capacity, the pods on it and what they take. */
export function* describeNode(w: DescribeWriter, request: DescribeRequest<Node>): Waiting<void> {
  const { session, object } = request;
  const { metadata, spec, status = {} } = object;
  const pods = yield* podsOn(request);
  const events = request.showEvents
    ? [...(yield* findEvents(request, {})), ...(yield* findEvents(request, { uid: metadata.name }))]
    : undefined;
  w.field('Name', metadata.name);
  w.field('Roles', rolesOf(metadata.labels ?? {}).join(',') || '<none>');
  w.labels('Labels', metadata.labels);
  w.annotations('Annotations', metadata.annotations);
  w.field('CreationTimestamp', longTime(metadata.creationTimestamp));
  w.list('Taints', taintLines(spec.taints));
  w.field('Unschedulable', spec.unschedulable === true);
  yield* describeLease(w, request);
  describeStatus(w, object);
  if (spec.podCIDR) w.field('PodCIDR', spec.podCIDR);
  if (spec.podCIDRs?.length) w.field('PodCIDRs', spec.podCIDRs.join(','));
  if (spec.providerID) w.field('ProviderID', spec.providerID);
  if (pods) {
    const allocatable =
      Object.keys(status.allocatable ?? {}).length > 0 ? (status.allocatable ?? {}) : (status.capacity ?? {});
    describePods(w, pods, allocatable, session.now());
    describeTotals(w, pods, allocatable);
  } else w.write(0, 'Pods:\tnot authorized\n');
  if (events) writeEvents(w, events, session.now());
}

function* podsOn({ session, object }: DescribeRequest<Node>): Waiting<readonly Pod[] | undefined> {
  const fieldSelector = `spec.nodeName=${object.metadata.name},status.phase!=Succeeded,status.phase!=Failed`;
  try {
    return (yield* session.rest().list<Pod>(RESOURCES.pods, '', { fieldSelector, limit: '500' })).items;
  } catch (error) {
    if (hasReason(error, 'Forbidden')) return undefined;
    throw error;
  }
}

function rolesOf(labels: Amounts): string[] {
  const roles = Object.entries(labels).flatMap(([key, value]) => {
    if (key.startsWith(ROLE)) return key.length > ROLE.length ? [key.slice(ROLE.length)] : [];
    return key === 'kubernetes.io/role' && value !== '' ? [value] : [];
  });
  return [...new Set(roles)].sort(compareText);
}

function taintLines(taints: readonly Taint[] | undefined): string[] {
  return [...(taints ?? [])]
    .sort((a, b) => compareText(`${a.effect},${a.key}`, `${b.effect},${b.key}`))
    .map(({ key, value, effect }) => (effect ? `${key}${value ? `=${value}` : ''}:${effect}` : key));
}

function* describeLease(w: DescribeWriter, { session, object }: DescribeRequest<Node>): Waiting<void> {
  try {
    const { spec = {} } = yield* session.rest().get<Lease>(LEASES, object.metadata.name ?? '', 'kube-node-lease');
    w.write(0, 'Lease:\n');
    w.field('HolderIdentity', spec.holderIdentity ?? '<unset>', 1);
    w.field('AcquireTime', spec.acquireTime ? longTime(spec.acquireTime) : '<unset>', 1);
    w.field('RenewTime', spec.renewTime ? longTime(spec.renewTime) : '<unset>', 1);
  } catch (error) {
    if (!(error instanceof StatusError)) throw error;
    w.field('Lease', `Failed to get lease: ${error.message}`);
  }
}

function describeStatus(w: DescribeWriter, { status = {} }: Node): void {
  if (status.conditions?.length) {
    w.write(0, 'Conditions:\n  Type\tStatus\tLastHeartbeatTime\tLastTransitionTime\tReason\tMessage\n');
    w.write(1, '----\t------\t-----------------\t------------------\t------\t-------\n');
    for (const each of status.conditions) {
      w.write(
        1,
        `${each.type} \t${each.status} \t${longTime(each.lastHeartbeatTime)} \t${longTime(each.lastTransitionTime)} \t${each.reason ?? ''} \t${each.message ?? ''}\n`,
      );
    }
  }
  w.write(0, 'Addresses:\n');
  for (const { type, address } of status.addresses ?? []) w.field(type, address, 1);
  for (const [title, amounts] of [
    ['Capacity', status.capacity],
    ['Allocatable', status.allocatable],
  ] as const) {
    const names = Object.keys(amounts ?? {}).sort(compareText);
    if (names.length > 0) w.write(0, `${title}:\n`);
    for (const name of names) w.write(0, `  ${name}:\t${canonicalQuantity(String(amounts?.[name])) ?? ''}\n`);
  }
  w.write(0, 'System Info:\n');
  for (const [title, field] of SYSTEM_INFO) w.write(0, `  ${title}:\t${status.nodeInfo?.[field] ?? ''}\n`);
}

function percent(part: number, whole: number): string {
  if (whole === 0) return part === 0 ? '-9223372036854775808' : '9223372036854775807';
  return String(Math.trunc((part / whole) * 100));
}

function share(amount: Quantity, allocatable: Quantity, measure: (quantity: Quantity) => number): string {
  return `${formatQuantity(amount)} (${percent(measure(amount), measure(allocatable))}%)`;
}

function describePods(w: DescribeWriter, pods: readonly Pod[], allocatable: Amounts, now: number): void {
  w.write(0, `Non-terminated Pods:\t(${pods.length} in total)\n`);
  w.write(1, 'Namespace\tName\t\tCPU Requests\tCPU Limits\tMemory Requests\tMemory Limits\tAge\n');
  w.write(1, '---------\t----\t\t------------\t----------\t---------------\t-------------\t---\n');
  const cpu = parseQuantity(allocatable['cpu'] ?? '0');
  const memory = parseQuantity(allocatable['memory'] ?? '0');
  for (const { metadata, spec } of pods) {
    const requests = podAmounts(spec, 'requests');
    const limits = podAmounts(spec, 'limits');
    const cells = [
      share(requests.get('cpu') ?? ZERO_QUANTITY, cpu, quantityMilliValue),
      share(limits.get('cpu') ?? ZERO_QUANTITY, cpu, quantityMilliValue),
      share(requests.get('memory') ?? ZERO_QUANTITY, memory, quantityValue),
      share(limits.get('memory') ?? ZERO_QUANTITY, memory, quantityValue),
    ];
    w.write(
      1,
      `${metadata.namespace}\t${metadata.name}\t\t${cells.join('\t')}\t${since(metadata.creationTimestamp, now)}\n`,
    );
  }
}

function describeTotals(w: DescribeWriter, pods: readonly Pod[], allocatable: Amounts): void {
  w.write(0, 'Allocated resources:\n  (Total limits may be over 100 percent, i.e., overcommitted.)\n');
  w.write(1, 'Resource\tRequests\tLimits\n');
  w.write(1, '--------\t--------\t------\n');
  const huge = Object.keys(allocatable)
    .filter((name) => name.startsWith('hugepages-'))
    .sort(compareText);
  for (const name of ['cpu', 'memory', 'ephemeral-storage', ...huge]) {
    const whole = parseQuantity(allocatable[name] ?? '0');
    const measure = name === 'cpu' ? quantityMilliValue : quantityValue;
    const cell = (which: 'requests' | 'limits'): string => {
      const sum = total(pods, which, name);
      return `${formatQuantity(sum)} (${measure(whole) === 0 ? 0 : percent(measure(sum), measure(whole))}%)`;
    };
    w.write(1, `${name}\t${cell('requests')}\t${cell('limits')}\n`);
  }
  const standard = ['cpu', 'memory', 'ephemeral-storage', 'pods', 'storage'];
  for (const name of Object.keys(allocatable)
    .filter((each) => !standard.includes(each) && !huge.includes(each))
    .sort(compareText)) {
    w.write(
      1,
      `${name}\t${formatQuantity(total(pods, 'requests', name))}\t${formatQuantity(total(pods, 'limits', name))}\n`,
    );
  }
}

function total(pods: readonly Pod[], which: 'requests' | 'limits', name: string): Quantity {
  return pods.reduce((sum, { spec }) => {
    const amount = podAmounts(spec, which).get(name);
    return amount ? (sum === ZERO_QUANTITY ? amount : addQuantity(sum, amount)) : sum;
  }, ZERO_QUANTITY);
}
