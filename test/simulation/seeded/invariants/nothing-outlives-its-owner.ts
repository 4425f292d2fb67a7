import type { KubeObject } from '../../../../src/sim/api/object.js';
import type { Pod } from '../../../../src/sim/api/types/pod.js';
import { objectsOf } from '../cluster-view.js';
import { called } from './facts.js';
import type { Invariant } from './invariant.js';

/** No object has an owner, a namespace or a node that is not there. */
export const nothingOutlivesItsOwner: Invariant = {
  name: 'no orphan outlives its owner',
  settled: ({ listed }) => {
    const all = Object.values(listed).flatMap((objects) => [...objects.values()]);
    const uids = new Set(all.map(({ metadata }) => metadata.uid));
    const known = new Set(all.map(({ kind }) => kind));
    const findings: string[] = [];
    for (const object of all) {
      const { ownerReferences = [], namespace } = object.metadata;
      const absent = ownerReferences.filter(({ uid, kind }) => known.has(kind) && !uids.has(uid));
      for (const { kind, name } of absent) findings.push(`${called(object)} outlives its owner ${kind} ${name}`);
      if (namespace !== undefined && !listed['namespaces']?.has(namespace))
        findings.push(`${called(object)} outlives its namespace`);
    }
    for (const pod of objectsOf<Pod>(listed, 'pods')) {
      const { nodeName } = pod.spec;
      if (nodeName !== undefined && !listed['nodes']?.has(nodeName))
        findings.push(`${called(pod)} outlives its node ${nodeName}`);
    }
    for (const object of all.filter(isOfAService)) {
      const { namespace, name, labels } = object.metadata;
      const service = object.kind === 'Endpoints' ? name : labels?.['kubernetes.io/service-name'];
      if (!listed['services']?.has(`${namespace}/${service}`)) findings.push(`${called(object)} outlives its service`);
    }
    return findings;
  },
};

function isOfAService({ kind }: KubeObject): boolean {
  return kind === 'Endpoints' || kind === 'EndpointSlice';
}
