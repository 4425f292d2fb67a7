import { describe, expect, test } from 'vitest';
import { decodeKind } from '../../../src/sim/api/decode.js';

const deployment = (object: object) => decodeKind('apps/v1', 'Deployment', object);
const pod = (object: object) => decodeKind('v1', 'Pod', object);
const container = (fields: object) => ({ spec: { containers: [fields] } });
const format = "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";
const unmarshal = (found: string, field: string, type: string) =>
  `json: cannot unmarshal ${found} into Go struct field ${field} of type ${type}`;

describe('values of the wrong type', () => {
  // Recorded from k8s.io/apimachinery v0.36.0, the strict JSON serializer.
  test.each([
    [{ spec: { replicas: '3' } }, unmarshal('string', 'DeploymentSpec.spec.replicas', 'int32')],
    [{ spec: { replicas: 1.5 } }, unmarshal('number 1.5', 'DeploymentSpec.spec.replicas', 'int32')],
    [{ spec: { replicas: 3000000000 } }, unmarshal('number 3000000000', 'DeploymentSpec.spec.replicas', 'int32')],
    [{ spec: { replicas: true } }, unmarshal('bool', 'DeploymentSpec.spec.replicas', 'int32')],
    [{ spec: { paused: 'yes' } }, unmarshal('string', 'DeploymentSpec.spec.paused', 'bool')],
    [{ spec: [] }, unmarshal('array', 'Deployment.spec', 'v1.DeploymentSpec')],
    [{ metadata: { labels: { a: 5 } } }, unmarshal('number', 'ObjectMeta.metadata.labels', 'string')],
    [{ metadata: { labels: ['a'] } }, unmarshal('array', 'ObjectMeta.metadata.labels', 'map[string]string')],
    [{ metadata: { name: 5 } }, unmarshal('number', 'ObjectMeta.metadata.name', 'string')],
    [{ metadata: { creationTimestamp: 5 } }, unmarshal('number', 'ObjectMeta.metadata.creationTimestamp', 'string')],
    [
      { spec: { strategy: { rollingUpdate: { maxSurge: true } } } },
      unmarshal('bool', 'RollingUpdateDeployment.spec.strategy.rollingUpdate.maxSurge', 'int32'),
    ],
    [
      { spec: { template: { spec: { containers: { a: 1 } } } } },
      unmarshal('object', 'PodSpec.spec.template.spec.containers', '[]v1.Container'),
    ],
    [
      { spec: { template: { spec: { containers: [{ ports: [{ containerPort: '80' }] }] } } } },
      unmarshal('string', 'ContainerPort.spec.template.spec.containers.ports.containerPort', 'int32'),
    ],
    [
      { spec: { template: { spec: { containers: [null, { args: [1] }] } } } },
      unmarshal('number', 'Container.spec.template.spec.containers.args', 'string'),
    ],
    [
      { metadata: { ownerReferences: [{ controller: 'x' }] } },
      unmarshal('string', 'OwnerReference.metadata.ownerReferences.controller', 'bool'),
    ],
    [
      { metadata: { labels: 'a' }, spec: { replicas: 'x' } },
      unmarshal('string', 'ObjectMeta.metadata.labels', 'map[string]string'),
    ],
  ])('%j', (object, words) => {
    expect(deployment(object)?.typeError).toBe(words);
  });

  test.each([
    [
      container({ livenessProbe: { httpGet: 'x' } }),
      unmarshal('string', 'Probe.spec.containers.livenessProbe.ProbeHandler.httpGet', 'v1.HTTPGetAction'),
    ],
    [
      container({ livenessProbe: { httpGet: { port: 1.5 } } }),
      unmarshal('number 1.5', 'HTTPGetAction.spec.containers.livenessProbe.ProbeHandler.httpGet.port', 'int32'),
    ],
    [
      { spec: { volumes: [{ emptyDir: 5 }] } },
      unmarshal('number', 'Volume.spec.volumes.VolumeSource.emptyDir', 'v1.EmptyDirVolumeSource'),
    ],
    [
      { spec: { volumes: [{ configMap: { name: 5 } }] } },
      unmarshal(
        'number',
        'ConfigMapVolumeSource.spec.volumes.VolumeSource.configMap.LocalObjectReference.name',
        'string',
      ),
    ],
    [{ spec: { affinity: 'x' } }, unmarshal('string', 'PodSpec.spec.affinity', 'v1.Affinity')],
    [container({ resources: { limits: { cpu: 'abc' } } }), format],
    [container({ resources: { limits: { cpu: true } } }), format],
  ])('%j', (object, words) => {
    expect(pod(object)?.typeError).toBe(words);
  });

  test.each([
    ['!!', 0],
    ['YQ', 0],
    ['YQ=', 3],
    ['YQ=x', 2],
    ['YQ==x', 4],
    ['Y=', 1],
    ['YWJjYQ', 4],
    ['YWJjYWI==', 8],
  ])('base64 %j fails at byte %i', (text, at) => {
    const decoded = decodeKind('v1', 'Secret', { data: { a: text } });
    expect(decoded?.typeError).toBe(`illegal base64 data at input byte ${at}`);
  });

  test.each([
    ['x', '"x" as "2006-01-02T15:04:05Z07:00": cannot parse "x" as "2006"'],
    ['2026-01-02', '"2026-01-02" as "2006-01-02T15:04:05Z07:00": cannot parse "" as "T"'],
    ['2026-1-02T', '"2026-1-02T" as "2006-01-02T15:04:05Z07:00": cannot parse "1-02T" as "01"'],
    ['2026-13-02T00:00:00Z', '"2026-13-02T00:00:00Z": month out of range'],
    ['2026-02-30T00:00:00Z', '"2026-02-30T00:00:00Z": day out of range'],
    ['2026-01-02T25:00:00Z', '"2026-01-02T25:00:00Z": hour out of range'],
    ['2026-01-02T00:00:00Zx', '"2026-01-02T00:00:00Zx": extra text: "x"'],
    ['2026-01-02T00:00:00+25:00', '"2026-01-02T00:00:00+25:00": time zone offset hour out of range'],
  ])('time %j', (text, words) => {
    expect(pod({ metadata: { creationTimestamp: text } })?.typeError).toBe(`parsing time ${words}`);
  });
});

describe('unknown fields', () => {
  test('are dropped and named by their path', () => {
    const decoded = pod({
      foo: 1,
      spec: {
        containers: [
          { name: 'c', img: 'x' },
          { bar: 1, livenessProbe: { tcpSocket: { porty: 1 } } },
        ],
      },
    });
    expect(decoded?.unknown).toEqual([
      'unknown field "foo"',
      'unknown field "spec.containers[0].img"',
      'unknown field "spec.containers[1].bar"',
      'unknown field "spec.containers[1].livenessProbe.tcpSocket.porty"',
    ]);
    expect(decoded?.object).not.toHaveProperty('foo');
  });

  test('are counted to a hundred', () => {
    const many = Object.fromEntries(Array.from({ length: 150 }, (_, index) => [`x${index}`, 1]));
    expect(pod(many)?.unknown).toHaveLength(100);
  });
});

describe('objects as Go writes them', () => {
  test('in the order of the fields, empty ones by their tags', () => {
    const decoded = pod({
      spec: {
        tolerations: [],
        nodeSelector: { a: null },
        containers: [null, { name: 'x', env: [{ name: 'a', value: '' }], args: [null, 'b'] }],
      },
      kind: 'Pod',
      apiVersion: 'v1',
    });
    // Recorded from k8s.io/api v0.36.0.
    expect(JSON.stringify(decoded?.object)).toBe(
      '{"kind":"Pod","apiVersion":"v1","metadata":{},"spec":{"containers":[{"name":"","resources":{}},{"name":"x","args":["","b"],"env":[{"name":"a"}],"resources":{}}],"nodeSelector":{"a":""}},"status":{}}',
    );
  });

  test('with quantities and times in their own form', () => {
    const decoded = pod({
      metadata: { creationTimestamp: '2026-01-02T03:04:05.9+01:00' },
      ...container({ name: 'c', resources: { limits: { cpu: 0.5, memory: '1024Mi' } } }),
    });
    expect(decoded?.object).toMatchObject({
      metadata: { creationTimestamp: '2026-01-02T02:04:05Z' },
      spec: { containers: [{ resources: { limits: { cpu: '500m', memory: '1Gi' } } }] },
    });
  });

  test('keep zeros that are meant: pointers and fields without omitempty', () => {
    const decoded = deployment({ spec: { replicas: 0, selector: {}, template: {}, minReadySeconds: 0 } });
    expect(decoded?.object['spec']).toEqual({
      replicas: 0,
      selector: {},
      template: { metadata: {}, spec: { containers: null } },
      strategy: {},
    });
  });

  test('of kinds nobody knows are not decoded', () => {
    expect(decodeKind('example.com/v1', 'Widget', {})).toBeUndefined();
  });

  test('named __proto__ are names like any other', () => {
    const decoded = decodeKind('v1', 'ConfigMap', JSON.parse('{"data":{"__proto__":"x"}}'));
    expect(JSON.stringify(decoded?.object['data'])).toBe('{"__proto__":"x"}');
  });
});
