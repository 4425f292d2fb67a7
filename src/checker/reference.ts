import type { ObjectRef } from './object-ref.js';

/** An object, or several, in words: `deployment/cart in shop`, `pods with app=web in shop`. */
export function refName({ kind, name, selector, namespace }: ObjectRef): string {
  const what = name === undefined ? `${kind}${selector ? ` with ${selector}` : ''}` : `${kind.toLowerCase()}/${name}`;
  return namespace === undefined ? what : `${what} in ${namespace}`;
}

const ALIASES: Readonly<Record<string, string>> = {
  cm: 'configmap',
  deploy: 'deployment',
  ds: 'daemonset',
  ep: 'endpoints',
  ev: 'event',
  netpol: 'networkpolicy',
  no: 'node',
  ns: 'namespace',
  pdb: 'poddisruptionbudget',
  po: 'pod',
  pv: 'persistentvolume',
  pvc: 'persistentvolumeclaim',
  rs: 'replicaset',
  sa: 'serviceaccount',
  sc: 'storageclass',
  sts: 'statefulset',
  svc: 'service',
  ing: 'ingress',
  cj: 'cronjob',
  hpa: 'horizontalpodautoscaler',
  quota: 'resourcequota',
  limits: 'limitrange',
  crd: 'customresourcedefinition',
};

/** `kind/name` in one spelling, however the kind was written: `Deployment.apps/x`, `deploy/x`, `deployments x`. */
export function canonicalName(text: string): string | undefined {
  const match = /^([A-Za-z]+)(?:\.[a-z0-9.-]+)?[/\s]+([a-z0-9]([a-z0-9.-]*[a-z0-9])?)$/.exec(text.trim());
  if (!match) return undefined;
  const word = (match[1] as string).toLowerCase();
  const alias = ALIASES[word];
  const singular = alias ?? singularOf(word);
  return `${singular}/${match[2]}`;
}

function singularOf(word: string): string {
  if (word === 'endpoints') return word;
  if (word.endsWith('ies')) return `${word.slice(0, -3)}y`;
  if (/(ss|x|ch|sh)es$/.test(word)) return word.slice(0, -2);
  return word.endsWith('s') && !word.endsWith('ss') ? word.slice(0, -1) : word;
}
