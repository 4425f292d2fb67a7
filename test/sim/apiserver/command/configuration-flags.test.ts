import { describe, expect, test } from 'vitest';
import { readAudit } from '../../../../src/sim/apiserver/command/audit.js';
import { readAnonymous } from '../../../../src/sim/apiserver/command/authentication-config.js';
import { readFlags } from '../../../../src/sim/apiserver/command/flags.js';
import { neededApis, servedKinds, unknownApis } from '../../../../src/sim/apiserver/command/runtime-config.js';
import { encodeText } from '../../../../src/sim/kernel/bytes.js';
import { Errno } from '../../../../src/sim/kernel/errno.js';
import type { Sys } from '../../../../src/sim/kernel/sys.js';
import { testServer } from '../harness.js';

const runtime = (value: string, ...more: string[]) => readFlags([`--runtime-config=${value}`, ...more]);
const served = (value: string) => {
  const kinds = servedKinds(runtime(value));
  return (place: string) => kinds.some(({ group, version, plural }) => `${group}/${version}/${plural}` === place);
};

describe('--runtime-config', () => {
  test.each([
    ['batch/v1=false', 'batch/v1/jobs', false],
    ['batch/v1=false', 'apps/v1/deployments', true],
    ['batch/v1/jobs=false', 'batch/v1/jobs', false],
    ['batch/v1/jobs=false', 'batch/v1/cronjobs', true],
    ['api/all=false,apps/v1=true', 'apps/v1/deployments', true],
    ['api/all=false,apps/v1=true', 'batch/v1/jobs', false],
    ['batch/v1', 'batch/v1/jobs', true],
  ])('%s: %s is served: %s', (value, place, isServed) => {
    expect(served(value)(place)).toBe(isServed);
  });

  test.each([
    [
      'api/all=false',
      [
        '--runtime-config=api/all=false conflicts with --enable-priority-and-fairness=true',
        'invalid runtime-config with only api/all=false',
      ],
    ],
    ['api/all=false,flowcontrol.apiserver.k8s.io/v1=true', []],
    ['foo/v1=true', ['unknown api groups foo/v1']],
    ['v1=true', ['runtime-config invalid key v1']],
  ])('%s: what does not fit', (value, problems) => {
    expect([...neededApis(runtime(value)), ...unknownApis(runtime(value))]).toEqual(problems);
  });

  test.each([
    ['batch/v7=true', 'group version batch/v7 that has not been registered'],
    ['batch/v1=x', 'invalid value of batch/v1: x, err: strconv.ParseBool: parsing "x": invalid syntax'],
    ['api/ga=x', 'invalid value api/ga=x'],
  ])('%s is refused', (value, words) => {
    expect(() => served(value)).toThrow(words);
  });
});

/** Recorded from kube-apiserver v1.36.0; without a policy it does not look at the file. */
test('--audit-webhook-config-file of a file that is not there', () => {
  const sys = {
    readFile: () => encodeText('apiVersion: audit.k8s.io/v1\nkind: Policy\nrules: [{level: None}]\n'),
    stat: () => {
      throw new Errno('ENOENT');
    },
  };
  const read = (...args: string[]) => readAudit(sys as unknown as Sys, readFlags(args));
  const hook = '--audit-webhook-config-file=/nope';
  expect(read(hook)).toEqual({});
  expect(() => read(hook, '--audit-policy-file=/p')).toThrow(
    'initializing audit webhook: stat /nope: no such file or directory',
  );
});

const HEAD = 'apiVersion: apiserver.config.k8s.io/v1\nkind: AuthenticationConfiguration\n';

describe('--authentication-config', () => {
  const read = (text: string, ...more: string[]) =>
    readAnonymous({ readFile: () => encodeText(text) }, readFlags(['--authentication-config=/a', ...more]));

  test.each<[string, string, object | undefined]>([
    ['nothing of nobody', HEAD, undefined],
    ['nobody', `${HEAD}anonymous: {enabled: false}`, { enabled: false }],
    ['paths', `${HEAD}anonymous: {enabled: true, conditions: [{path: /livez}]}`, { enabled: true, paths: ['/livez'] }],
  ])('%s', (_, text, access) => {
    expect(read(text)).toEqual(access);
  });

  test.each<[string, string, string[]?]>([
    [
      `${HEAD}anonymous: {enabled: true}`,
      'anonymous: Forbidden: --anonymous-auth flag cannot be set when',
      ['--anonymous-auth=true'],
    ],
    [`${HEAD}anonymous: {conditions: [{path: /livez}]}`, 'enabled should be set to true when conditions are defined'],
    [
      `${HEAD}jwt: [{issuer: {url: "https://a"}}]`,
      'jwt authenticators of --authentication-config are not part of this simulation',
    ],
    [
      'apiVersion: v1\nkind: Pod\n',
      'failed to load authentication configuration from file "/a": no kind "Pod" is registered',
    ],
  ])('%s is refused', (text, words, more = []) => {
    expect(() => read(text, ...more)).toThrow(words);
  });

  test('nobody gets to these paths, and to no other', () => {
    const server = testServer({ authenticators: [], anonymousPaths: ['/livez'] });
    const status = (target: string) => server.request({ target }).status;
    expect(['/livez', '/livez?verbose', '/readyz', '/livez/ping'].map(status)).toEqual([200, 200, 401, 401]);
  });
});
