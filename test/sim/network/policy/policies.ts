import type { NetworkPolicySpec } from '../../../../src/sim/api/types/policy.js';

const all = {};
const web = { matchLabels: { app: 'web' } };
const db = { matchLabels: { app: 'db' } };
const client = { matchLabels: { app: 'client' } };
const teamA = { matchLabels: { team: 'a' } };
const named = (name: string) => ({ matchLabels: { 'kubernetes.io/metadata.name': name } });

/** Policies by name, each for the namespace before its slash; the rows of the table say which of them are there. */
export const POLICIES: Readonly<Record<string, NetworkPolicySpec>> = {
  // What is selected, and in which direction.
  'default/no-ingress': { podSelector: all, policyTypes: ['Ingress'] },
  'default/no-egress': { podSelector: all, policyTypes: ['Egress'] },
  'default/nothing': { podSelector: all, policyTypes: ['Ingress', 'Egress'] },
  'default/types-left-out': { podSelector: all },
  'default/types-empty': { podSelector: all, policyTypes: [] },
  'default/egress-rules-without-types': { podSelector: client, egress: [{ to: [{ podSelector: db }] }] },
  'default/egress-rules-but-ingress-type': {
    podSelector: client,
    policyTypes: ['Ingress'],
    egress: [{ to: [{ podSelector: db }] }],
  },
  'default/ingress-rules-but-egress-type': {
    podSelector: web,
    policyTypes: ['Egress'],
    ingress: [{ from: [{ podSelector: db }] }],
  },
  'default/web-no-ingress': { podSelector: web, policyTypes: ['Ingress'] },
  'default/not-db': {
    podSelector: { matchExpressions: [{ key: 'app', operator: 'NotIn', values: ['db'] }] },
    policyTypes: ['Ingress'],
  },
  'default/with-tier': {
    podSelector: { matchExpressions: [{ key: 'tier', operator: 'Exists' }] },
    policyTypes: ['Ingress'],
  },
  'default/web-without-tier': {
    podSelector: { ...web, matchExpressions: [{ key: 'tier', operator: 'DoesNotExist' }] },
    policyTypes: ['Ingress'],
  },
  // Rules that are empty or missing.
  'default/all-ingress': { podSelector: all, policyTypes: ['Ingress'], ingress: [{}] },
  'default/all-egress': { podSelector: all, policyTypes: ['Egress'], egress: [{}] },
  'default/empty-list': { podSelector: all, policyTypes: ['Ingress'], ingress: [] },
  'default/empty-from': { podSelector: web, policyTypes: ['Ingress'], ingress: [{ from: [], ports: [{ port: 80 }] }] },
  'default/empty-ports': {
    podSelector: web,
    policyTypes: ['Ingress'],
    ingress: [{ from: [{ podSelector: client }], ports: [] }],
  },
  // Peers.
  'default/from-client': { podSelector: web, policyTypes: ['Ingress'], ingress: [{ from: [{ podSelector: client }] }] },
  'default/from-any-pod-here': {
    podSelector: web,
    policyTypes: ['Ingress'],
    ingress: [{ from: [{ podSelector: all }] }],
  },
  'default/from-any-namespace': {
    podSelector: web,
    policyTypes: ['Ingress'],
    ingress: [{ from: [{ namespaceSelector: all }] }],
  },
  'default/from-team-a': {
    podSelector: web,
    policyTypes: ['Ingress'],
    ingress: [{ from: [{ namespaceSelector: teamA }] }],
  },
  'default/from-client-of-team-a': {
    podSelector: web,
    policyTypes: ['Ingress'],
    ingress: [{ from: [{ namespaceSelector: teamA, podSelector: client }] }],
  },
  'default/from-client-or-team-a': {
    podSelector: web,
    policyTypes: ['Ingress'],
    ingress: [{ from: [{ namespaceSelector: teamA }, { podSelector: client }] }],
  },
  'default/from-dev-by-name': {
    podSelector: web,
    policyTypes: ['Ingress'],
    ingress: [{ from: [{ namespaceSelector: named('dev') }] }],
  },
  'default/from-teams-a-and-b': {
    podSelector: web,
    policyTypes: ['Ingress'],
    ingress: [
      { from: [{ namespaceSelector: { matchExpressions: [{ key: 'team', operator: 'In', values: ['a', 'b'] }] } }] },
    ],
  },
  'default/to-prod': {
    podSelector: all,
    policyTypes: ['Egress'],
    egress: [{ to: [{ namespaceSelector: named('prod') }] }],
  },
  'default/to-web-of-prod': {
    podSelector: all,
    policyTypes: ['Egress'],
    egress: [{ to: [{ namespaceSelector: named('prod'), podSelector: web }] }],
  },
  'prod/no-ingress': { podSelector: all, policyTypes: ['Ingress'] },
  'prod/from-default': {
    podSelector: web,
    policyTypes: ['Ingress'],
    ingress: [{ from: [{ namespaceSelector: named('default') }] }],
  },
  // Address blocks.
  'default/from-block': {
    podSelector: web,
    policyTypes: ['Ingress'],
    ingress: [{ from: [{ ipBlock: { cidr: '203.0.113.0/24' } }] }],
  },
  'default/from-block-except': {
    podSelector: web,
    policyTypes: ['Ingress'],
    ingress: [{ from: [{ ipBlock: { cidr: '0.0.0.0/0', except: ['203.0.113.0/24', '10.244.2.0/24'] } }] }],
  },
  'default/from-pod-block': {
    podSelector: web,
    policyTypes: ['Ingress'],
    ingress: [{ from: [{ ipBlock: { cidr: '10.244.1.4/32' } }] }],
  },
  'default/to-block': {
    podSelector: client,
    policyTypes: ['Egress'],
    egress: [{ to: [{ ipBlock: { cidr: '0.0.0.0/0', except: ['10.244.0.0/16'] } }] }],
  },
  'default/from-nodes': {
    podSelector: db,
    policyTypes: ['Ingress'],
    ingress: [{ from: [{ ipBlock: { cidr: '192.168.1.0/24' } }] }],
  },
  // Ports.
  'default/port-80': { podSelector: web, policyTypes: ['Ingress'], ingress: [{ ports: [{ port: 80 }] }] },
  'default/port-range': {
    podSelector: web,
    policyTypes: ['Ingress'],
    ingress: [{ ports: [{ port: 8000, endPort: 8080 }] }],
  },
  'default/named-http': { podSelector: all, policyTypes: ['Ingress'], ingress: [{ ports: [{ port: 'http' }] }] },
  'default/named-unknown': { podSelector: all, policyTypes: ['Ingress'], ingress: [{ ports: [{ port: 'nobody' }] }] },
  'default/udp-only': { podSelector: db, policyTypes: ['Ingress'], ingress: [{ ports: [{ protocol: 'UDP' }] }] },
  'default/udp-53': {
    podSelector: db,
    policyTypes: ['Ingress'],
    ingress: [{ ports: [{ protocol: 'UDP', port: 53 }] }],
  },
  'default/named-dns-udp': {
    podSelector: db,
    policyTypes: ['Ingress'],
    ingress: [{ ports: [{ protocol: 'UDP', port: 'dns' }] }],
  },
  'default/named-dns-tcp': { podSelector: db, policyTypes: ['Ingress'], ingress: [{ ports: [{ port: 'dns' }] }] },
  'default/sctp': {
    podSelector: db,
    policyTypes: ['Ingress'],
    ingress: [{ ports: [{ protocol: 'SCTP', port: 3868 }] }],
  },
  'default/ports-and-peers': {
    podSelector: web,
    policyTypes: ['Ingress'],
    ingress: [
      { from: [{ podSelector: client }], ports: [{ port: 80 }] },
      { from: [{ podSelector: db }], ports: [{ port: 9090 }] },
    ],
  },
  'default/to-named-http': {
    podSelector: client,
    policyTypes: ['Egress'],
    egress: [{ to: [{ namespaceSelector: all }], ports: [{ port: 'http' }] }],
  },
  'default/dns-only': {
    podSelector: all,
    policyTypes: ['Egress'],
    egress: [
      {
        ports: [
          { protocol: 'UDP', port: 53 },
          { protocol: 'TCP', port: 53 },
        ],
      },
    ],
  },
};
