import { isDeepStrictEqual } from 'node:util';
import type { KubeObject } from '../../../../src/sim/api/object.js';
import { called } from './facts.js';
import type { Invariant } from './invariant.js';

/** A cluster at rest that is left alone changes nothing but heartbeats. */
export const calmStays: Invariant = {
  name: 'a second settle changes nothing',
  settled: ({ watched, later }) => {
    const findings: string[] = [];
    for (const [plural, objects] of Object.entries(later)) {
      const before = watched[plural];
      for (const [place, object] of objects) {
        const was = before?.get(place);
        if (!was) findings.push(`${called(object)} came`);
        else if (!isDeepStrictEqual(lasting(was), lasting(object))) findings.push(`${called(object)} changed`);
      }
      for (const [place, object] of before ?? []) if (!objects.has(place)) findings.push(`${called(object)} went`);
    }
    return findings;
  },
};

/** An object without what goes on in the calmest cluster: nodes say that they live, and deployments lose patience. */
function lasting(object: KubeObject): object {
  if (object.kind !== 'Node' && object.kind !== 'Deployment') return object;
  const { resourceVersion: _, managedFields: __, ...metadata } = object.metadata;
  const { conditions = [], ...status } = (object['status'] ?? {}) as { conditions?: readonly Condition[] };
  const kept = conditions
    .filter(({ type }) => type !== 'Progressing')
    .map(({ lastHeartbeatTime: ___, ...condition }) => condition);
  return { ...object, metadata, status: { ...status, conditions: kept } };
}

interface Condition {
  readonly type: string;
  readonly lastHeartbeatTime?: string;
}
