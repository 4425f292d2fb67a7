import type { FactPackage } from '../../api/facts/package.js';
import { qosClass } from '../../api/kinds/pod/qos.js';
import { notFound, StatusError, unnamedError } from '../../api/status.js';
import type { Pod, Toleration } from '../../api/types/pod.js';
import { readStrictly } from '../configuration-file.js';
import { objectOf } from '../storage/stored-object.js';
import type { AdmissionRequest } from './admission.js';
import { concernedPod } from './concerned-pod.js';
import type { ConfiguredPlugin } from './configuration.js';
import { allCovered, mergeTolerations } from './tolerations.js';

const V1ALPHA1: FactPackage = {
  id: 'podtolerationrestriction.v1alpha1',
  group: 'podtolerationrestriction.admission.k8s.io',
  version: 'v1alpha1',
  prefix: '',
  kinds: 'Configuration',
  types: `
Configuration :0:@meta.v1.TypeMeta: default:0:[@core.v1.Toleration:o whitelist:0:[@core.v1.Toleration:o
`,
};
const DEFAULTS = 'scheduler.alpha.kubernetes.io/defaultTolerations';
const ALLOWED = 'scheduler.alpha.kubernetes.io/tolerationsWhitelist';
const MEMORY_PRESSURE: Toleration = {
  key: 'node.kubernetes.io/memory-pressure',
  operator: 'Exists',
  effect: 'NoSchedule',
};

interface Settings {
  readonly default?: readonly Toleration[];
  readonly whitelist?: readonly Toleration[];
}

/** Pods get the tolerations of their namespace, and may have no others than it allows. */
export const POD_TOLERATION_RESTRICTION: ConfiguredPlugin = (text) => {
  const settings: Settings = text ? readStrictly(text, { packages: [V1ALPHA1] }).object : {};
  return {
    name: 'PodTolerationRestriction',
    mutate(request) {
      const pod = concernedPod(request, ['CREATE', 'UPDATE']);
      if (!pod) return;
      const { operation } = request;
      const extra = operation === 'CREATE' ? [...(ofNamespace(request, DEFAULTS) ?? settings.default ?? [])] : [];
      if (qosClass(pod.spec) !== 'BestEffort') extra.push(MEMORY_PRESSURE);
      if (extra.length > 0) pod.spec.tolerations = mergeTolerations(pod.spec.tolerations ?? [], extra);
      refuseForeign(request, pod, settings);
    },
    validate(request) {
      const pod = concernedPod(request, ['CREATE', 'UPDATE']);
      if (pod) refuseForeign(request, pod, settings);
    },
  };
};

/** Throws 500: the real one makes no refusal of it. */
function refuseForeign(request: AdmissionRequest, { spec }: Pod, { whitelist = [] }: Settings): void {
  const tolerations = spec.tolerations ?? [];
  if (tolerations.length === 0) return;
  const own = ofNamespace(request, ALLOWED);
  if (allCovered(tolerations, own ?? whitelist)) return;
  const whose = own ? 'namespace' : 'cluster';
  const why = `pod tolerations (possibly merged with namespace default tolerations) conflict with its ${whose} whitelist`;
  throw new StatusError(unnamedError(why));
}

function ofNamespace({ store, namespace }: AdmissionRequest, annotation: string): readonly Toleration[] | undefined {
  const entry = store.get(`/registry/namespaces/${namespace}`);
  if (!entry) throw new StatusError(notFound({ group: '', resource: 'namespaces' }, namespace));
  const text = objectOf(entry).metadata.annotations?.[annotation];
  if (text === undefined) return undefined;
  return text === '' ? [] : (JSON.parse(text) as Toleration[]);
}
