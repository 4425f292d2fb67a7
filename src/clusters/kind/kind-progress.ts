/** What kind is at, by the words it begins its lines with (kind v0.33.0, pkg/cluster/internal), and ours for it. */
const KIND_STEPS: readonly (readonly [begins: string, says: string])[] = [
  ['Ensuring node image', 'getting the node image'],
  ['Preparing nodes', 'starting the nodes'],
  ['Configuring the external load balancer', 'setting up the load balancer'],
  ['Writing configuration', 'writing the configuration'],
  ['Starting control-plane', 'starting the control plane'],
  ['Installing CNI', 'installing the network'],
  ['Installing StorageClass', 'installing the storage class'],
  ['Joining more control-plane nodes', 'joining control planes'],
  ['Joining worker nodes', 'joining the workers'],
  ['Waiting', 'waiting for the control plane'],
];

/** How one of kind's steps stands. */
export interface KindStep {
  readonly says: string;
  readonly stands: 'begun' | 'done' | 'failed';
}

const SIGNS: Readonly<Record<string, KindStep['stands']>> = { '•': 'begun', '✓': 'done', '✗': 'failed' };
const COLOURS = /\x1b\[[0-9;]*m/g;

/** What a line of kind's says of its steps; undefined for other lines. */
export function kindStep(line: string): KindStep | undefined {
  const match = /^\s*([•✓✗])\s+(.*)$/u.exec(line.replace(COLOURS, ''));
  const stands = SIGNS[match?.[1] ?? ''];
  const words = match?.[2] ?? '';
  const step = KIND_STEPS.find(([begins]) => words.startsWith(begins));
  return stands && step ? { says: step[1], stands } : undefined;
}

/** How many steps of kind's a cluster has. */
export function kindStepCount({ workers, network }: { workers: number; network: string }): number {
  // Image, nodes, configuration, control plane, storage class.
  return 5 + (network === 'kindnet' ? 1 : 0) + (workers > 0 ? 1 : 0);
}
