import { forbiddenRequest, StatusError } from '../../api/status.js';
import { groupResource } from '../served-kind.js';
import type { Admission } from './admission.js';
import { concernedPod } from './concerned-pod.js';

const HOST = 'kubernetes.io/hostname';

/** Pods keep others away from their node at most, not from a whole zone. */
export const LIMIT_POD_HARD_ANTI_AFFINITY_TOPOLOGY: Admission = {
  name: 'LimitPodHardAntiAffinityTopology',
  validate(request) {
    const pod = concernedPod(request, ['CREATE', 'UPDATE']);
    const terms = pod?.spec.affinity?.podAntiAffinity?.requiredDuringSchedulingIgnoredDuringExecution ?? [];
    const wrong = terms.find(({ topologyKey }) => topologyKey !== HOST);
    if (!wrong) return;
    const why = `affinity.PodAntiAffinity.RequiredDuringScheduling has TopologyKey ${wrong.topologyKey} but only key ${HOST} is allowed`;
    throw new StatusError(forbiddenRequest(groupResource(request.kind), pod?.metadata.name ?? '', why));
  },
};
