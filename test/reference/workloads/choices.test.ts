import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Node } from '../../../src/sim/api/types/node.js';
import type { Pod } from '../../../src/sim/api/types/pod.js';
import { createRandom } from '../../../src/sim/kernel/random.js';
import { newCycle, place } from '../../../src/sim/scheduler/cycle.js';
import { NodeInfo } from '../../../src/sim/scheduler/node-info.js';
import { podInfo } from '../../../src/sim/scheduler/pod-info.js';
import { DEFAULT_PROFILE } from '../../../src/sim/scheduler/profile.js';
import { CHOICES } from './choices.js';

interface Recorded {
  readonly title: string;
  readonly nodes: Readonly<Record<string, string>>;
}

const CLUSTER = { namespaceLabels: () => ({}), siblingSelector: () => [] };
const [head, ...lines] = readFileSync(new URL('../recorded/choices.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n');
const recorded = new Map(lines.map((line) => JSON.parse(line) as Recorded).map((one) => [one.title, one.nodes]));

/** The nodes that are best for a pod, all of them. */
function best(pod: Pod, nodes: readonly NodeInfo[]): string[] {
  let equals: readonly NodeInfo[] = [];
  const random = { ...createRandom('1'), pick: <T>(items: readonly T[]) => rememberFirst(items) };
  function rememberFirst<T>(items: readonly T[]): T {
    equals = items as unknown as readonly NodeInfo[];
    return items[0] as T;
  }
  const placement = place(DEFAULT_PROFILE, newCycle(podInfo(pod), nodes, CLUSTER), { before: () => [] }, random);
  if (!('node' in placement)) return [];
  return equals.length > 0 ? equals.map(({ name }) => name) : [placement.node];
}

describe(`whom ${(JSON.parse(head as string) as { server: string }).server} chose`, () => {
  it.each(CHOICES)('$title', ({ title, nodes, steps }) => {
    const chosen = recorded.get(title) ?? {};
    const infos = nodes.map((node) => {
      const info = new NodeInfo(node.metadata.name ?? '');
      info.setNode(node as unknown as Node);
      return info;
    });
    const pods = steps.flatMap((step) => (step.kind === 'give' ? step.objects : [])) as unknown as Pod[];
    let only = 0;
    for (const given of pods) {
      const { name = '' } = given.metadata;
      const pod = { ...given, metadata: { ...given.metadata, namespace: 'c', uid: name } };
      const equals = best(pod, infos);
      // Of equals the real one draws too: what it chose has to be one of them.
      expect(`${name} on ${equals.includes(chosen[name] ?? '') ? chosen[name] : equals}`).toBe(
        `${name} on ${chosen[name] ?? ''}`,
      );
      if (equals.length === 1) only += 1;
      infos.find((info) => info.name === chosen[name])?.add(podInfo(pod));
    }
    expect(only).toBeGreaterThan(pods.length / 2);
  });
});
