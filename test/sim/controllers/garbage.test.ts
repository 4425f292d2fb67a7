import { describe, expect, it } from 'vitest';
import type { KubeObject } from '../../../src/sim/api/object.js';
import type { ConfigMap } from '../../../src/sim/api/types/config.js';
import { CONFIG_MAPS } from '../../../src/sim/controllers/machinery/resource-types.js';
import { SECOND } from '../../../src/sim/kernel/time.js';
import { names, remove } from './objects.js';
import { simulateWithNodes } from './simulation.js';

describe('garbage', () => {
  const controllers = ['garbage-collector-controller'];
  const map = (name: string, owner?: KubeObject, block = false): ConfigMap => ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: {
      name,
      namespace: 'default',
      ...(owner
        ? {
            ownerReferences: [
              {
                apiVersion: owner.apiVersion,
                kind: owner.kind,
                name: owner.metadata.name ?? '',
                uid: owner.metadata.uid ?? '',
                ...(block ? { blockOwnerDeletion: true } : {}),
              },
            ],
          }
        : {}),
    },
  });

  const family = (block: boolean) => {
    const simulation = simulateWithNodes(controllers, []);
    const owner = simulation.create(CONFIG_MAPS, map('owner'));
    const child = simulation.create(CONFIG_MAPS, map('child', owner, block));
    simulation.create(CONFIG_MAPS, map('grandchild', child, block));
    simulation.advance(2 * SECOND);
    expect(names(simulation.list(CONFIG_MAPS, 'default'))).toEqual(['child', 'grandchild', 'owner']);
    return simulation;
  };

  it('follows its owner in the background', () => {
    const simulation = family(false);
    remove(simulation, CONFIG_MAPS, 'owner', 'default', { propagationPolicy: 'Background' });
    simulation.advance(5 * SECOND);
    expect(simulation.list(CONFIG_MAPS, 'default')).toEqual([]);
  });

  it('goes before its owner in the foreground', () => {
    const simulation = family(true);
    remove(simulation, CONFIG_MAPS, 'owner', 'default', { propagationPolicy: 'Foreground' });
    const seen = new Set<string>();
    for (let step = 0; step < 500; step += 1) {
      simulation.advance(SECOND / 100);
      seen.add(names(simulation.list(CONFIG_MAPS, 'default')).join());
    }
    expect([...seen].at(-1)).toBe('');
    expect(seen).not.toContain('child,grandchild');
    expect(seen).not.toContain('grandchild');
  });

  it('is let go when its owner is deleted alone', () => {
    const simulation = family(false);
    remove(simulation, CONFIG_MAPS, 'owner', 'default', { propagationPolicy: 'Orphan' });
    simulation.advance(5 * SECOND);
    expect(names(simulation.list(CONFIG_MAPS, 'default'))).toEqual(['child', 'grandchild']);
    expect(simulation.get<ConfigMap>(CONFIG_MAPS, 'child', 'default').metadata.ownerReferences ?? []).toEqual([]);
  });

  it('whose owner never was is deleted', () => {
    const simulation = simulateWithNodes(controllers, []);
    simulation.create(
      CONFIG_MAPS,
      map('child', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'nobody', uid: 'u' } }),
    );
    simulation.advance(5 * SECOND);
    expect(simulation.list(CONFIG_MAPS, 'default')).toEqual([]);
  });
});
