import { expect, test } from 'vitest';
import { type GradeOptions, grade } from '../../src/checker/grade.js';
import type { Check } from '../../src/checker/rubric.js';
import type { CommandResult } from '../../src/clusters/port.js';
import { ClusterError } from '../../src/clusters/port.js';
import { FakeCluster, type FakeContent } from './fake-cluster.js';
import { HOSTS } from './graded.js';

/** A cluster of which copies can be told apart, and which tells what was done to it. */
class Copied extends FakeCluster {
  private readonly told: string[];
  private readonly called: string;
  private readonly given: FakeContent;

  constructor(content: FakeContent, told: string[], called = 'it') {
    super(content);
    [this.told, this.called, this.given] = [told, called, content];
  }

  override async run(host: string, user: string, argv: readonly string[]): Promise<CommandResult> {
    this.told.push(`${this.called}: ${argv.at(-1)}`);
    return super.run(host, user, argv);
  }

  override async settle(seconds?: number): Promise<boolean> {
    this.told.push(`${this.called}: settles within ${seconds} s`);
    return true;
  }

  override async copy(): Promise<Copied> {
    return new Copied(this.given, this.told, 'copy');
  }

  override async close(): Promise<void> {
    this.told.push(`${this.called}: closed`);
  }
}

const script = (run: string): Check => ({ id: run, says: run, points: 1, script: { host: 'node01', run } }) as Check;
const log = (id: string, more: object = {}): Check =>
  ({ id, says: id, points: 1, log: { host: 'node01', unit: 'web', since: 'action' }, ...more }) as Check;
const before = (run: string) => ({ before: [{ run, code: 0 }] });

async function graded(checks: readonly Check[], more: Partial<GradeOptions> = {}, content: FakeContent = {}) {
  const told: string[] = [];
  const cluster = new Copied(content, told);
  const report = await grade(cluster, { checks, baseline: new Map() as never, hosts: HOSTS, ...more });
  return { told, report };
}

test('every check that acts has a copy, which is thrown away', async () => {
  expect((await graded([script('a'), script('b')])).told).toEqual([
    'copy: a',
    'copy: closed',
    'copy: b',
    'copy: closed',
  ]);
});

test('a cluster that is thrown away itself is what the last one acts on', async () => {
  expect((await graded([script('a'), script('b')], { spend: true })).told).toEqual([
    'copy: a',
    'copy: closed',
    'it: b',
  ]);
});

test('a cluster that cannot be copied leaves undecided what acts, and nothing else', async () => {
  const cluster = new FakeCluster();
  Object.assign(cluster, { copy: undefined });
  const gone = { id: 'g', says: 'g', gone: { apiVersion: 'v1', kind: 'Node', name: 'x' } } as Check;
  const { checks } = await grade(cluster, { checks: [script('a'), gone], baseline: new Map() as never, hosts: HOSTS });
  expect(checks.map(({ passed, found }) => [passed, found])).toEqual([
    [false, 'this cluster cannot be copied, and the check acts'],
    [true, 'no node/x'],
  ]);
});

test.each<[Partial<GradeOptions>, number]>([
  [{}, 180],
  [{ settleSecondsMax: 7 }, 7],
])('what comes first is done once, and quiet waited for: %j', async (more, seconds) => {
  const acting = [log('a', before('do')), log('b', before('do'))];
  const { told } = await graded(acting, more, { run: () => ({ stdout: '' }) });
  const done = told.filter((line) => /do$|settles/.test(line));
  expect(done).toEqual(['copy: do', `copy: settles within ${seconds} s`]);
});

test('an action that fails leaves its checks undecided', async () => {
  const run: FakeContent['run'] = (_, argv) => (argv.at(-1) === 'do' ? { code: 3, stderr: 'no' } : {});
  const { report } = await graded([log('a', before('do'))], {}, { run });
  expect(report.checks[0]).toMatchObject({ passed: false, undecided: true });
});

test('lines that were there before what comes first was done do not count', async () => {
  let journal = 'old\n';
  const run: FakeContent['run'] = (_, argv) => {
    if (argv.at(-1) === 'do') journal += 'new\n';
    return argv[0] === 'journalctl' ? { stdout: journal } : {};
  };
  const since = { id: 'b', says: 'b', points: 1, any: [{ log: { host: 'node01', unit: 'web', since: 'action' } }] };
  const { report } = await graded([log('a', before('do')), { ...since, ...before('do') } as Check], {}, { run });
  expect(report.checks.map(({ passed, found }) => [passed, found])).toEqual([
    [true, '1 of 1 lines: new'],
    [true, '1 of 1 lines: new'],
  ]);
});

test.each<[Partial<GradeOptions>, number, string]>([
  [{}, 20, 'it exists'],
  [{ realSecondsMax: 0.005 }, 2000, 'it took longer than 0.005 s'],
])('a check that takes its time, %j: %s', async (more, ms, found) => {
  class Slow extends FakeCluster {
    override async file(...given: Parameters<FakeCluster['file']>) {
      await new Promise((resolve) => {
        setTimeout(resolve, ms).unref();
      });
      return super.file(...given);
    }
  }
  const file = { id: 'f', says: 'f', points: 1, file: { host: 'node01', path: '/a' } } as Check;
  const cluster = new Slow({ files: { 'cka1-node1:/a': 'x' } });
  const { checks } = await grade(cluster, { checks: [file], baseline: {}, hosts: HOSTS, ...more });
  expect(checks.map((check) => check.found)).toEqual([found]);
});

test('a host that has no other name in this world is called by its own', async () => {
  const cluster = new FakeCluster();
  const node = { ...script('a'), script: { host: 'node02', run: 'a' } } as Check;
  await grade(cluster, { checks: [script('a'), node], baseline: {}, hosts: HOSTS, spend: true });
  expect(cluster.runs).toEqual(['candidate@cka1-node1: bash -c a', 'candidate@node02: bash -c a']);
});

test.each([[script('a')], [log('a', before('do'))]])(
  'what is wrong with the program itself is no verdict: %j',
  async (check) => {
    const run: FakeContent['run'] = () => {
      throw new TypeError('a defect');
    };
    const failed = await graded([check], {}, { run }).catch((error: Error) => error.message);
    expect(failed).toBe('a defect');
  },
);

test.each<[Error, string]>([
  [new ClusterError('gone'), 'judged'],
  [new TypeError('a defect'), 'a defect'],
])('pods that cannot be taken away again: %s', async (error, outcome) => {
  const probing = { id: 'r', says: 'r', resolve: { from: { probe: { namespace: 'shop' } }, names: ['db'] } } as Check;
  const cluster = new FakeCluster({
    responds: ({ method }) => {
      if (method === 'DELETE') throw error;
      return undefined;
    },
  });
  const said = await grade(cluster, { checks: [probing], baseline: new Map() as never, hosts: HOSTS }).then(
    () => 'judged',
    (thrown: Error) => thrown.message,
  );
  expect(said).toBe(outcome);
});
