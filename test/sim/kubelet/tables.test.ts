import { describe, expect, test } from 'vitest';
import { expandReferences } from '../../../src/sim/api/expansion.js';
import type { ContainerStatus, PodSpec } from '../../../src/sim/api/types/pod.js';
import { SECOND } from '../../../src/sim/kernel/time.js';
import { ConfigurationError, parseConfiguration } from '../../../src/sim/kubelet/config/configuration.js';
import { parseFlags } from '../../../src/sim/kubelet/config/flags.js';
import { Backoff } from '../../../src/sim/kubelet/pods/backoff.js';
import { serviceEnvironment } from '../../../src/sim/kubelet/pods/service-environment.js';
import { addResult, NO_RUN, type ProbeResult } from '../../../src/sim/kubelet/probes/verdict.js';
import { renderLog } from '../../../src/sim/kubelet/server/log-reader.js';
import { podPhase } from '../../../src/sim/kubelet/status/phase.js';
import { qosClass } from '../../../src/sim/kubelet/status/qos.js';

describe('$(NAME) is replaced as Kubernetes does', () => {
  const known: Record<string, string> = { A: '1', 'B-C': '2' };
  test.each([
    ['$(A)', '1'],
    ['x$(A)y$(B-C)', 'x1y2'],
    ['$$(A)', '$(A)'],
    ['$$$(A)', '$1'],
    ['$(NO)', '$(NO)'],
    ['$(A', '$(A'],
    ['$A ${A}', '$A ${A}'],
    ['end$', 'end$'],
  ])('%s', (text, expanded) => expect(expandReferences(text, (name) => known[name])).toBe(expanded));
});

test('back-off doubles from 10 s to 300 s and starts again after ten quiet minutes', () => {
  const backoff = new Backoff();
  const spans: number[] = [];
  let now = 0;
  for (let failure = 0; failure < 7; failure += 1) {
    backoff.next('x', now, now);
    spans.push(backoff.get('x') / SECOND);
    now += backoff.get('x');
  }
  expect(spans).toEqual([10, 20, 40, 80, 160, 300, 300]);
  expect(backoff.isWaitingSince('x', now, now + 299 * SECOND)).toBe(true);
  expect(backoff.isWaitingSince('x', now, now + 300 * SECOND)).toBe(false);
  backoff.next('x', now + 601 * SECOND, now + 601 * SECOND);
  expect(backoff.get('x') / SECOND).toBe(10);
});

describe('phases', () => {
  const running = { state: { running: {} } };
  const ended = (exitCode: number) => ({ state: { terminated: { exitCode } } });
  const crashed = (exitCode: number) => ({ state: { waiting: {} }, lastState: { terminated: { exitCode } } });
  const waiting = { state: { waiting: {} } };
  const status = (name: string, part: object) =>
    ({ name, ready: false, restartCount: 0, image: '', imageID: '', ...part }) as ContainerStatus;
  const spec = (restartPolicy: string, names: string[], inits: string[] = []): PodSpec => ({
    restartPolicy,
    containers: names.map((name) => ({ name })),
    initContainers: inits.map((name) => ({ name })),
  });
  test.each<[string, PodSpec, Record<string, object>, boolean, string]>([
    ['nothing known', spec('Always', ['a']), {}, false, 'Pending'],
    ['waiting', spec('Always', ['a']), { a: waiting }, false, 'Pending'],
    ['one runs, one waits', spec('Always', ['a', 'b']), { a: running, b: waiting }, false, 'Pending'],
    ['runs', spec('Always', ['a']), { a: running }, false, 'Running'],
    ['crash loop', spec('Always', ['a']), { a: crashed(1) }, false, 'Running'],
    ['done, would run again', spec('Always', ['a']), { a: ended(0) }, false, 'Running'],
    ['done', spec('Never', ['a']), { a: ended(0) }, false, 'Succeeded'],
    ['failed', spec('Never', ['a']), { a: ended(1) }, false, 'Failed'],
    ['failed, is tried again', spec('OnFailure', ['a']), { a: ended(1) }, false, 'Running'],
    ['one of two failed', spec('Never', ['a', 'b']), { a: ended(1), b: ended(0) }, false, 'Failed'],
    ['one of two still runs', spec('Never', ['a', 'b']), { a: ended(1), b: running }, false, 'Running'],
    ['init runs', spec('Always', ['a'], ['i']), { i: running, a: waiting }, false, 'Pending'],
    ['init failed for good', spec('Never', ['a'], ['i']), { i: ended(1), a: waiting }, false, 'Failed'],
    ['init crash loop', spec('Always', ['a'], ['i']), { i: crashed(1), a: waiting }, false, 'Pending'],
    ['deleted while it ran', spec('Always', ['a']), { a: ended(0) }, true, 'Succeeded'],
    ['killed', spec('Always', ['a']), { a: ended(137) }, true, 'Failed'],
  ])('%s', (_, pod, states, over, phase) => {
    const statuses = Object.entries(states).map(([name, part]) => status(name, part));
    expect(podPhase(pod, statuses, { terminal: over, initialized: false })).toBe(phase);
  });
});

describe('a probe settles when its threshold is reached', () => {
  test.each<[string, ProbeResult[], boolean[]]>([
    ['sfff', ['success', 'failure', 'failure', 'failure'], [true, false, false, true]],
    ['ffsf', ['failure', 'failure', 'success', 'failure'], [false, false, true, false]],
  ])('%s', (_, results, expected) => {
    let run = NO_RUN;
    const settled = results.map((result) => {
      const next = addResult(run, result, { failureThreshold: 3, successThreshold: 1 });
      run = next.run;
      return next.settled;
    });
    expect(settled).toEqual(expected);
  });
});

test('a service gives these variables', () => {
  const service = (name: string, namespace: string, clusterIP: string) => ({
    apiVersion: 'v1' as const,
    kind: 'Service' as const,
    metadata: { name, namespace },
    spec: { clusterIP, ports: [{ name: 'web-ui', port: 80 }] },
  });
  const all = [
    service('kubernetes', 'default', '10.96.0.1'),
    service('my-app', 'shop', '10.96.0.7'),
    service('other', 'x', '10.96.0.8'),
    service('less', 'shop', 'None'),
  ];
  expect([...serviceEnvironment(all, 'shop', true)].filter(([name]) => name.startsWith('MY'))).toEqual([
    ['MY_APP_SERVICE_HOST', '10.96.0.7'],
    ['MY_APP_SERVICE_PORT', '80'],
    ['MY_APP_SERVICE_PORT_WEB_UI', '80'],
    ['MY_APP_PORT', 'tcp://10.96.0.7:80'],
    ['MY_APP_PORT_80_TCP', 'tcp://10.96.0.7:80'],
    ['MY_APP_PORT_80_TCP_PROTO', 'tcp'],
    ['MY_APP_PORT_80_TCP_PORT', '80'],
    ['MY_APP_PORT_80_TCP_ADDR', '10.96.0.7'],
  ]);
  expect([...serviceEnvironment(all, 'shop', false).keys()].every((name) => name.startsWith('KUBERNETES'))).toBe(true);
  expect([...serviceEnvironment(all, 'shop', true).keys()].some((name) => /OTHER|LESS/.test(name))).toBe(false);
});

test.each([
  [{}, 'BestEffort'],
  [{ requests: { cpu: '1' } }, 'Burstable'],
  [{ limits: { cpu: '1', memory: '1Gi' } }, 'Guaranteed'],
  [{ limits: { cpu: '1', memory: '1Gi' }, requests: { cpu: '500m' } }, 'Burstable'],
  [{ limits: { cpu: '1' } }, 'Burstable'],
])('quality of service of %j is %s', (resources, expected) => {
  expect(qosClass({ containers: [{ name: 'a', resources }] })).toBe(expected);
});

describe('logs as the API gives them', () => {
  const log = [
    '2026-11-21T00:00:01.000000001Z stdout F one',
    '2026-11-21T00:00:02.000000001Z stderr P tw',
    '2026-11-21T00:00:02.000000002Z stderr F o',
    '2026-11-21T00:00:03.000000001Z stdout F ',
    '',
  ].join('\n');
  const all = { tailLines: undefined, since: undefined, timestamps: false, limitBytes: undefined };
  test.each([
    ['all', all, 'one\ntwo\n\n'],
    ['the last line', { ...all, tailLines: 1 }, '\n'],
    ['a cut line is one', { ...all, tailLines: 2 }, 'two\n\n'],
    ['none', { ...all, tailLines: 0 }, ''],
    ['since', { ...all, since: Date.UTC(2026, 10, 21, 0, 0, 3) * 1000 }, '\n'],
    ['limited', { ...all, limitBytes: 2 }, 'on'],
    ['one stream', { ...all, stream: 'stderr' as const }, 'two\n'],
  ])('%s', (_, options, text) => expect(Buffer.from(renderLog(log, options)).toString()).toBe(text));
});

describe('what kubelet refuses to start with', () => {
  test.each([
    ['', 'kubelet config file "/c" was empty'],
    ['kind: KubeletConfiguration', "Object 'apiVersion' is missing"],
    ['apiVersion: v1\nkind: KubeletConfiguration', 'no kind "KubeletConfiguration" is registered for version "v1"'],
    [
      'apiVersion: kubelet.config.k8s.io/v1beta1\nkind: KubeletConfiguration\nclusterDNS: 10.96.0.10',
      'json: cannot unmarshal string into Go struct field KubeletConfiguration.clusterDNS of type []string',
    ],
    ['a: [', 'failed to decode'],
  ])('%s', (text, words) => {
    expect(() => parseConfiguration(text, '/c')).toThrow(ConfigurationError);
    expect(() => parseConfiguration(text, '/c')).toThrow(words);
  });
  test('a flag it does not know', () => {
    expect(parseFlags(['--kubeconfig=/k', '--nonsense'])).toEqual({
      error: 'failed to parse kubelet flag: unknown flag: --nonsense',
    });
  });
});
