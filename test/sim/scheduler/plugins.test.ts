import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { NodeSpec } from '../../../src/sim/api/types/node.js';
import type { PodSpec } from '../../../src/sim/api/types/pod.js';
import { imageLocality } from '../../../src/sim/scheduler/plugins/image-locality.js';
import { PLUGINS } from '../../../src/sim/scheduler/plugins/index.js';
import { interPodAffinity } from '../../../src/sim/scheduler/plugins/inter-pod-affinity.js';
import { nodeAffinity } from '../../../src/sim/scheduler/plugins/node-affinity.js';
import { nodeName } from '../../../src/sim/scheduler/plugins/node-name.js';
import { nodePorts } from '../../../src/sim/scheduler/plugins/node-ports.js';
import { nodeResourcesBalanced } from '../../../src/sim/scheduler/plugins/node-resources-balanced.js';
import { nodeResourcesFit } from '../../../src/sim/scheduler/plugins/node-resources-fit.js';
import { nodeUnschedulable } from '../../../src/sim/scheduler/plugins/node-unschedulable.js';
import { podTopologySpread } from '../../../src/sim/scheduler/plugins/pod-topology-spread.js';
import { schedulingGates } from '../../../src/sim/scheduler/plugins/scheduling-gates.js';
import { taintToleration } from '../../../src/sim/scheduler/plugins/taint-toleration.js';
import { cycle, info, node, pod, requesting, verdicts } from './fixtures.js';

const HOST = 'kubernetes.io/hostname';
const ZONE = 'topology.kubernetes.io/zone';

it('registers every plugin of its folder', () => {
  const files = readdirSync(new URL('../../../src/sim/scheduler/plugins', import.meta.url));
  expect(PLUGINS).toHaveLength(files.filter((file) => file !== 'index.ts').length);
  expect(new Set(PLUGINS.map(({ name }) => name)).size).toBe(PLUGINS.length);
});

describe('taints', () => {
  const rows: [string, NodeSpec['taints'], PodSpec['tolerations'], boolean][] = [
    ['no taint', undefined, undefined, true],
    ['NoSchedule', [{ key: 'a', effect: 'NoSchedule' }], undefined, false],
    ['NoExecute', [{ key: 'a', effect: 'NoExecute' }], undefined, false],
    ['PreferNoSchedule', [{ key: 'a', effect: 'PreferNoSchedule' }], undefined, true],
    ['Equal with the value', [{ key: 'a', value: '1', effect: 'NoSchedule' }], [{ key: 'a', value: '1' }], true],
    ['Equal with another value', [{ key: 'a', value: '1', effect: 'NoSchedule' }], [{ key: 'a', value: '2' }], false],
    ['Exists', [{ key: 'a', value: '1', effect: 'NoSchedule' }], [{ key: 'a', operator: 'Exists' }], true],
    [
      'another effect',
      [{ key: 'a', effect: 'NoSchedule' }],
      [{ key: 'a', operator: 'Exists', effect: 'NoExecute' }],
      false,
    ],
    ['everything', [{ key: 'a', effect: 'NoSchedule' }], [{ operator: 'Exists' }], true],
    [
      'one of two',
      [
        { key: 'a', effect: 'NoSchedule' },
        { key: 'b', effect: 'NoSchedule' },
      ],
      [{ key: 'a', operator: 'Exists' }],
      false,
    ],
  ];
  it.each(rows)('%s', (_, taints, tolerations, fits) => {
    const [refusal] = verdicts(
      taintToleration,
      cycle(pod('p', tolerations ? { tolerations } : {}), info(node('a', taints ? { taints } : {}))),
    );
    expect(refusal).toEqual(fits ? undefined : { code: 'unresolvable', reasons: ['node(s) had untolerated taint(s)'] });
  });
});

describe('node name, cordon, selector and affinity', () => {
  it('keeps a pod to the node it names', () => {
    const of = cycle(pod('p', { nodeName: 'a' }), info(node('a')), info(node('b')));
    expect(verdicts(nodeName, of)).toEqual([
      undefined,
      { code: 'unresolvable', reasons: ["node(s) didn't match the requested node name"] },
    ]);
  });

  it('passes cordoned nodes over, unless the pod tolerates it', () => {
    const cordoned = info(node('a', { unschedulable: true }));
    expect(verdicts(nodeUnschedulable, cycle(pod('p'), cordoned))[0]?.reasons).toEqual(['node(s) were unschedulable']);
    const tolerations = [{ key: 'node.kubernetes.io/unschedulable', operator: 'Exists', effect: 'NoSchedule' }];
    expect(verdicts(nodeUnschedulable, cycle(pod('p', { tolerations }), cordoned))).toEqual([undefined]);
  });

  const term = (operator: string, values?: string[]): Partial<PodSpec> => ({
    affinity: {
      nodeAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: {
          nodeSelectorTerms: [{ matchExpressions: [{ key: 'size', operator, ...(values ? { values } : {}) }] }],
        },
      },
    },
  });
  it.each<[string, Partial<PodSpec>, boolean]>([
    ['selector that matches', { nodeSelector: { size: '5' } }, true],
    ['selector with another value', { nodeSelector: { size: '6' } }, false],
    ['In', term('In', ['4', '5']), true],
    ['NotIn', term('NotIn', ['5']), false],
    ['Exists', term('Exists'), true],
    ['DoesNotExist', term('DoesNotExist'), false],
    ['Gt', term('Gt', ['4']), true],
    ['Lt', term('Lt', ['5']), false],
  ])('%s', (_, spec, fits) => {
    const [refusal] = verdicts(nodeAffinity, cycle(pod('p', spec), info(node('a', {}, { size: '5' }))));
    expect(refusal?.reasons).toEqual(fits ? undefined : ["node(s) didn't match Pod's node affinity/selector"]);
  });

  it('looks only at nodes named by field, and nowhere when two names exclude each other', () => {
    const named = (...names: string[]) => ({
      affinity: {
        nodeAffinity: {
          requiredDuringSchedulingIgnoredDuringExecution: {
            nodeSelectorTerms: [
              { matchFields: names.map((name) => ({ key: 'metadata.name', operator: 'In', values: [name] })) },
            ],
          },
        },
      },
    });
    expect(nodeAffinity.prepareFilter?.(cycle(pod('p', named('b')), info(node('a'))))?.onlyNodes).toEqual(
      new Set(['b']),
    );
    expect(nodeAffinity.prepareFilter?.(cycle(pod('p', named('a', 'b')), info(node('a'))))?.refusal?.reasons).toEqual([
      'pod affinity terms conflict',
    ]);
  });
});

describe('ports', () => {
  const ports = (hostPort: number, hostIP?: string, protocol = 'TCP'): Partial<PodSpec> => ({
    containers: [{ name: 'c', ports: [{ containerPort: 80, hostPort, protocol, ...(hostIP ? { hostIP } : {}) }] }],
  });
  it.each<[string, Partial<PodSpec>, boolean]>([
    ['the same port', ports(80), false],
    ['another port', ports(81), true],
    ['another protocol', ports(80, undefined, 'UDP'), true],
    ['one address against all', ports(80, '10.0.0.1'), false],
  ])('%s', (_, spec, fits) => {
    const [refusal] = verdicts(nodePorts, cycle(pod('p', spec), info(node('a'), pod('other', ports(80)))));
    expect(refusal?.reasons).toEqual(fits ? undefined : ["node(s) didn't have free ports for the requested pod ports"]);
  });
});

describe('resources', () => {
  const small = node('a', {}, {}, { cpu: '1', memory: '1Gi', pods: '2', 'example.com/gpu': '1' });
  it.each<[string, Partial<PodSpec>, object | undefined]>([
    ['fits exactly', requesting({ cpu: '500m', memory: '512Mi' }), undefined],
    ['asks for nothing', {}, undefined],
    ['too much CPU for now', requesting({ cpu: '501m' }), { code: 'unschedulable', reasons: ['Insufficient cpu'] }],
    ['more than there is', requesting({ cpu: '1001m' }), { code: 'unresolvable', reasons: ['Insufficient cpu'] }],
    [
      'several at once',
      requesting({ memory: '1Gi', cpu: '600m' }),
      { code: 'unschedulable', reasons: ['Insufficient cpu', 'Insufficient memory'] },
    ],
    [
      'an unknown resource',
      requesting({ 'example.com/fpga': '1' }),
      { code: 'unresolvable', reasons: ['Insufficient example.com/fpga'] },
    ],
    [
      'overhead counts',
      { ...requesting({ cpu: '400m' }), overhead: { cpu: '101m' } },
      { code: 'unschedulable', reasons: ['Insufficient cpu'] },
    ],
    [
      'the largest init container counts',
      { ...requesting({ cpu: '100m' }), initContainers: [{ name: 'i', resources: { requests: { cpu: '600m' } } }] },
      { code: 'unschedulable', reasons: ['Insufficient cpu'] },
    ],
    [
      'a sidecar counts on top',
      {
        ...requesting({ cpu: '300m' }),
        initContainers: [{ name: 'i', restartPolicy: 'Always', resources: { requests: { cpu: '201m' } } }],
      },
      { code: 'unschedulable', reasons: ['Insufficient cpu'] },
    ],
  ])('%s', (_, spec, expected) => {
    const half = pod('half', requesting({ cpu: '500m', memory: '512Mi' }));
    expect(verdicts(nodeResourcesFit, cycle(pod('p', spec), info(small, half)))[0]).toEqual(expected);
  });

  it('counts pods', () => {
    const full = info(small, pod('one'), pod('two'));
    expect(verdicts(nodeResourcesFit, cycle(pod('p'), full))[0]).toEqual({
      code: 'unschedulable',
      reasons: ['Too many pods'],
    });
  });

  it('prefers the emptier node, and the one that stays balanced', () => {
    const empty = info(node('empty'));
    const busy = info(node('busy'), pod('x', requesting({ cpu: '1', memory: '2Gi' })));
    const of = cycle(pod('p', requesting({ cpu: '500m', memory: '1Gi' })), empty, busy);
    const least = nodeResourcesFit.prepareScore?.(of, of.nodes);
    // (2000-500)/2000 and (4-1)/4 → 75; (2000-1500)/2000 and (4-3)/4 → 25
    expect(of.nodes.map((one) => least?.score(one))).toEqual([75, 25]);
    const lopsided = info(node('lopsided'), pod('y', requesting({ cpu: '1' })));
    const memory = cycle(pod('p', requesting({ memory: '2Gi' })), empty, lopsided);
    const balanced = nodeResourcesBalanced.prepareScore?.(memory, memory.nodes);
    // empty: 75 with, 100 without → 50 + (50-25)/2; lopsided: 100 with, 75 without → 50 + (50+25)/2
    expect(memory.nodes.map((one) => balanced?.score(one))).toEqual([62, 87]);
  });

  it('prefers nodes that have the image', () => {
    const has = node('has');
    has.status = { ...has.status, images: [{ names: ['i:latest'], sizeBytes: 1000 * 1024 * 1024 }] };
    const of = cycle(pod('p'), info(has), info(node('lacks')));
    const prepared = imageLocality.prepareScore?.(of, of.nodes);
    // Half the nodes have it: 500 MiB count, (500-23)/(1000-23) → 48
    expect(of.nodes.map((one) => prepared?.score(one))).toEqual([48, 0]);
  });
});

describe('spread and pod affinity', () => {
  const spread = (whenUnsatisfiable: string): Partial<PodSpec> => ({
    topologySpreadConstraints: [
      { maxSkew: 1, topologyKey: ZONE, whenUnsatisfiable, labelSelector: { matchLabels: { app: 'web' } } },
    ],
  });
  const labels = { app: 'web' };
  const zoned = (name: string, zone: string, ...pods: string[]) =>
    info(node(name, {}, { [ZONE]: zone }), ...pods.map((one) => pod(one, {}, { labels })));

  it('refuses what would make the spread uneven', () => {
    const of = cycle(
      pod('p', spread('DoNotSchedule'), { labels }),
      zoned('a', 'x', '1', '2'),
      zoned('b', 'y', '3'),
      info(node('c')),
    );
    expect(verdicts(podTopologySpread, of)).toEqual([
      { code: 'unschedulable', reasons: ["node(s) didn't match pod topology spread constraints"] },
      undefined,
      {
        code: 'unresolvable',
        reasons: ["node(s) didn't match pod topology spread constraints (missing required label)"],
      },
    ]);
  });

  it('scores the emptier domain higher when it may be uneven', () => {
    const of = cycle(pod('p', spread('ScheduleAnyway'), { labels }), zoned('a', 'x', '1', '2'), zoned('b', 'y', '3'));
    const prepared = podTopologySpread.prepareScore?.(of, of.nodes);
    const raw = of.nodes.map((one) => prepared?.score(one) ?? 0);
    const [crowded = 0, roomy = 0] = prepared?.normalize?.(raw, of.nodes) ?? [];
    expect(roomy).toBeGreaterThan(crowded);
  });

  const near = (kind: 'podAffinity' | 'podAntiAffinity'): Partial<PodSpec> => ({
    affinity: {
      [kind]: {
        requiredDuringSchedulingIgnoredDuringExecution: [{ topologyKey: HOST, labelSelector: { matchLabels: labels } }],
      },
    },
  });
  it('keeps pods together and apart', () => {
    const nodes = [info(node('a'), pod('w', {}, { labels })), info(node('b'))] as const;
    expect(
      verdicts(interPodAffinity, cycle(pod('p', near('podAffinity')), ...nodes)).map((one) => one?.reasons[0]),
    ).toEqual([undefined, "node(s) didn't match pod affinity rules"]);
    expect(
      verdicts(interPodAffinity, cycle(pod('p', near('podAntiAffinity')), ...nodes)).map((one) => one?.reasons[0]),
    ).toEqual(["node(s) didn't match pod anti-affinity rules", undefined]);
    const shy = [info(node('a'), pod('w', near('podAntiAffinity'))), info(node('b'))] as const;
    expect(verdicts(interPodAffinity, cycle(pod('p', {}, { labels }), ...shy)).map((one) => one?.reasons[0])).toEqual([
      "node(s) didn't satisfy existing pods anti-affinity rules",
      undefined,
    ]);
  });

  it('lets the first pod of a group go anywhere', () => {
    const of = cycle(pod('p', near('podAffinity'), { labels }), info(node('a')));
    expect(verdicts(interPodAffinity, of)).toEqual([undefined]);
  });
});

it('gates', () => {
  const gated = pod('p', { schedulingGates: [{ name: 'a' }, { name: 'b' }] });
  expect(schedulingGates.gate?.(gated)).toBe('waiting for scheduling gates: [a b]');
  expect(schedulingGates.gate?.(pod('p'))).toBeUndefined();
});
