import { describe, expect, it } from 'vitest';
import type { Pod } from '../../../../src/sim/api/types/pod.js';
import { createRandom } from '../../../../src/sim/kernel/random.js';
import type { Plugin } from '../../../../src/sim/scheduler/plugin.js';
import { interPodAffinity } from '../../../../src/sim/scheduler/plugins/inter-pod-affinity.js';
import { nodeAffinity } from '../../../../src/sim/scheduler/plugins/node-affinity.js';
import { nodeResourcesFit } from '../../../../src/sim/scheduler/plugins/node-resources-fit.js';
import { podTopologySpread } from '../../../../src/sim/scheduler/plugins/pod-topology-spread.js';
import { taintToleration } from '../../../../src/sim/scheduler/plugins/taint-toleration.js';
import { cycle, info, verdicts } from '../fixtures.js';
import { drawNode, drawPod, drawStanding, type Topic } from './grammar.js';
import { JUDGES, type World } from './judges.js';

const ROWS = 80;
const PLUGINS: Readonly<Record<Topic, Plugin>> = {
  affinity: interPodAffinity,
  nodes: nodeAffinity,
  resources: nodeResourcesFit,
  spread: podTopologySpread,
  taints: taintToleration,
};

/** One row: a cluster and a pod, by the topic and the number of the row. */
function row(topic: Topic, number: number): { world: World; pod: Pod } {
  const random = createRandom(`row/${topic}/${number}`);
  const nodes = Array.from({ length: 2 + random.below(5) }, (_, at) => drawNode(random, `n${at}`, topic));
  const standing = Array.from({ length: random.below(12) }, (_, at) =>
    settled(drawStanding(random, `s${at}`, random.pick(nodes).metadata.name as string)),
  );
  return { world: { nodes, standing }, pod: settled(drawPod(random, 'p', topic)) };
}

function settled(pod: Pod): Pod {
  return { ...pod, metadata: { ...pod.metadata, namespace: 'default', uid: pod.metadata.name as string } };
}

describe.each(Object.keys(PLUGINS) as Topic[])('%s, judged twice', (topic) => {
  const seen = new Set<string>();

  it.each(Array.from({ length: ROWS }, (_, number) => number))('row %i', (number) => {
    const { world, pod } = row(topic, number);
    const judged = world.nodes.map((node) => JUDGES[topic](pod, node, world));
    const infos = world.nodes.map((node) =>
      info(node, ...world.standing.filter(({ spec }) => spec.nodeName === node.metadata.name)),
    );
    const refusals = verdicts(PLUGINS[topic], cycle(pod, ...infos));
    expect(refusals.map((one) => one?.reasons.join() ?? '')).toEqual(judged);
    for (const reason of judged) seen.add(reason);
  });

  it('has rows of both kinds', () => {
    expect(seen.size).toBeGreaterThan(1);
    expect(seen).toContain('');
  });
});
