import type { Outcomes } from './outcome.js';

/** What is shown of each way of telling who asks, by the name it has in `src/sim/apiserver/authentication`. */
export const WAYS_IN: Readonly<Record<string, Outcomes>> = {
  anonymous: {
    allowed: ['authentication', 'by hand client-certificates: health by nobody', ''],
    refused: [
      'authentication',
      'by hand client-certificates: pods by nobody',
      'User \\"system:anonymous\\" cannot list',
    ],
  },
  bearertoken: {
    allowed: ['authentication', 'by hand token-uses: header: lower case', '"username":"admin"'],
    refused: ['authentication', 'by hand token-uses: who has nonsense', 'Unauthorized'],
  },
  'bootstrap-token': {
    allowed: ['authentication', 'by hand bootstrap: who has aaaaa1', '"username":"system:bootstrap:aaaaa1"'],
    refused: ['authentication', 'by hand bootstrap: who has aaaaa4', 'Unauthorized'],
  },
  impersonation: {
    allowed: ['scene', 'can-i.txt: kubectl auth whoami --as=rita', 'rita'],
    refused: ['authorization', 'impersonation 30', 'User \\"bob\\" cannot impersonate resource \\"groups\\"'],
  },
  'legacy-serviceaccount': {
    allowed: [
      'played',
      'legacy-serviceaccount: its secret is there',
      '"username":"system:serviceaccount:default:robot"',
    ],
    refused: ['played', 'legacy-serviceaccount: its secret has gone', 'Unauthorized'],
  },
  requestheader: {
    allowed: ['authentication', 'by hand front-proxies: a proxy for somebody', '"username":"paul"'],
    refused: ['authentication', 'by hand front-proxies: another proxy', 'Unauthorized'],
  },
  serviceaccount: {
    allowed: [
      'authentication',
      'by hand token-uses: who has plain',
      '"username":"system:serviceaccount:by-hand-token-uses:robot"',
    ],
    refused: ['authentication', 'by hand token-uses: who has of doomed pod', 'Unauthorized'],
  },
  'token-auth-file': {
    allowed: ['authentication', 'by hand token-uses: header: upper case', '"groups":["system:masters"'],
    refused: ['authentication', 'by hand token-uses: who has nonsense', 'Unauthorized'],
  },
  websocket: {
    allowed: ['played', 'websocket: a good token', 'gitVersion'],
    refused: ['played', 'websocket: a wrong token', 'Unauthorized'],
  },
  x509: {
    allowed: ['authentication', 'by hand client-certificates: who is jane', '"username":"jane"'],
    refused: ['authentication', 'by hand client-certificates: who is expired', 'Unauthorized'],
  },
};

/** Ways that nobody outside can come in by, and why. */
export const NOBODYS_WAYS: Readonly<Record<string, string>> = {
  loopback: 'its token is the own one of the server, which nobody else has',
};

/** What is shown of each mode of --authorization-mode. */
export const MODES: Readonly<Record<string, Outcomes>> = {
  ABAC: {
    allowed: ['played', 'ABAC: jane', 'PodList'],
    refused: ['played', 'ABAC: kim', 'in the namespace \\"default\\": No policy matched.'],
  },
  AlwaysAllow: {
    allowed: ['played', 'AlwaysAllow: jane', 'PodList'],
  },
  AlwaysDeny: {
    allowed: ['played', 'AlwaysDeny: a master', 'PodList'],
    refused: ['played', 'AlwaysDeny: jane', 'in the namespace \\"default\\": Everything is forbidden.'],
  },
  Node: {
    allowed: ['authorization', 'nodes 135', ''],
    refused: ['authorization', 'nodes 0', "no relationship found between node 'n2' and this object"],
  },
  RBAC: {
    allowed: ['authorization', 'reviews 9', 'RBAC: allowed by ClusterRoleBinding \\"roots\\" of ClusterRole'],
    refused: ['authorization', 'roles 2', 'is attempting to grant RBAC permissions not currently held'],
  },
  Webhook: {
    allowed: ['played', 'Webhook: jane', 'PodList'],
    refused: ['played', 'Webhook: kim', 'in the namespace \\"default\\": not kim'],
  },
};
