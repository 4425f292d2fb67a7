import { beforeEach, describe, expect, test } from 'vitest';
import { SECOND } from '../../../../../src/sim/kernel/time.js';
import {
  CONFIG_MAPS,
  configMap,
  configuration,
  type HookedServer,
  hookedServer,
  MUTATING,
  VALIDATING,
} from './webhook-server.js';

let server: HookedServer;

beforeEach(() => {
  server = hookedServer();
});

/** Makes a configuration, and gives what creating a config map is answered. */
function create(name = 'web', more: object = {}, query = '') {
  return server.send('POST', `${CONFIG_MAPS}${query}`, configMap(name, more));
}

describe('a webhook that judges', () => {
  test.each([
    ['says no with a message and a code', { message: 'not here', code: 403, reason: 'Forbidden' }, 403, ': not here'],
    ['says no with a reason', { reason: 'Forbidden' }, 400, ': Forbidden'],
    ['says no', {}, 400, ' without explanation'],
    ['says no with a code that is no refusal', { message: 'odd', code: 200 }, 400, ': odd'],
  ])('%s', (_title, deny, status, end) => {
    server.send('POST', VALIDATING, configuration('Validating', 'judge'));
    server.rules = [{ deny }];
    const answer = create();
    expect(answer.status).toBe(status);
    expect(answer.body.message).toBe(`admission webhook "judge.example.com" denied the request${end}`);
    expect(server.store.get('/registry/configmaps/default/web')).toBeUndefined();
  });

  test('warns', () => {
    server.send('POST', VALIDATING, configuration('Validating', 'judge'));
    server.rules = [{ warnings: ['look out'] }];
    expect(create()).toMatchObject({ status: 201, warning: '299 - "look out"' });
  });

  test.each([
    ['Fail', 500],
    ['Ignore', 201],
  ])('is too slow, and its policy is %s', (failurePolicy, status) => {
    server.send('POST', VALIDATING, configuration('Validating', 'judge', { failurePolicy, timeoutSeconds: 3 }));
    server.rules = [{ delay: '4s' }];
    const before = server.clock;
    const answer = create();
    expect(answer.status).toBe(status);
    expect(server.clock - before).toBe(3 * SECOND);
    if (status === 500)
      expect(answer.body.message).toBe(
        'Internal error occurred: failed calling webhook "judge.example.com": failed to call webhook: Post "https://hooks.example.com/judge?timeout=3s": context deadline exceeded',
      );
  });

  test('is asked beside others: the slowest counts', () => {
    server.send('POST', VALIDATING, configuration('Validating', 'a'));
    server.send('POST', VALIDATING, configuration('Validating', 'b'));
    server.rules = [{ delay: '2s' }];
    const before = server.clock;
    expect(create().status).toBe(201);
    expect(server.asked).toHaveLength(2);
    expect(server.clock - before).toBe(2 * SECOND);
  });

  test('is not asked about a dry run when it has side effects', () => {
    server.send('POST', VALIDATING, configuration('Validating', 'judge', { sideEffects: 'NoneOnDryRun' }));
    expect(create('web', {}, '?dryRun=All').status).toBe(201);
    expect(server.asked[0]?.review.request).toMatchObject({
      dryRun: true,
      options: { kind: 'CreateOptions', apiVersion: 'meta.k8s.io/v1', dryRun: ['All'] },
    });
  });
});

describe('what a webhook is told', () => {
  test('of a create, an update and a delete', () => {
    server.send('POST', VALIDATING, configuration('Validating', 'judge'));
    create();
    server.send('PUT', `${CONFIG_MAPS}/web`, { ...configMap('web'), data: { a: '2' } });
    server.send('DELETE', `${CONFIG_MAPS}/web`);
    const told = server.asked.map(({ review }) => review.request);
    expect(told.map(({ operation, object, oldObject, name }) => [operation, !!object, !!oldObject, name])).toEqual([
      ['CREATE', true, false, 'web'],
      ['UPDATE', true, true, 'web'],
      ['DELETE', false, true, 'web'],
    ]);
    expect(told[0]).toMatchObject({
      kind: { group: '', version: 'v1', kind: 'ConfigMap' },
      resource: { group: '', version: 'v1', resource: 'configmaps' },
      requestKind: { kind: 'ConfigMap' },
      namespace: 'default',
      userInfo: { username: 'admin', groups: ['system:masters', 'system:authenticated'] },
    });
  });
});

describe('a webhook that changes', () => {
  test('adds a label, and the next one sees it', () => {
    server.send('POST', MUTATING, configuration('Mutating', 'a'));
    server.send('POST', MUTATING, configuration('Mutating', 'b'));
    server.rules = [
      { match: { path: '/a' }, set: { labels: { team: 'blue' } } },
      { match: { path: '/b', labels: { team: 'blue' } }, set: { annotations: { seen: 'yes' } } },
    ];
    expect(create().body.metadata).toMatchObject({ labels: { team: 'blue' }, annotations: { seen: 'yes' } });
    expect(server.send('GET', `${CONFIG_MAPS}/web`).body.metadata['labels']).toEqual({ team: 'blue' });
  });

  test.each([
    ['IfNeeded', 3],
    ['Never', 2],
  ])('is asked again after another has changed the object: %s', (reinvocationPolicy, times) => {
    server.send('POST', MUTATING, configuration('Mutating', 'a', { reinvocationPolicy }));
    server.send('POST', MUTATING, configuration('Mutating', 'b'));
    server.rules = [{ match: { path: '/b' }, set: { labels: { team: 'blue' } } }];
    create();
    expect(server.asked).toHaveLength(times);
  });

  test('cannot change what is deleted', () => {
    create();
    server.send('POST', MUTATING, configuration('Mutating', 'a'));
    server.rules = [{ patch: [{ op: 'add', path: '/metadata/labels', value: {} }] }];
    const answer = server.send('DELETE', `${CONFIG_MAPS}/web`);
    expect(answer.status).toBe(500);
    expect(answer.body.message).toBe(
      'Internal error occurred: admission webhook "a.example.com" attempted to modify the object, which is not supported for this operation',
    );
  });
});
