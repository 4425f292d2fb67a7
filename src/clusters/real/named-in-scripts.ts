import type { NamedObject } from './named-objects.js';

/** What stands in no namespace and is made in labs, as it is typed. */
const KINDS: Readonly<Record<string, string>> = {
  certificatesigningrequest: 'CertificateSigningRequest',
  clusterrole: 'ClusterRole',
  clusterrolebinding: 'ClusterRoleBinding',
  crd: 'CustomResourceDefinition',
  csr: 'CertificateSigningRequest',
  customresourcedefinition: 'CustomResourceDefinition',
  gatewayclass: 'GatewayClass',
  ingressclass: 'IngressClass',
  mutatingwebhookconfiguration: 'MutatingWebhookConfiguration',
  namespace: 'Namespace',
  ns: 'Namespace',
  pc: 'PriorityClass',
  persistentvolume: 'PersistentVolume',
  priorityclass: 'PriorityClass',
  pv: 'PersistentVolume',
  runtimeclass: 'RuntimeClass',
  sc: 'StorageClass',
  storageclass: 'StorageClass',
  validatingadmissionpolicy: 'ValidatingAdmissionPolicy',
  validatingadmissionpolicybinding: 'ValidatingAdmissionPolicyBinding',
  validatingwebhookconfiguration: 'ValidatingWebhookConfiguration',
  volumesnapshotclass: 'VolumeSnapshotClass',
};
const OF_NO_NAMESPACE = new Set(Object.values(KINDS));

const NAME = `["']?([a-z0-9](?:[a-z0-9.:-]*[a-z0-9])?)["']?`;
const CREATED = new RegExp(String.raw`\bcreate\s+([a-z]+)\s+${NAME}(?=[\s;&|)]|$)`, 'gm');
const KIND = /(?:^|[{,\s])["']?kind["']?:\s*["']?([A-Z][A-Za-z]+)/m;
const NAMED = new RegExp(
  String.raw`\bmetadata["']?:\s*(?:\{[^\n]*?|\n\s+(?:[^\n]*\n\s+)*?)["']?name["']?:\s*${NAME}`,
  'm',
);

/**
 * What of no namespace scripts make by name: `create clusterrole reader …`, and manifests written in them. A script that
 * puts a name together as it runs is not understood.
 */
export function namedInScripts(scripts: readonly string[]): readonly NamedObject[] {
  return scripts.flatMap((script) => [...created(script), ...written(script)]);
}

function created(script: string): NamedObject[] {
  return [...script.matchAll(CREATED)].flatMap(([, typed = '', name]) => {
    const kind = KINDS[typed] ?? KINDS[typed.replace(/e?s$/, '')];
    return kind === undefined ? [] : [{ kind, name }];
  });
}

function written(script: string): NamedObject[] {
  // One manifest begins where the one before, or what is typed before it, ends.
  return script.split(/^\s*(?:---|apiVersion:)/m).flatMap((text) => {
    const [, kind = ''] = KIND.exec(text) ?? [];
    const [, name] = NAMED.exec(text) ?? [];
    return OF_NO_NAMESPACE.has(kind) && name !== undefined ? [{ kind, name }] : [];
  });
}
