import { beforeEach, describe, expect, it } from 'vitest';
import type { OutgoingAccess } from '../../../../src/sim/apiserver/outgoing/outgoing-access.js';
import { dialError } from '../../../../src/sim/client/go-errors.js';
import { answerConversion } from '../../../../src/sim/images/admission-webhook/convert.js';
import { decodeText, encodeText } from '../../../../src/sim/kernel/bytes.js';
import { SECOND } from '../../../../src/sim/kernel/time.js';
import { type TestServer, testServer } from '../harness.js';

const DEFINITIONS = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';
const ONE = `${DEFINITIONS}/hosts.turn.example.com`;
const at = (version: string, name = '') => `/apis/turn.example.com/${version}/hosts${name && `/${name}`}`;
const CONVERSIONS = [
  { match: { to: 'v2' }, split: { from: 'spec.hostPort', by: ':', to: ['spec.host', 'spec.port'] } },
  { match: { to: 'v1' }, join: { from: ['spec.host', 'spec.port'], by: ':', to: 'spec.hostPort' } },
];

interface Answer {
  readonly status: number;
  readonly body: Record<string, unknown>;
}

let server: TestServer;
let dead = false;
let delay = 0;
let asked = 0;

const outgoing: OutgoingAccess = {
  *request(call) {
    asked += 1;
    if (delay > 0) yield { until: server.clock + delay };
    if (dead) throw dialError('ECONNREFUSED', '10.96.0.7:443');
    const review: unknown = JSON.parse(decodeText(call.body ?? new Uint8Array()));
    const answer = answerConversion(CONVERSIONS, new URL(call.url).pathname, review);
    return { status: 200, headers: {}, body: encodeText(answer?.body ?? '') };
  },
};

function ask(method: string, target: string, body?: unknown, type = 'application/json'): Answer {
  const given = body === undefined ? {} : { body: encodeText(JSON.stringify(body)) };
  const response = server.request({ method, target, headers: { 'content-type': type }, ...given });
  return { status: response.status, body: JSON.parse(decodeText(response.body ?? new Uint8Array())) as Answer['body'] };
}

const merge = (target: string, body: unknown): Answer => ask('PATCH', target, body, 'application/merge-patch+json');
const host = (version: string, name: string, spec: object) => ({
  apiVersion: `turn.example.com/${version}`,
  kind: 'Host',
  metadata: { name },
  spec,
});

const text = { type: 'string' };
const version = (name: string, storage: boolean, fields: object) => ({
  name,
  served: true,
  storage,
  schema: { openAPIV3Schema: { type: 'object', properties: { spec: { type: 'object', properties: fields } } } },
});
const VERSIONS = [version('v1', true, { hostPort: text }), version('v2', false, { host: text, port: text })];

beforeEach(() => {
  [dead, delay, asked] = [false, 0, 0];
  server = testServer({ outgoing });
  ask('POST', DEFINITIONS, {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: 'hosts.turn.example.com' },
    spec: {
      group: 'turn.example.com',
      scope: 'Cluster',
      names: { plural: 'hosts', kind: 'Host' },
      versions: VERSIONS,
      conversion: {
        strategy: 'Webhook',
        webhook: { clientConfig: { url: 'https://hook.example.com/convert' }, conversionReviewVersions: ['v1'] },
      },
    },
  });
});

/** What a stream has told: type and spec of each event. */
function told(stream: ReturnType<TestServer['request']>['stream']): unknown[] {
  for (const step of server.parts.watches.takeLater()) server.run(step());
  const events: unknown[] = [];
  for (let item = stream?.items.tryReceive(); item && item !== 'end'; item = stream?.items.tryReceive()) {
    const { type, object } = JSON.parse(decodeText(item as Uint8Array)) as { type: string; object: Answer['body'] };
    events.push([type, object['spec'] ?? object['message']]);
  }
  return events;
}

describe('objects that a webhook converts', () => {
  it('are watched in another version, in order, and the watch ends with what is wrong', () => {
    ask('POST', at('v1'), host('v1', 'one', { hostPort: 'a:1' }));
    const { stream } = server.request({ target: `${at('v2')}?watch=true` });
    ask('POST', at('v1'), host('v1', 'two', { hostPort: 'b:2' }));
    merge(at('v1', 'one'), { spec: { hostPort: 'c:3' } });
    ask('DELETE', at('v1', 'two'));
    expect(told(stream)).toEqual([
      ['ADDED', { host: 'a', port: '1' }],
      ['ADDED', { host: 'b', port: '2' }],
      ['MODIFIED', { host: 'c', port: '3' }],
      ['DELETED', { host: 'b', port: '2' }],
    ]);
    dead = true;
    merge(at('v1', 'one'), { spec: { hostPort: 'd:4' } });
    expect(told(stream)).toEqual([['ERROR', expect.stringMatching(/^conversion webhook for .* connection refused$/)]]);
    expect(server.parts.watches.count).toBe(0);
  });

  it('are asked about again by whoever reads one, not by whoever lists what has not changed', () => {
    ask('POST', at('v1'), host('v1', 'one', { hostPort: 'a:1' }));
    expect(ask('GET', at('v2')).body['items']).toMatchObject([{ spec: { host: 'a' } }]);
    dead = true;
    expect(ask('GET', at('v2')).status).toBe(200);
    expect(ask('GET', at('v2', 'one')).status).toBe(500);
    expect(ask('GET', at('v1', 'one')).status).toBe(200);
  });

  it('are waited for half a minute', () => {
    ask('POST', at('v1'), host('v1', 'one', { hostPort: 'a:1' }));
    delay = 20 * SECOND;
    const before = server.clock;
    expect(ask('GET', at('v2', 'one')).status).toBe(200);
    expect(server.clock - before).toBe(20 * SECOND);
  });

  it('move to another storage version when they are written anew', () => {
    ask('POST', at('v1'), host('v1', 'one', { hostPort: 'a:1' }));
    const turned = VERSIONS.map((one) => ({ ...one, storage: !one.storage }));
    expect(merge(ONE, { spec: { versions: turned } }).body['status']).toMatchObject({ storedVersions: ['v1', 'v2'] });
    const stored = () =>
      (server.store.get('/registry/turn.example.com/hosts/one')?.value as { spec: object } | undefined)?.spec;
    expect(stored()).toEqual({ hostPort: 'a:1' });
    const found = ask('GET', at('v2', 'one')).body;
    expect(ask('PUT', at('v2', 'one'), found).status).toBe(200);
    expect(stored()).toEqual({ host: 'a', port: '1' });
    expect(merge(ONE, { spec: { versions: turned.slice(1) } }).body['message']).toContain('missing from spec.versions');
    expect(merge(`${ONE}/status`, { status: { storedVersions: ['v2'] } }).status).toBe(200);
    expect(merge(ONE, { spec: { versions: turned.slice(1) } }).status).toBe(200);
    expect(ask('GET', at('v2', 'one')).body['spec']).toEqual({ host: 'a', port: '1' });
  });

  it('go with their definition without anybody being asked', () => {
    ask('POST', at('v1'), host('v1', 'one', { hostPort: 'a:1' }));
    asked = 0;
    dead = true;
    expect(ask('DELETE', ONE).status).toBe(200);
    expect(server.store.get('/registry/turn.example.com/hosts/one')).toBeUndefined();
    expect(asked).toBe(0);
  });
});
