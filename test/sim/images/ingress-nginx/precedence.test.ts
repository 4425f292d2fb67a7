import { describe, expect, test } from 'vitest';
import type { Ingress } from '../../../../src/sim/api/types/networking.js';
import type { Service } from '../../../../src/sim/api/types/service.js';
import { readAnnotations } from '../../../../src/sim/images/ingress-nginx/annotations.js';
import { INGRESS_NGINX_BUILD } from '../../../../src/sim/images/ingress-nginx/lua.js';
import { nginxConf } from '../../../../src/sim/images/ingress-nginx/nginx-conf.js';
import { routingOf } from '../../../../src/sim/images/ingress-nginx/servers.js';
import { readSettings } from '../../../../src/sim/images/ingress-nginx/settings.js';
import { readNginxConfig } from '../../../../src/sim/images/nginx/config.js';
import { directiveRules } from '../../../../src/sim/images/nginx/directives.js';
import { readSites } from '../../../../src/sim/images/nginx/sites.js';
import { chooseLocation } from '../../../../src/sim/images/nginx/tables.js';

type Path = readonly [type: 'E' | 'P' | 'I', path: string, service: string];
type Rules = Readonly<Record<string, readonly Path[]>>;

const TYPES = { E: 'Exact', P: 'Prefix', I: 'ImplementationSpecific' };
const SETTINGS = readSettings();
const RULES = directiveRules(INGRESS_NGINX_BUILD.directives);

/** Ingresses of one namespace, the oldest first; `default` is the default backend of the first. */
function configurationOf(all: readonly Rules[], annotations: readonly Record<string, string>[], fallback?: string) {
  const ingresses = all.map((rules, at): Ingress => {
    const paths = ([type, path, name]: Path) => ({
      path,
      pathType: TYPES[type],
      backend: { service: { name, port: { number: 80 } } },
    });
    const prefixed = Object.entries(annotations[at] ?? {}).map(([key, text]) => [
      `nginx.ingress.kubernetes.io/${key}`,
      text,
    ]);
    return {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'Ingress',
      metadata: { name: `i${at}`, namespace: 'd', annotations: Object.fromEntries(prefixed) },
      spec: {
        ...(fallback && at === 0 ? { defaultBackend: { service: { name: fallback, port: { number: 80 } } } } : {}),
        rules: Object.entries(rules).map(([host, list]) => ({
          ...(host === '*' ? {} : { host }),
          http: { paths: list.map(paths) },
        })),
      },
    };
  });
  const parsed = ingresses.map((ingress) => ({
    ingress,
    annotations: readAnnotations(ingress, SETTINGS, () => undefined),
  }));
  const view = {
    now: () => 0,
    service: (namespace: string, name: string): Service => ({
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name, namespace },
      spec: { ports: [{ port: 80 }] },
    }),
    slices: () => [],
    certificate: () => 'none',
    warn: () => {},
  };
  const own = { uid: 'fake', certificate: '', key: '' };
  const routing = routingOf(parsed, view, { defaultService: '', defaultCertificate: own, snippet: '' });
  const text = nginxConf(routing, { settings: SETTINGS, workers: '2', checksum: '' });
  const files = { read: (path: string) => (path === '/n' ? text : 'types {}'), glob: () => [] };
  return readSites(readNginxConfig('/n', files), RULES);
}

/** The service that answers, `404` where it is the controller's own page. */
function answering(
  all: readonly Rules[],
  host: string,
  path: string,
  options: { annotations?: readonly Record<string, string>[]; fallback?: string } = {},
): string {
  const { table } = configurationOf(all, options.annotations ?? [], options.fallback);
  const site = table.choose(80, host);
  const location = site && chooseLocation(site, path);
  const words = location?.own.find(({ name, words: [first] }) => name === 'set' && first === '$proxy_upstream_name');
  const name = words?.words[1] ?? '';
  return name === 'upstream-default-backend' ? '404' : name.replace(/^d-/, '').replace(/-80$/, '');
}

const HOSTS: Rules[] = [
  {
    'a.example.com': [['P', '/', 'a']],
    '*.example.com': [['P', '/', 'wild']],
    'deep.x.example.com': [['P', '/', 'deep']],
    '*.x.example.com': [['P', '/', 'wildx']],
  },
];
const PATHS: Rules[] = [
  {
    h: [
      ['P', '/', 'root'],
      ['P', '/foo', 'foo'],
      ['E', '/foo', 'exact'],
      ['P', '/foo/bar', 'bar'],
      ['P', '/aaa/bbb', 'two'],
      ['P', '/aaa', 'one'],
      ['P', '/slash/', 'slash'],
      ['E', '/only', 'only'],
      ['I', '/impl', 'impl'],
    ],
  },
];

describe('which host', () => {
  test.each([
    ['a.example.com', 'a'],
    ['b.example.com', 'wild'],
    ['A.example.com'.toLowerCase(), 'a'],
    ['example.com', '404'],
    ['b.c.example.com', '404'],
    ['deep.x.example.com', 'deep'],
    ['other.x.example.com', 'wildx'],
    ['x.example.com', 'wild'],
    ['example.org', '404'],
    ['', '404'],
  ])('%s is answered by %s', (host, service) => {
    expect(answering(HOSTS, host, '/')).toBe(service);
  });

  test.each([
    ['a.example.com', 'a'],
    ['b.example.com', 'wild'],
    ['example.org', 'any'],
    ['10.0.0.1', 'any'],
  ])('with a rule for every host %s is answered by %s', (host, service) => {
    expect(answering([...HOSTS, { '*': [['P', '/', 'any']] }], host, '/')).toBe(service);
  });

  test.each([
    ['h', '/x', 'fallback'],
    ['h', '/a', 'a'],
    ['other', '/a', '404'],
  ])("with a default backend of the ingress' own %s%s is answered by %s", (host, path, service) => {
    expect(answering([{ h: [['P', '/a', 'a']] }], host, path, { fallback: 'fallback' })).toBe(service);
  });

  test('a default backend without rules takes everything', () => {
    expect(answering([{}], 'x', '/y', { fallback: 'all' })).toBe('all');
  });
});

describe('which path', () => {
  test.each([
    ['/', 'root'],
    ['/x', 'root'],
    ['/foo', 'exact'],
    ['/foo/', 'foo'],
    ['/foo/x', 'foo'],
    ['/foobar', 'root'],
    ['/foo/bar', 'bar'],
    ['/foo/bar/', 'bar'],
    ['/foo/bar/x', 'bar'],
    ['/foo/barx', 'foo'],
    ['/FOO', 'root'],
    ['/aaa', 'one'],
    ['/aaa/', 'one'],
    ['/aaa/bb', 'one'],
    ['/aaa/bbb', 'two'],
    ['/aaa/bbb/ccc', 'two'],
    ['/aaa/bbbx', 'one'],
    ['/slash', 'root'],
    ['/slash/', 'slash'],
    ['/slash/x', 'slash'],
    ['/only', 'only'],
    ['/only/', 'root'],
    ['/impl', 'impl'],
    ['/impl/x', 'impl'],
    ['/implx', 'root'],
  ])('%s is answered by %s', (path, service) => {
    expect(answering(PATHS, 'h', path)).toBe(service);
  });

  test.each([
    ['/something', 'some'],
    ['/something/new', 'some'],
    ['/SomeThing/x', 'some'],
    ['/somethingelse', '404'],
    ['/v1/users/7', 'users'],
    ['/v1/users/x', '404'],
    ['/plain/x', 'plain'],
    ['/plainx', 'plain'],
  ])('among patterns %s is answered by %s', (path, service) => {
    const rules: Rules = {
      h: [
        ['I', '/something(/|$)(.*)', 'some'],
        ['I', '/v1/users/\\d+$', 'users'],
        ['P', '/plain', 'plain'],
      ],
    };
    expect(answering([rules], 'h', path, { annotations: [{ 'use-regex': 'true' }] })).toBe(service);
  });

  test.each([
    [
      'the older of two ingresses keeps a path',
      [{ h: [['P', '/a', 'old']] }, { h: [['P', '/a', 'new']] }],
      '/a',
      'old',
    ],
    ['two ingresses share a host', [{ h: [['P', '/a', 'a']] }, { h: [['P', '/b', 'b']] }], '/b', 'b'],
    [
      'the longest pattern comes first',
      [
        {
          h: [
            ['P', '/a', 'short'],
            ['P', '/a/b', 'long'],
          ],
        },
      ],
      '/a/b',
      'long',
    ],
  ] as [string, Rules[], string, string][])('%s', (_, rules, path, service) => {
    expect(answering(rules, 'h', path)).toBe(service);
  });

  test('one pattern makes all paths of its host patterns, those of other ingresses too', () => {
    const annotations = [{ 'rewrite-target': '/$1' }, {}];
    const rules: Rules[] = [{ h: [['I', '/api/(.*)', 'api']] }, { h: [['E', '/exact', 'exact']] }];
    expect(answering(rules, 'h', '/exact/x', { annotations })).toBe('exact');
    expect(answering(rules, 'h', '/EXACT', { annotations })).toBe('exact');
  });

  test("a canary is nobody's first choice", () => {
    const annotations = [{ canary: 'true', 'canary-weight': '100' }, {}];
    expect(answering([{ h: [['P', '/', 'canary']] }, { h: [['P', '/', 'main']] }], 'h', '/', { annotations })).toBe(
      'main',
    );
  });
});
