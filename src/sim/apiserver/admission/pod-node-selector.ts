import { isJsonObject, type KubeObject } from '../../api/object.js';
import { forbiddenRequest, notFound, StatusError, unnamedError } from '../../api/status.js';
import type { Pod } from '../../api/types/pod.js';
import { readYaml } from '../codecs.js';
import { groupResource } from '../served-kind.js';
import { objectOf } from '../storage/stored-object.js';
import type { AdmissionRequest } from './admission.js';
import { concernedPod } from './concerned-pod.js';
import type { ConfiguredPlugin } from './configuration.js';

const ANNOTATION = 'scheduler.alpha.kubernetes.io/node-selector';
/** Stands for all namespaces that say nothing. */
const CLUSTER = 'clusterDefaultNodeSelector';

type Labels = Record<string, string>;
type Selectors = Readonly<Record<string, string>>;

/** Pods run on those nodes only that their namespace is for. */
export const POD_NODE_SELECTOR: ConfiguredPlugin = (text) => {
  const selectors = readSelectors(text);
  return {
    name: 'PodNodeSelector',
    mutate(request) {
      const pod = concernedPod(request, ['CREATE']);
      if (!pod) return;
      const wanted = selectorOf(request, selectors);
      refuseConflict(request, pod, wanted);
      const merged = { ...wanted, ...pod.spec.nodeSelector };
      if (Object.keys(merged).length > 0) pod.spec.nodeSelector = merged;
      refuseForeign(request, pod, selectors);
    },
    validate(request) {
      const pod = concernedPod(request, ['CREATE']);
      if (!pod) return;
      refuseConflict(request, pod, selectorOf(request, selectors));
      refuseForeign(request, pod, selectors);
    },
  };
};

/** The file has no kind; what cannot be read says nothing. */
function readSelectors(text: string | undefined): Selectors {
  if (!text) return {};
  const value: unknown = readYaml(text);
  const selectors = isJsonObject(value) ? value['podNodeSelectorPluginConfig'] : undefined;
  return isJsonObject(selectors) ? (selectors as unknown as Selectors) : {};
}

function selectorOf({ store, namespace }: AdmissionRequest, selectors: Selectors): Labels {
  const entry = store.get(`/registry/namespaces/${namespace}`);
  if (!entry) throw new StatusError(notFound({ group: '', resource: 'namespaces' }, namespace));
  const own = (objectOf(entry) as KubeObject).metadata.annotations?.[ANNOTATION];
  return readLabels(own ?? selectors[CLUSTER] ?? '');
}

function refuseConflict(request: AdmissionRequest, pod: Pod, wanted: Labels): void {
  const own = pod.spec.nodeSelector ?? {};
  if (Object.entries(wanted).every(([key, value]) => own[key] === undefined || own[key] === value)) return;
  throw refused(request, pod, 'pod node label selector conflicts with its namespace node label selector');
}

function refuseForeign(request: AdmissionRequest, pod: Pod, selectors: Selectors): void {
  const allowed = readLabels(selectors[request.namespace] ?? '');
  if (Object.keys(allowed).length === 0) return;
  if (Object.entries(pod.spec.nodeSelector ?? {}).every(([key, value]) => allowed[key] === value)) return;
  throw refused(request, pod, 'pod node label selector labels conflict with its namespace whitelist');
}

function refused({ kind }: AdmissionRequest, { metadata }: Pod, why: string): StatusError {
  return new StatusError(forbiddenRequest(groupResource(kind), metadata.name ?? '', why));
}

/** `a=b,c=d` as labels. Throws 500: the real one makes no refusal of it. */
function readLabels(selector: string): Labels {
  const labels: Labels = {};
  if (selector === '') return labels;
  for (const part of selector.split(',')) {
    const pair = part.split('=');
    if (pair.length !== 2) throw new StatusError(unnamedError(`invalid selector: [${pair.join(' ')}]`));
    labels[(pair[0] as string).trim()] = (pair[1] as string).trim();
  }
  return labels;
}
