import type { KubeObject } from '../../../../src/sim/api/object.js';
import { createRandom } from '../../../../src/sim/kernel/random.js';
import { drawNode, drawPod, drawStanding, type Topic } from '../../../sim/scheduler/tables/grammar.js';
import { CALM, placing, type Scenario } from '../scenario.js';

const NODES = 6;
const STANDING = 14;
const JUDGED = 60;

/**
 * Pods that fit nowhere: on each node stands a guard who keeps them away, so that whatever node passes all that they ask
 * for is counted by the guard's reason, the last that is looked at. Nothing is placed, and so each sentence stands for
 * itself.
 */
function judged(topic: Topic): Scenario {
  const random = createRandom(`judged/${topic}`);
  const nodes = Array.from({ length: NODES }, (_, at) => drawNode(random, `n${at + 1}`, topic));
  const standing = Array.from({ length: STANDING }, (_, at) =>
    drawStanding(random, `s${at}`, random.pick(nodes).metadata.name as string),
  );
  const pods = Array.from({ length: JUDGED }, (_, at) => drawPod(random, `p${at}`, topic));
  const guards = nodes.map(({ metadata }) => guard(metadata.name as string));
  const objects = [...guards, ...standing] as unknown as KubeObject[];
  return placing(
    `${JUDGED} pods judged by ${topic}`,
    nodes as unknown as KubeObject[],
    { kind: 'give', objects },
    CALM,
    { kind: 'give', objects: pods as unknown as KubeObject[] },
    CALM,
  );
}

function guard(nodeName: string): object {
  const terms = [{ topologyKey: 'kubernetes.io/hostname', labelSelector: { matchLabels: { probe: 'yes' } } }];
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: `guard-${nodeName}` },
    spec: {
      nodeName,
      tolerations: [{ operator: 'Exists' }],
      containers: [{ name: 'c', image: 'nginx:1.27' }],
      affinity: { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: terms } },
    },
  };
}

/** Many pods' sentences, one topic each. */
export const JUDGED_PODS: readonly Scenario[] = (['affinity', 'nodes', 'resources', 'spread', 'taints'] as const).map(
  judged,
);
