import { describe, expect, test } from 'vitest';
import type { Service } from '../../../../src/sim/api/types/service.js';
import { buildGraph } from '../../../../src/sim/images/gateway-fabric/build-graph.js';
import type { GatewayView } from '../../../../src/sim/images/gateway-fabric/graph.js';
import { commonHostnames } from '../../../../src/sim/images/gateway-fabric/hostnames.js';
import { configFiles } from '../../../../src/sim/images/gateway-fabric/http-conf.js';
import type { NamedMatches } from '../../../../src/sim/images/gateway-fabric/location-conf.js';
import { fits, GATEWAY_BUILD } from '../../../../src/sim/images/gateway-fabric/njs.js';
import type { Gateway, HttpRoute, Listener, RouteMatch } from '../../../../src/sim/images/gateway-fabric/types.js';
import { readNginxConfig } from '../../../../src/sim/images/nginx/config.js';
import { directiveRules } from '../../../../src/sim/images/nginx/directives.js';
import { type Location, readSites } from '../../../../src/sim/images/nginx/sites.js';
import { chooseLocation } from '../../../../src/sim/images/nginx/tables.js';

const RULES = directiveRules(GATEWAY_BUILD.directives);

type Rule = readonly [service: string, ...matches: RouteMatch[]];

const path = (type: 'Exact' | 'PathPrefix' | 'RegularExpression', value: string): RouteMatch => ({
  path: { type, value },
});
const prefix = (value: string) => path('PathPrefix', value);
const header = (name: string, value: string, type = 'Exact') => ({ headers: [{ name, value, type }] });
const param = (name: string, value: string, type = 'Exact') => ({ queryParams: [{ name, value, type }] });

function route(at: number, hostnames: readonly string[], rules: readonly Rule[]): HttpRoute {
  return {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'HTTPRoute',
    metadata: { name: `r${at}`, namespace: 'd', creationTimestamp: `2026-01-01T00:00:0${at}Z` },
    spec: {
      parentRefs: [{ name: 'gw' }],
      hostnames: [...hostnames],
      rules: rules.map(([name, ...matches]) => ({
        matches: matches.length > 0 ? matches : [prefix('/')],
        backendRefs: [{ name, port: 80 }],
      })),
    },
  };
}

function answering(
  routes: readonly HttpRoute[],
  request: string,
  listeners: readonly Listener[] = [{ name: 'l', port: 80, protocol: 'HTTP' }],
): string {
  const [, method = 'GET', host = '', uri = '/', query = '', ...headers] =
    /^(?:([A-Z]+) )?([^/ ]*)(\/[^? ]*)(?:\?(\S*))?(?: (.*))?$/.exec(request) ?? [];
  const gateway: Gateway = {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'Gateway',
    metadata: { name: 'gw', namespace: 'd' },
    spec: { gatewayClassName: 'nginx', listeners: [...listeners] },
  };
  const service = (namespace: string, name: string): Service => ({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, namespace },
    spec: { ports: [{ port: 80 }] },
  });
  const view: GatewayView = {
    classes: [
      {
        apiVersion: 'gateway.networking.k8s.io/v1',
        kind: 'GatewayClass',
        metadata: { name: 'nginx' },
        spec: { controllerName: 'c' },
      },
    ],
    gateways: [gateway],
    httpRoutes: routes,
    grpcRoutes: [],
    grants: [],
    namespace: () => undefined,
    secret: () => undefined,
    service,
    slices: () => [],
  };
  const graph = buildGraph(view, { controllerName: 'c', className: 'nginx' });
  const files = configFiles(graph, gateway, () => '');
  const text = `events {} http { ${files['/etc/nginx/conf.d/http.conf']} }`;
  const { table } = readSites(readNginxConfig('/n', { read: () => text, glob: () => [] }), RULES);
  const matches = JSON.parse(files['/etc/nginx/conf.d/matches.json'] ?? '{}') as NamedMatches;
  const site = table.choose(80, host);
  let location: Location | undefined = site && chooseLocation(site, uri);
  const word = (name: string, at = 0) => location?.own.find((one) => one.name === name)?.words[at];
  if (site && word('js_content')) {
    const pairs = (headers[0] ?? '')
      .split(' ')
      .filter(Boolean)
      .map((pair) => pair.split('='));
    const asked = {
      request: { method, target: uri, headers: Object.fromEntries(pairs) as Record<string, string> },
      query,
    };
    const entry = (matches[word('set', 1) ?? ''] ?? []).find((one) => fits(asked, one));
    location = entry && chooseLocation(site, entry.redirectPath);
  }
  const pass = word('proxy_pass') ?? '';
  return /^http:\/\/d_([a-z]+)_80/.exec(pass)?.[1] ?? '404';
}

const PATHS = [
  route(
    1,
    [],
    [
      ['root'],
      ['exact', path('Exact', '/foo')],
      ['foo', prefix('/foo')],
      ['bar', prefix('/foo/bar')],
      ['slash', prefix('/slash/')],
      ['pattern', path('RegularExpression', '/v\\d+/.*')],
    ],
  ),
];
const MATCHES = [
  route(
    1,
    ['h'],
    [
      ['plain', prefix('/')],
      ['one', { ...prefix('/'), ...header('X-A', '1') }],
      [
        'two',
        {
          ...prefix('/'),
          headers: [
            { name: 'X-A', value: '1' },
            { name: 'X-B', value: '2' },
          ],
        },
      ],
      ['param', { ...prefix('/'), ...param('q', 'x') }],
      [
        'params',
        {
          ...prefix('/'),
          queryParams: [
            { name: 'q', value: 'x' },
            { name: 'r', value: 'y' },
          ],
        },
      ],
      ['post', { ...prefix('/'), method: 'POST' }],
      ['regex', { ...prefix('/'), ...header('X-R', '^v[0-9]+$', 'RegularExpression') }],
      ['deep', { ...prefix('/deep'), ...header('X-A', '1') }],
    ],
  ),
];
const HOSTS = [
  route(1, ['a.example.com'], [['name']]),
  route(2, ['*.example.com'], [['wild']]),
  route(3, ['*.x.example.com'], [['wildx']]),
  route(4, [], [['any']]),
];

describe('which path', () => {
  test.each([
    ['h/', 'root'],
    ['h/x', 'root'],
    ['h/foo', 'exact'],
    ['h/foo/', 'foo'],
    ['h/foo/x', 'foo'],
    ['h/foobar', 'root'],
    ['h/foo/bar', 'bar'],
    ['h/foo/bar/x', 'bar'],
    ['h/foo/barx', 'foo'],
    ['h/FOO', 'root'],
    ['h/slash', 'slash'],
    ['h/slash/', 'slash'],
    ['h/slash/x', 'slash'],
    ['h/slashes', 'root'],
    ['h/v1/x', 'pattern'],
    ['h/v/x', 'root'],
  ])('%s goes to %s', (request, service) => {
    expect(answering(PATHS, request)).toBe(service);
  });

  test.each([
    ['h/a', 'a'],
    ['h/a/b', 'a'],
    ['h/b', '404'],
    ['h/', '404'],
  ])('without a root %s goes to %s', (request, service) => {
    expect(answering([route(1, ['h'], [['a', prefix('/a')]])], request)).toBe(service);
  });
});

describe('what else a request is', () => {
  test.each([
    ['h/', 'plain'],
    ['h/ x-a=1', 'one'],
    ['h/ x-a=2', 'plain'],
    ['h/ x-a=1 x-b=2', 'two'],
    ['h/ x-b=2', 'plain'],
    ['h/?q=x', 'param'],
    ['h/?q=z', 'plain'],
    ['h/?q=x&r=y', 'params'],
    ['h/?q=x x-a=1', 'one'],
    ['POST h/', 'post'],
    ['POST h/ x-a=1', 'post'],
    ['PUT h/', 'plain'],
    ['h/ x-r=v2', 'regex'],
    ['h/ x-r=w2', 'plain'],
    ['h/deep x-a=1', 'deep'],
    ['h/deep', '404'],
    ['other/', '404'],
  ])('%s goes to %s', (request, service) => {
    expect(answering(MATCHES, request)).toBe(service);
  });

  test('of two that ask the same the older route wins, within one the earlier rule', () => {
    const twice = [route(2, ['h'], [['newer']]), route(1, ['h'], [['older'], ['later']])];
    expect(answering(twice, 'h/')).toBe('older');
  });
});

describe('which host', () => {
  test.each([
    ['a.example.com/', 'name'],
    ['b.example.com/', 'wild'],
    ['b.c.example.com/', 'wild'],
    ['b.x.example.com/', 'wildx'],
    ['x.example.com/', 'wild'],
    ['example.com/', 'any'],
    ['example.org/', 'any'],
    ['10.0.0.1/', 'any'],
  ])('%s goes to %s', (request, service) => {
    expect(answering(HOSTS, request)).toBe(service);
  });

  test.each([
    ['a.example.com/', 'name'],
    ['b.example.com/', 'any'],
    ['c.example.com/', '404'],
  ])('with listeners of their own %s goes to %s', (request, service) => {
    const listeners = ['a.example.com', 'b.example.com'].map((hostname, at) => ({
      name: `l${at}`,
      port: 80,
      protocol: 'HTTP',
      hostname,
    }));
    expect(answering([HOSTS[0] as HttpRoute, HOSTS[3] as HttpRoute], request, listeners)).toBe(
      service === 'name' ? 'name' : service,
    );
  });

  test.each([
    [undefined, undefined, ['']],
    ['a.example.com', undefined, ['a.example.com']],
    [undefined, ['a.example.com'], ['a.example.com']],
    ['*.example.com', ['a.example.com', 'a.example.org'], ['a.example.com']],
    ['a.example.com', ['*.example.com'], ['a.example.com']],
    ['*.example.com', ['*.example.com'], ['*.example.com']],
    ['*.example.com', ['*.x.example.com'], ['*.x.example.com']],
    ['*.example.com', ['example.com'], []],
    ['a.example.com', ['b.example.com'], []],
  ])('%s and %s have %s in common', (listener, names, expected) => {
    expect(commonHostnames(listener, names)).toEqual(expected);
  });
});
