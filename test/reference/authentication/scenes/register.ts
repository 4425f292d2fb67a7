import type { Sequence } from '../../by-hand/sequence.js';
import { ACCOUNTS } from './accounts.js';
import { BOOTSTRAP } from './bootstrap.js';
import { CERTIFICATE_REQUESTS, DECISIONS } from './certificate-requests.js';
import { CLIENT_CERTIFICATES, FRONT_PROXIES } from './certificates.js';
import { NODE_BELONGINGS, NODE_RESTRICTION } from './nodes.js';
import { TOKEN_REQUESTS, TOKEN_USES } from './tokens.js';

/** In the order they are played: nodes are made before what is theirs. */
export const AUTHENTICATION: readonly Sequence[] = [
  ACCOUNTS,
  BOOTSTRAP,
  CERTIFICATE_REQUESTS,
  CLIENT_CERTIFICATES,
  DECISIONS,
  FRONT_PROXIES,
  NODE_RESTRICTION,
  NODE_BELONGINGS,
  TOKEN_REQUESTS,
  TOKEN_USES,
];

const role = (name: string, rules: readonly object[]) => ({
  apiVersion: 'rbac.authorization.k8s.io/v1',
  kind: 'ClusterRole',
  metadata: { name },
  rules,
});
const binding = (name: string, roleName: string, kind: 'Group' | 'User', subject: string) => ({
  apiVersion: 'rbac.authorization.k8s.io/v1',
  kind: 'ClusterRoleBinding',
  metadata: { name },
  roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: roleName },
  subjects: [{ apiGroup: 'rbac.authorization.k8s.io', kind, name: subject }],
});
const CERTIFICATES = 'certificates.k8s.io';
const requests = {
  apiGroups: [CERTIFICATES],
  resources: ['certificatesigningrequests', 'certificatesigningrequests/approval', 'certificatesigningrequests/status'],
  verbs: ['*'],
};

/** Who may do what: kubelets all that admission lets them, and two people with requests for certificates. */
export const RIGHTS: readonly (readonly [path: string, object: object])[] = [
  role('jane-signs', [
    requests,
    {
      apiGroups: [CERTIFICATES],
      resources: ['signers'],
      resourceNames: ['kubernetes.io/kube-apiserver-client'],
      verbs: ['approve', 'sign'],
    },
  ]),
  role('kim-signs', [
    { ...requests, verbs: ['get', 'update'] },
    { apiGroups: [CERTIFICATES], resources: ['signers'], resourceNames: ['example.com/*'], verbs: ['approve'] },
  ]),
  binding('jane-signs', 'jane-signs', 'User', 'jane'),
  binding('kim-signs', 'kim-signs', 'User', 'kim'),
  binding('nodes-may-all', 'cluster-admin', 'Group', 'system:nodes'),
].map((object) => [`/apis/rbac.authorization.k8s.io/v1/${object.kind.toLowerCase()}s`, object]);
