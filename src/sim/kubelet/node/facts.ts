import {
  compareQuantity,
  formatQuantity,
  parseQuantity,
  type Quantity,
  quantityValue,
  subQuantity,
  ZERO_QUANTITY,
} from '../../api/quantity.js';
import type { Node, NodeStatus } from '../../api/types/node.js';
import { isErrno } from '../../kernel/errno.js';
import type { Sys } from '../../kernel/sys.js';
import type { KubeletConfiguration } from '../config/configuration.js';
import { parseThresholds, thresholdQuantity } from '../eviction/thresholds.js';

/** The version of this kubelet. */
export const KUBELET_VERSION = 'v1.36.0';
const KIBIBYTE = 1024;
const NO_THRESHOLDS = {
  evictionSoft: {},
  evictionSoftGracePeriod: {},
  evictionMinimumReclaim: {},
  enforceNodeAllocatable: [],
};
/** The resources that a hard threshold takes from what pods may ask for. */
const KEPT_FREE: Readonly<Record<string, string>> = {
  'memory.available': 'memory',
  'nodefs.available': 'ephemeral-storage',
};
const HUGE_PAGES = { 'hugepages-1Gi': '0', 'hugepages-2Mi': '0' };

function text(sys: Sys, path: string): string {
  try {
    return Buffer.from(sys.readFile(path)).toString('utf8');
  } catch (error) {
    if (isErrno(error)) return '';
    throw error;
  }
}

/** What the machine has, as its own /proc and /etc tell. */
export function nodeResources(
  sys: Sys,
  config: KubeletConfiguration,
): { readonly capacity: Record<string, string>; readonly allocatable: Record<string, string> } {
  const cpus = (text(sys, '/proc/cpuinfo').match(/^processor/gm) ?? []).length || 1;
  const kibibytes = Number(/^MemTotal:\s+(\d+) kB/m.exec(text(sys, '/proc/meminfo'))?.[1] ?? 4 * KIBIBYTE * KIBIBYTE);
  // The disk of a small cloud machine, as df counts it.
  const diskKibibytes = 20_134_592;
  const capacity = {
    cpu: String(cpus),
    'ephemeral-storage': `${diskKibibytes}Ki`,
    ...HUGE_PAGES,
    memory: canonical(`${kibibytes}Ki`),
    pods: String(config.maxPods),
  };
  return { capacity, allocatable: allocatableOf(capacity, config) };
}

/** As the API server writes it, so that what is reported equals what is stored. */
function canonical(text: string): string {
  return formatQuantity(parseQuantity(text));
}

/** Capacity less what is reserved and what eviction keeps free (kubelet GetNodeAllocatableReservation). */
function allocatableOf(
  capacity: Readonly<Record<string, string>>,
  config: Pick<KubeletConfiguration, 'systemReserved' | 'kubeReserved' | 'evictionHard'>,
): Record<string, string> {
  const hard = parseThresholds({ ...NO_THRESHOLDS, evictionHard: config.evictionHard });
  const kept: Record<string, Quantity> = {};
  for (const { signal, value } of hard) {
    const resource = KEPT_FREE[signal];
    if (resource === undefined) continue;
    kept[resource] = thresholdQuantity(value, quantityValue(parseQuantity(capacity[resource] ?? '0')));
  }
  return Object.fromEntries(
    Object.entries(capacity).map(([name, amount]) => {
      const before = parseQuantity(amount);
      const reserved = [config.systemReserved[name], config.kubeReserved[name]].flatMap((text) =>
        text === undefined ? [] : [parseQuantity(text)],
      );
      const left = [...reserved, ...(kept[name] ? [kept[name]] : [])].reduce(subQuantity, before);
      return [name, formatQuantity(compareQuantity(left, ZERO_QUANTITY) < 0 ? ZERO_QUANTITY : left)];
    }),
  );
}

/** The machine and its software as nodes present them, but for the runtime. */
export function machineInfo(sys: Sys): Omit<NonNullable<NodeStatus['nodeInfo']>, 'containerRuntimeVersion'> {
  const machineID = text(sys, '/etc/machine-id').trim();
  const uuid = machineID.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  return {
    architecture: 'amd64',
    bootID: text(sys, '/proc/sys/kernel/random/boot_id').trim(),
    kernelVersion: text(sys, '/proc/sys/kernel/osrelease').trim(),
    kubeProxyVersion: '',
    kubeletVersion: KUBELET_VERSION,
    machineID,
    operatingSystem: 'linux',
    osImage: /^PRETTY_NAME="?([^"\n]*)/m.exec(text(sys, '/etc/os-release'))?.[1] ?? 'Linux',
    systemUUID: uuid,
  };
}

/** The container runtime as nodes present it. */
export function runtimeVersionText(version: string): string {
  return `containerd://${version.replace(/^v/, '')}`;
}

/** The labels every node registers with. */
export function nodeLabels(hostname: string, extra: Readonly<Record<string, string>>): Record<string, string> {
  return {
    'beta.kubernetes.io/arch': 'amd64',
    'beta.kubernetes.io/os': 'linux',
    'kubernetes.io/arch': 'amd64',
    'kubernetes.io/hostname': hostname,
    'kubernetes.io/os': 'linux',
    ...extra,
  };
}

/** A node as it first appears. */
export function initialNode(
  name: string,
  labels: Record<string, string>,
  taints: readonly string[],
  status: NodeStatus,
): Node {
  const parsed = taints.map((text) => {
    const [pair = '', effect = ''] = text.split(':');
    const [key = '', value] = pair.split('=');
    return { key, effect, ...(value ? { value } : {}) };
  });
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name,
      labels,
      annotations: { 'volumes.kubernetes.io/controller-managed-attach-detach': 'true' },
    },
    spec: parsed.length > 0 ? { taints: parsed } : {},
    status,
  };
}
