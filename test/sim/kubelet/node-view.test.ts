import { describe, expect, test } from 'vitest';
import type { Program } from '../../../src/sim/kernel/sys.js';
import { SECOND } from '../../../src/sim/kernel/time.js';
import { pod, testNode } from './node.js';

const sleep: Program = function* (sys) {
  yield* sys.sleep(Number(sys.args[1]) * SECOND);
  return 0;
};
type TestNode = ReturnType<typeof testNode>;

function patchNode(node: TestNode, patch: unknown): void {
  node.server.request({
    method: 'PATCH',
    target: '/api/v1/nodes/node01',
    headers: { 'content-type': 'application/merge-patch+json' },
    object: patch,
  });
}

describe('a pod that the scheduler sent for what the node has only just', () => {
  const tainted = { spec: { taints: [{ key: 'out', effect: 'NoExecute' }] } };
  test.each([
    ['a label', {}, { metadata: { labels: { disk: 'ssd' } } }, { nodeSelector: { disk: 'ssd' } }],
    ['a taint that went', tainted, { spec: { taints: [] } }, {}],
  ])('%s: runs', (_, before, after, spec) => {
    const node = testNode({ programs: { sleep } });
    node.advance(5);
    patchNode(node, before);
    node.advance(15);
    patchNode(node, after);
    node.create(pod('web', { command: ['sleep', '1000'] }, spec));
    node.advance(2);
    expect(node.pod('web').status).toMatchObject({ phase: 'Running' });
  });

  test('one that does not belong here all the same is turned away', () => {
    const node = testNode({ programs: { sleep } });
    node.advance(5);
    node.create(pod('web', { command: ['sleep', '1000'] }, { nodeSelector: { disk: 'ssd' } }));
    node.advance(2);
    expect(node.pod('web').status).toMatchObject({
      phase: 'Failed',
      reason: 'NodeAffinity',
      message: "Pod was rejected: Predicate NodeAffinity failed: node(s) didn't match Pod's node affinity/selector",
    });
  });

  test('one that is deleted meanwhile goes', () => {
    const node = testNode({ programs: { sleep } });
    node.advance(5);
    patchNode(node, { metadata: { labels: { disk: 'ssd' } } });
    node.create(pod('web', { command: ['sleep', '1000'] }, { nodeSelector: { disk: 'ssd' } }));
    node.delete('web', 1);
    node.advance(5);
    expect(node.pod('web')).toMatchObject({ reason: 'NotFound' });
  });
});

test('kubelet tells how its node begins, and when it is cordoned and let in again', () => {
  const node = testNode();
  node.advance(5);
  const told = (word: string) => node.events().filter((event) => event.startsWith(word));
  for (const reason of ['NodeHasSufficientMemory', 'NodeHasNoDiskPressure', 'NodeHasSufficientPID'])
    expect(told(reason)).toEqual([`${reason}: Node node01 status is now: ${reason}`]);
  patchNode(node, { spec: { unschedulable: true } });
  node.advance(11);
  expect(told('NodeNotSchedulable')).toEqual(['NodeNotSchedulable: Node node01 status is now: NodeNotSchedulable']);
  expect(told('NodeSchedulable')).toEqual([]);
  patchNode(node, { spec: { unschedulable: null } });
  node.advance(11);
  expect(told('NodeSchedulable')).toEqual(['NodeSchedulable: Node node01 status is now: NodeSchedulable']);
});

test('a machine that was booted since the node last told of it has been rebooted', () => {
  const node = testNode();
  node.server.request({
    method: 'POST',
    target: '/api/v1/nodes',
    object: { apiVersion: 'v1', kind: 'Node', metadata: { name: 'node01' }, status: { nodeInfo: { bootID: 'old' } } },
  });
  node.advance(30);
  const told = node.events().filter((event) => event.startsWith('Rebooted'));
  expect(told).toEqual([expect.stringMatching(/^Rebooted: Node node01 has been rebooted, boot id: [-0-9a-f]{36}$/)]);
});

test('what held a pod together leaves no dead process behind', () => {
  const node = testNode({ programs: { sleep } });
  node.advance(5);
  node.create(pod('web', { command: ['sleep', '1000'] }));
  node.advance(3);
  node.delete('web', 0);
  node.advance(90);
  expect([...node.host.kernel.processes()].filter(({ ended }) => ended)).toEqual([]);
});
