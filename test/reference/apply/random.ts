import { SEEDS } from '../seed.js';
import { CONFIG_MAP, DEPLOYMENT, POD, SERVICE } from './places.js';
import type { Sequence, Step, Target } from './step.js';

const SEQUENCES = 48;
const STEPS = 10;
const MANAGERS = ['ann', 'bob', 'cyd'];

type Draw = (below: number) => number;

/** Something a manager may say of an object. */
interface Piece {
  readonly path: readonly string[];
  readonly values: readonly unknown[];
}

interface Model {
  readonly target: Target;
  /** What every object has to have; the manager that makes it says it. */
  readonly base: object;
  readonly pieces: readonly Piece[];
  /** Containers, each of which may be said of. */
  readonly containers?: readonly string[];
}

const META: readonly Piece[] = [
  { path: ['metadata', 'labels', 'tier'], values: ['front', 'back', null] },
  { path: ['metadata', 'labels', 'zone'], values: ['a', 'b'] },
  { path: ['metadata', 'annotations', 'note'], values: ['x', 'y', ''] },
  { path: ['metadata', 'finalizers'], values: [['x.io/a'], ['x.io/b', 'x.io/a'], []] },
];

const CONTAINER: readonly Piece[] = [
  { path: ['image'], values: ['nginx:1', 'nginx:2'] },
  {
    path: ['env'],
    values: [[{ name: 'A', value: '1' }], [{ name: 'A', value: '2' }], [{ name: 'B', value: '1' }, { name: 'A' }]],
  },
  {
    path: ['ports'],
    values: [
      [{ containerPort: 80 }],
      [{ containerPort: 80, protocol: 'TCP', name: 'http' }],
      [{ containerPort: 81, protocol: 'UDP' }],
    ],
  },
  { path: ['args'], values: [['a'], ['b', 'c']] },
  { path: ['resources', 'limits'], values: [{ cpu: '1' }, { cpu: '500m', memory: '1Gi' }, {}] },
];

const MODELS: readonly Model[] = [
  {
    target: DEPLOYMENT,
    base: { spec: { selector: { matchLabels: { app: 'r' } }, template: { metadata: { labels: { app: 'r' } } } } },
    containers: ['main', 'side', 'more'],
    pieces: [
      ...META,
      { path: ['spec', 'replicas'], values: [1, 2, 3, null] },
      { path: ['spec', 'paused'], values: [true, false] },
      { path: ['spec', 'strategy'], values: [{ type: 'Recreate' }, { rollingUpdate: { maxSurge: 2 } }] },
      { path: ['spec', 'template', 'metadata', 'labels', 'x'], values: ['1', '2'] },
      { path: ['spec', 'template', 'spec', 'nodeSelector'], values: [{ disk: 'ssd' }, { zone: 'a' }] },
      { path: ['spec', 'template', 'spec', 'tolerations'], values: [[{ operator: 'Exists' }], []] },
      {
        path: ['spec', 'template', 'spec', 'volumes'],
        values: [
          [{ name: 'v', emptyDir: {} }],
          [
            { name: 'w', emptyDir: {} },
            { name: 'v', emptyDir: {} },
          ],
        ],
      },
    ],
  },
  {
    target: SERVICE,
    base: { spec: { ports: [{ port: 80, name: 'http' }] } },
    pieces: [
      ...META,
      { path: ['spec', 'selector'], values: [{ app: 'a' }, { app: 'b', tier: 'c' }] },
      {
        path: ['spec', 'ports'],
        values: [
          [{ port: 80, name: 'http' }],
          [
            { port: 443, name: 'tls' },
            { port: 80, name: 'http', targetPort: 8080 },
          ],
          [{ port: 80, protocol: 'UDP', name: 'dns' }],
        ],
      },
      { path: ['spec', 'sessionAffinity'], values: ['None', 'ClientIP'] },
      { path: ['spec', 'externalIPs'], values: [['192.0.2.1'], ['192.0.2.2', '192.0.2.1']] },
      { path: ['spec', 'type'], values: ['ClusterIP', 'NodePort'] },
    ],
  },
  {
    target: CONFIG_MAP,
    base: {},
    pieces: [
      ...META,
      { path: ['data', 'a'], values: ['1', '2', null] },
      { path: ['data', 'b'], values: ['1', '2'] },
      { path: ['data', 'c'], values: ['', 'x'] },
      { path: ['binaryData', 'd'], values: ['YQ==', 'Yg=='] },
      { path: ['data'], values: [{}, null, { a: '1' }] },
    ],
  },
  {
    target: POD,
    base: {},
    containers: ['main'],
    pieces: [
      ...META,
      { path: ['spec', 'activeDeadlineSeconds'], values: [10, 5] },
      { path: ['spec', 'tolerations'], values: [[{ key: 'a', operator: 'Exists' }]] },
    ],
  },
];

/** Sequences of applies and updates by three managers, the same ones for the same seed. */
export function randomSequences({ applies: seed } = SEEDS): Sequence[] {
  const draw = generator(seed);
  return Array.from({ length: SEQUENCES }, (_, index) => {
    const model = MODELS[index % MODELS.length] as Model;
    return { name: `drawn ${index}`, target: model.target, steps: stepsOf(model, draw) };
  });
}

function stepsOf(model: Model, draw: Draw): Step[] {
  const first: Step = { verb: 'apply', manager: pick(MANAGERS, draw), body: complete(model, configOf(model, draw)) };
  const complete_ = draw(2) === 0;
  return [
    first,
    ...Array.from({ length: STEPS - 1 }, (): Step => {
      const manager = pick(MANAGERS, draw);
      const config = configOf(model, draw);
      const body = complete_ && manager === first.manager ? complete(model, config) : config;
      const kind = draw(10);
      if (kind < 6) return { verb: 'apply', manager, body, ...(draw(3) === 0 ? { query: 'force=true' } : {}) };
      if (kind < 8) return { verb: 'strategic', manager, body };
      return kind < 9
        ? { verb: 'merge', manager, body: withoutContainers(config) }
        : { verb: 'put', manager, body: complete(model, config) };
    }),
  ];
}

/** Up to four pieces, and containers now and then. */
function configOf(model: Model, draw: Draw): Record<string, unknown> {
  const config: Record<string, unknown> = {};
  for (let count = draw(4) + 1; count > 0; count -= 1) {
    const piece = pick(model.pieces, draw);
    set(config, piece.path, pick(piece.values, draw));
  }
  if (!model.containers || draw(2) === 0) return config;
  const containers = model.containers.filter(() => draw(2) === 0).map((name) => containerOf(name, draw));
  if (containers.length > 0) set(config, podSpec(model), containers);
  return config;
}

function containerOf(name: string, draw: Draw): Record<string, unknown> {
  const container: Record<string, unknown> = { name, image: 'nginx:1' };
  for (let count = draw(3); count > 0; count -= 1) {
    const piece = pick(CONTAINER, draw);
    set(container, piece.path, pick(piece.values, draw));
  }
  return container;
}

function podSpec(model: Model): readonly string[] {
  return model.target === POD ? ['spec', 'containers'] : ['spec', 'template', 'spec', 'containers'];
}

/** A configuration that an object can be made of. */
function complete(model: Model, config: Record<string, unknown>): object {
  const whole = joined(model.base, config) as Record<string, unknown>;
  if (model.containers) set(whole, podSpec(model), [{ name: 'main', image: 'nginx:1' }]);
  return whole;
}

function joined(a: unknown, b: unknown): unknown {
  if (!isMap(a) || !isMap(b)) return b === undefined ? structuredClone(a) : structuredClone(b);
  return Object.fromEntries(
    [...new Set([...Object.keys(a), ...Object.keys(b)])].map((key) => [key, joined(a[key], b[key])]),
  );
}

/** A merge patch would replace them all. */
function withoutContainers(config: Record<string, unknown>): object {
  return JSON.parse(JSON.stringify(config, (key, value) => (key === 'containers' ? undefined : value))) as object;
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function set(object: Record<string, unknown>, path: readonly string[], value: unknown): void {
  let at = object;
  for (const name of path.slice(0, -1)) {
    if (!isMap(at[name])) at[name] = {};
    at = at[name] as Record<string, unknown>;
  }
  at[path.at(-1) as string] = structuredClone(value);
}

function pick<T>(values: readonly T[], draw: Draw): T {
  return values[draw(values.length)] as T;
}

/** Mulberry32. */
function generator(seed: number): Draw {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let value = Math.imul(state ^ (state >>> 15), 1 | state);
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value;
    return ((value ^ (value >>> 14)) >>> 0) % below;
  };
}
