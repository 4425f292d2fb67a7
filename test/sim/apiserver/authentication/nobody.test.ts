import { describe, expect, it } from 'vitest';
import { credentialedServer } from '../../../reference/authentication/ours.js';

const { server, credentials } = credentialedServer();
const UTF8 = new TextDecoder();
const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];
/** What is tried by every method; the rest by two. */
const BY_ALL = ['nothing', 'an unknown token', 'a foreign certificate'];
/** What system:public-info-viewer lets everybody read. */
const PUBLIC = ['/healthz', '/livez', '/readyz', '/version', '/version/'];
const GOOD = { authorization: 'Bearer reference-token' };
/** Looks as the server's own tokens do, and is none. */
const FORGED = `${part({ alg: 'ES256' })}.${part({
  iss: 'https://kubernetes.default.svc.cluster.local',
  aud: ['https://kubernetes.default.svc.cluster.local'],
  sub: 'system:serviceaccount:kube-system:default',
})}.${Buffer.alloc(64).toString('base64url')}`;

interface Shown {
  readonly headers?: Readonly<Record<string, string>>;
  readonly certificate?: string;
}

/** What somebody shows who is not to come in, and how he is refused. */
const SHOWN: Readonly<Record<string, readonly [Shown, status: number]>> = {
  nothing: [{}, 403],
  'a scheme that is none': [{ headers: { authorization: 'Basic YWRtaW46YWRtaW4=' } }, 403],
  'an empty token': [{ headers: { authorization: 'Bearer ' } }, 403],
  'names in headers alone': [{ headers: { 'x-remote-user': 'admin', 'x-remote-group': 'system:masters' } }, 403],
  'an unknown token': [{ headers: { authorization: 'Bearer nonsense' } }, 401],
  'a forged token': [{ headers: { authorization: `Bearer ${FORGED}` } }, 401],
  'an expired certificate': [{ certificate: 'expired' }, 401],
  'one that is not yet good': [{ certificate: 'future' }, 401],
  'a foreign certificate': [{ certificate: 'foreign' }, 401],
  "a server's certificate": [{ certificate: 'serving' }, 401],
  'a foreign certificate that says for whom': [
    { certificate: 'foreign', headers: { 'x-remote-user': 'admin', 'x-remote-group': 'system:masters' } },
    401,
  ],
  'an expired certificate with a forged token': [
    { certificate: 'expired', headers: { authorization: `Bearer ${FORGED}` } },
    401,
  ],
};

function part(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

function send(method: string, target: string, { headers = {}, certificate }: Shown): { status: number; text: string } {
  const shown = certificate === undefined ? undefined : credentials.certificates[certificate]?.certificate;
  const peer = { address: { address: '10.0.0.9', port: 40000 }, certificate: shown };
  const { status, body } = server.run(server.handler({ method, target, headers }, peer));
  return { status, text: UTF8.decode(body ?? new Uint8Array()) };
}

function read<T>(target: string): T {
  return JSON.parse(send('GET', target, { headers: GOOD }).text) as T;
}

/** Every path that the server tells of: its own and those of every resource, with a name and with each subresource. */
function allPaths(): string[] {
  const own = read<{ paths: string[] }>('/').paths;
  const groups = read<{ groups: { versions: { groupVersion: string }[] }[] }>('/apis').groups;
  const bases = ['/api/v1', ...groups.flatMap(({ versions }) => versions.map((one) => `/apis/${one.groupVersion}`))];
  const resources = bases.flatMap((base) =>
    read<{ resources: { name: string; namespaced: boolean }[] }>(base).resources.flatMap(({ name, namespaced }) => {
      const [resource, ...subresource] = name.split('/');
      const place = namespaced ? `${base}/namespaces/default/${resource}` : `${base}/${resource}`;
      const deeper = [`${place}/x`, ...subresource].join('/');
      return subresource.length > 0 ? [deeper] : [place, deeper, ...(namespaced ? [`${base}/${resource}`] : [])];
    }),
  );
  const others = [
    '/',
    '/logs',
    '/debug/pprof/',
    '/openapi/v3',
    '/no/such/path',
    '/api/v1/watch/pods',
    '/apis/no.such/v1/x',
  ];
  return [...new Set([...own, ...resources, ...others])];
}

describe('nobody comes in without credentials', () => {
  const paths = allPaths();

  it('by any of many paths', () => {
    expect(paths.length).toBeGreaterThan(250);
    expect(paths).toEqual(expect.arrayContaining(['/metrics', '/api/v1/namespaces/default/pods/x/exec']));
  });

  it.each(Object.entries(SHOWN))('showing %s', (name, [shown, refusal]) => {
    const methods = BY_ALL.includes(name) ? METHODS : ['GET', 'POST'];
    const letIn = paths.flatMap((path) =>
      methods.flatMap((method) => {
        const { status } = send(method, path, shown);
        if (status === refusal) return [];
        const isPublic = refusal === 403 && (method === 'GET' || method === 'HEAD') && PUBLIC.includes(path);
        return isPublic ? [] : [`${method} ${path}: ${status}`];
      }),
    );
    expect(letIn).toEqual([]);
  });

  it('but who has some is refused nowhere', () => {
    const some = paths.filter((path) => !path.startsWith('/openapi'));
    const refused = some.filter((path) => [401, 403].includes(send('GET', path, { headers: GOOD }).status));
    expect(refused).toEqual([]);
  });

  it('reads what is for everybody, and more only when somebody known', () => {
    const statuses = PUBLIC.map((path) => send('GET', path, {}).status);
    expect(statuses.filter((status) => status !== 200)).toEqual([]);
    expect(send('GET', '/apis', { certificate: 'kim' }).status).toBe(200);
    expect(send('GET', '/apis', {}).status).toBe(403);
  });
});
