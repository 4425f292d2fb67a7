/** networking.k8s.io/v1 Ingress. */
import { ageOf } from '../duration.js';
import { compareText, goQuote } from '../go-text.js';
import type { Ingress } from '../types/networking.js';
import {
  INGRESS_CLASS_ANNOTATION,
  validateIngressCreate,
  validateIngressStatus,
  validateIngressUpdate,
} from './ingress-rules.js';
import { type ApiKind, column, countGeneration, defineKind, keepStatus, specChanged, withStatus } from './kind.js';

/** As many hosts are shown. */
const HOSTS_MAX = 3;

/** The strategy of ingresses. */
export const ingressKind: ApiKind = defineKind({
  group: 'networking.k8s.io',
  version: 'v1',
  kind: 'Ingress',
  plural: 'ingresses',
  namespaced: true,
  shortNames: ['ing'],
  storagePrefix: 'ingress',
  subresourceFacts: withStatus(),
  prepareCreate: (object) => {
    object['status'] = { loadBalancer: {} };
    object.metadata.generation = 1;
  },
  prepareUpdate: (object, old) => {
    keepStatus(object, old);
    countGeneration(object, old, specChanged(object, old));
  },
  validateCreate: (object) => validateIngressCreate(object as Ingress),
  validateUpdate: (object, old) => validateIngressUpdate(object as Ingress, old as Ingress),
  validateStatus: (object, old) => validateIngressStatus(object as Ingress, old as Ingress),
  warnings: (object, old) => (old ? [] : warnings(object as Ingress)),
  printer: {
    columns: [
      column('Name'),
      column(
        'Class',
        'string',
        0,
        'The name of the IngressClass resource that should be used for additional configuration',
      ),
      column('Hosts', 'string', 0, 'Hosts that incoming requests are matched against before the ingress rule'),
      column('Address', 'string', 0, 'Address is a list containing ingress points for the load-balancer'),
      column('Ports', 'string', 0, 'Ports of TLS configurations that open'),
      column('Age'),
    ],
    rows: (object, now) => {
      const { metadata, spec } = object as Ingress;
      const ports = spec.tls?.length ? '80, 443' : '80';
      const cells = [metadata.name, spec.ingressClassName ?? '<none>', hostsOf(object as Ingress)];
      return [{ cells: [...cells, addressesOf(object as Ingress), ports, ageOf(metadata.creationTimestamp, now)] }];
    },
  },
});

function warnings({ metadata, spec }: Ingress): string[] {
  if (metadata.annotations?.[INGRESS_CLASS_ANNOTATION] === undefined || spec.ingressClassName !== undefined) return [];
  return [`annotation ${goQuote(INGRESS_CLASS_ANNOTATION)} is deprecated, please use 'spec.ingressClassName' instead`];
}

function hostsOf({ spec: { rules = [] } }: Ingress): string {
  const shown: string[] = [];
  let more = false;
  for (const { host } of rules) {
    more ||= shown.length === HOSTS_MAX;
    if (!more && host) shown.push(host);
  }
  if (shown.length === 0) return '*';
  return more ? `${shown.join(',')} + ${rules.length - HOSTS_MAX} more...` : shown.join(',');
}

function addressesOf({ status }: Ingress): string {
  const addresses = (status?.loadBalancer?.ingress ?? []).flatMap(({ ip, hostname }) => ip || hostname || []);
  return [...new Set(addresses)].sort(compareText).join(',');
}
