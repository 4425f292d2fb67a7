import type { Waiting } from '../../kernel/wait.js';
import { apiVersionOf } from '../../kubectl/resource/mapper.js';
import { HelmError, wrapped } from '../errors.js';
import type { HelmRun } from '../run.js';

/** What templates are told of the cluster. */
export interface Capabilities {
  readonly kubeVersion: { readonly version: string; readonly major: string; readonly minor: string };
  /** `apps/v1`, `apps/v1/Deployment`. */
  readonly apiVersions: readonly string[];
}

/** Group versions that helm counts on when no cluster is asked: those of its client library. */
// biome-ignore format: a list
const KNOWN = [
  'admission.k8s.io/v1', 'admission.k8s.io/v1beta1', 'admissionregistration.k8s.io/v1',
  'admissionregistration.k8s.io/v1alpha1', 'admissionregistration.k8s.io/v1beta1', 'apiextensions.k8s.io/v1',
  'apiextensions.k8s.io/v1beta1', 'apps/v1', 'apps/v1beta1', 'apps/v1beta2', 'authentication.k8s.io/v1',
  'authentication.k8s.io/v1alpha1', 'authentication.k8s.io/v1beta1', 'authorization.k8s.io/v1',
  'authorization.k8s.io/v1beta1', 'autoscaling/v1', 'autoscaling/v2', 'batch/v1', 'batch/v1beta1',
  'certificates.k8s.io/v1', 'certificates.k8s.io/v1alpha1', 'certificates.k8s.io/v1beta1', 'coordination.k8s.io/v1',
  'coordination.k8s.io/v1alpha2', 'coordination.k8s.io/v1beta1', 'discovery.k8s.io/v1', 'discovery.k8s.io/v1beta1',
  'events.k8s.io/v1', 'events.k8s.io/v1beta1', 'extensions/v1beta1', 'flowcontrol.apiserver.k8s.io/v1',
  'flowcontrol.apiserver.k8s.io/v1beta1', 'flowcontrol.apiserver.k8s.io/v1beta2',
  'flowcontrol.apiserver.k8s.io/v1beta3', 'internal.apiserver.k8s.io/v1alpha1', 'networking.k8s.io/v1',
  'networking.k8s.io/v1beta1', 'node.k8s.io/v1', 'node.k8s.io/v1alpha1', 'node.k8s.io/v1beta1', 'policy/v1',
  'policy/v1beta1', 'rbac.authorization.k8s.io/v1', 'rbac.authorization.k8s.io/v1alpha1',
  'rbac.authorization.k8s.io/v1beta1', 'resource.k8s.io/v1', 'resource.k8s.io/v1alpha3', 'resource.k8s.io/v1beta1',
  'resource.k8s.io/v1beta2', 'scheduling.k8s.io/v1', 'scheduling.k8s.io/v1alpha1', 'scheduling.k8s.io/v1beta1',
  'storage.k8s.io/v1', 'storage.k8s.io/v1alpha1', 'storage.k8s.io/v1beta1', 'storagemigration.k8s.io/v1beta1', 'v1',
];

/** Those without a cluster: of a version that is named, or helm's own. */
export function localCapabilities(kubeVersion: string, apiVersions: readonly string[]): Capabilities {
  const version = kubeVersion === '' ? 'v1.36.0' : kubeVersion.startsWith('v') ? kubeVersion : `v${kubeVersion}`;
  const [, major = '1', minor = '36'] = /^v(\d+)\.(\d+)/.exec(version) ?? [];
  return { kubeVersion: { version, major, minor }, apiVersions: [...KNOWN, ...apiVersions] };
}

/** Throws HelmError for a `--kube-version` that is none. */
export function checkKubeVersion(text: string): void {
  if (text !== '' && !/^v?\d+\.\d+/.test(text))
    throw new HelmError(`invalid kube version '${text}': could not parse ${JSON.stringify(text)} as version`);
}

/** Those of the cluster. Throws HelmError. */
export function* clusterCapabilities(run: HelmRun): Waiting<Capabilities> {
  const session = run.session();
  let info: { gitVersion: string; major: string; minor: string };
  try {
    info = yield* session.rest().send({ method: 'GET', path: '/version' });
  } catch (error) {
    throw wrapped('could not get server version from Kubernetes', error);
  }
  const versions = new Set<string>();
  for (const { name, versions: own } of yield* session.discovery().groups())
    for (const version of own) versions.add(apiVersionOf({ group: name, version }));
  for (const mapping of yield* session.discovery().resources())
    versions.add(`${apiVersionOf(mapping)}/${mapping.kind}`);
  return {
    kubeVersion: { version: info.gitVersion, major: info.major, minor: info.minor },
    apiVersions: [...versions],
  };
}
