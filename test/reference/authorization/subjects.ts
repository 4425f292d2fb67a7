/** Who asks: by a token of his own, or impersonated by the administrator. */
export interface Subject {
  readonly name: string;
  readonly groups: readonly string[];
  /** Has a token; who has none is impersonated. */
  readonly token?: string;
}

/** The administrator's token, who may be anybody. */
export const ADMIN_TOKEN = 'reference-token';

/** Users by what they are good for; who may what stands in fixtures.ts. */
export const SUBJECTS: readonly Subject[] = [
  { name: 'root', groups: ['admins'] },
  { name: 'anna', groups: [] },
  { name: 'ed', groups: [] },
  { name: 'vic', groups: ['watchers'] },
  { name: 'jane', groups: ['developers', 'readers'] },
  { name: 'nina', groups: [] },
  { name: 'sue', groups: [] },
  { name: 'walt', groups: [] },
  { name: 'broken', groups: ['lost'] },
  { name: 'nobody', groups: [] },
  { name: 'granter', groups: [] },
  { name: 'binder', groups: [] },
  { name: 'system:serviceaccount:alpha:builder', groups: [] },
  { name: 'system:serviceaccount:beta:default', groups: [] },
  { name: 'system:serviceaccount:kube-system:deployment-controller', groups: [] },
  { name: 'system:kube-scheduler', groups: [] },
  { name: 'system:kube-controller-manager', groups: [] },
  { name: 'system:kube-proxy', groups: [] },
  { name: 'system:node:n1', groups: ['system:nodes'] },
  { name: 'system:node:n2', groups: ['system:nodes'] },
  { name: 'system:node:', groups: ['system:nodes'] },
  { name: 'system:node:n1', groups: [] },
  { name: 'monitor', groups: ['system:monitoring'] },
  { name: 'system:anonymous', groups: ['system:unauthenticated'] },
];

/** Users with tokens, who impersonate others. */
export const IMPERSONATORS: readonly Subject[] = [
  { name: 'bob', groups: ['movers'], token: 'bob-token' },
  { name: 'carol', groups: [], token: 'carol-token' },
  { name: 'dave', groups: [], token: 'dave-token' },
];

/** The file of tokens the servers are started with. */
export const TOKENS = [
  `${ADMIN_TOKEN},admin,admin,system:masters`,
  ...IMPERSONATORS.map(({ name, groups, token }) => `${token},${name},${name},"${groups.join(',')}"`),
  '',
].join('\n');

/** The headers by which a subject asks. */
export function headersOf({ name, groups, token }: Subject): Record<string, string> {
  if (token !== undefined) return { authorization: `Bearer ${token}` };
  return {
    authorization: `Bearer ${ADMIN_TOKEN}`,
    'impersonate-user': name,
    ...(groups.length > 0 ? { 'impersonate-group': groups.join('\n') } : {}),
  };
}
