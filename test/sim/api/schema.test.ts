import { describe, expect, test } from 'vitest';
import { enumValues, factType, knownType, typeIdsOf } from '../../../src/sim/api/facts/fact-types.js';
import { FACT_PACKAGES } from '../../../src/sim/api/facts/index.js';
import type { TypeRef } from '../../../src/sim/api/facts/type-text.js';
import { KINDS } from '../../../src/sim/api/kinds.js';
import { openApiSchemas } from '../../../src/sim/api/openapi.js';
import {
  describeField,
  describeType,
  explainTypeName,
  fieldValues,
  findField,
  kindType,
  requiredFields,
  schemaOf,
} from '../../../src/sim/api/schema.js';

/** Every type a reference leads to. */
function* parts(type: TypeRef): Generator<TypeRef> {
  yield type;
  if (type.item) yield* parts(type.item);
}

describe('the fact table', () => {
  const ids = FACT_PACKAGES.flatMap(typeIdsOf);

  test('has the types of every stable group', () => {
    expect(ids.length).toBeGreaterThan(600);
    expect(FACT_PACKAGES.map(({ id }) => id)).toEqual(FACT_PACKAGES.map(({ id }) => id).sort());
  });

  test('names only types and enumerations that it has', () => {
    const missing = ids.flatMap((id) =>
      knownType(id).fields.flatMap((field) =>
        [...parts(field.type)].flatMap(({ struct, enumeration }) => [
          ...(struct !== undefined && !factType(struct) ? [struct] : []),
          ...(enumeration !== undefined && !enumValues(enumeration) ? [enumeration] : []),
        ]),
      ),
    );
    expect(missing).toEqual([]);
  });

  test('gives every field of a type a number of its own', () => {
    const doubled = ids.filter((id) => {
      const numbers = knownType(id).fields.flatMap(({ number }) => (number > 0 ? [number] : []));
      return new Set(numbers).size !== numbers.length;
    });
    expect(doubled).toEqual([]);
  });

  test('has every kind that is stored', () => {
    const versions = KINDS.map(({ group, version, kind }) => [group ? `${group}/${version}` : version, kind] as const);
    expect(versions.filter(([apiVersion, kind]) => !kindType(apiVersion, kind))).toEqual([]);
  });

  test('knows how lists merge, what is the default, and what may be chosen', () => {
    const spec = knownType('core.v1.PodSpec').byName;
    expect(spec.get('containers')).toMatchObject({
      patchStrategies: ['merge'],
      patchMergeKey: 'name',
      listType: 'map',
      listMapKeys: ['name'],
      number: 2,
    });
    expect(knownType('core.v1.ContainerPort').byName.get('protocol')?.default).toBe('TCP');
    expect(fieldValues(spec.get('dnsPolicy') as never)).toEqual([
      'ClusterFirst',
      'ClusterFirstWithHostNet',
      'Default',
      'None',
    ]);
  });
});

describe('schemas', () => {
  const deployment = schemaOf('apps/v1', 'Deployment');

  test.each([
    ['spec', 'DeploymentSpec'],
    ['spec.replicas', 'integer'],
    ['spec.template.spec.containers', '[]Container'],
    ['spec.template.spec.containers.resources.limits', 'map[string]Quantity'],
    ['spec.template.spec.volumes.configMap.name', 'string'],
    ['metadata.creationTimestamp', 'Time'],
    ['spec.strategy.rollingUpdate.maxSurge', 'IntOrString'],
  ])('%s is %s', (path, name) => {
    const found = findField(deployment, path.split('.'));
    expect(found && explainTypeName(found.field.type)).toBe(name);
  });

  test('end where a path leads nowhere', () => {
    expect(findField(deployment, ['spec', 'replica'])).toBeUndefined();
    expect(findField(deployment, ['spec', 'replicas', 'x'])).toBeUndefined();
    expect(() => schemaOf('example.com/v1', 'Widget')).toThrow('is not a built-in kind');
  });

  test('say what a field is and which are needed', () => {
    const spec = knownType('apps.v1.DeploymentSpec');
    expect(describeType(deployment)).toMatch(/^Deployment enables declarative updates/);
    expect(describeField(spec, 'replicas')).toMatch(/^Number of desired pods\./);
    expect(describeField(spec, 'constructor')).toBe('');
    expect(requiredFields(spec)).toEqual(['selector', 'template']);
    expect(describeField(deployment, 'apiVersion')).toMatch(/^APIVersion defines/);
    expect(describeField(knownType('meta.v1.ObjectMeta'), 'creationTimestamp')).toContain(
      '\n\nPopulated by the system.',
    );
  });

  test('come with everything they refer to', () => {
    const schemas = openApiSchemas([deployment]);
    const references = JSON.stringify(schemas).matchAll(/#\/components\/schemas\/([\w.-]+)/g);
    expect([...references].map(([, name]) => name).filter((name) => !Object.hasOwn(schemas, name ?? ''))).toEqual([]);
    expect(schemas['io.k8s.api.apps.v1.Deployment']).toMatchObject({
      type: 'object',
      'x-kubernetes-group-version-kind': [{ group: 'apps', kind: 'Deployment', version: 'v1' }],
    });
    expect(schemas['io.k8s.api.core.v1.PodSpec']).toMatchObject({
      required: ['containers'],
      properties: {
        containers: {
          type: 'array',
          items: { allOf: [{ $ref: '#/components/schemas/io.k8s.api.core.v1.Container' }], default: {} },
          'x-kubernetes-patch-merge-key': 'name',
          'x-kubernetes-patch-strategy': 'merge',
          'x-kubernetes-list-type': 'map',
          'x-kubernetes-list-map-keys': ['name'],
        },
      },
    });
  });
});
