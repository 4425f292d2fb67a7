import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { COMMANDS } from '../../src/cli/register.js';
import { VERSION } from '../../src/cli/version.js';
import { ProgressStore } from '../../src/labs/progress/store.js';
import { StandIns } from '../clusters/kind/stand-ins.js';
import { temporaryFolder } from '../labs/home-folder.js';
import { SMALL_LAB } from '../labs/lab-text.js';
import { run } from './run.js';

describe('help and version', () => {
  test('--help names every command and ends with 0', async () => {
    const { code, stdout } = await run(['--help']);
    expect(code).toBe(0);
    for (const { name } of COMMANDS) expect(stdout).toMatch(new RegExp(`^  ${name}\\b`, 'm'));
  });

  test.each(COMMANDS.map(({ name }) => name))('%s --help ends with 0 and says how to call it', async (name) => {
    const { code, stdout } = await run([name, '--help']);
    expect(code).toBe(0);
    expect(stdout).toContain(`Usage: kubedrill ${name}`);
  });

  test('--version is that of the package', async () => {
    expect(await run(['--version'])).toMatchObject({ code: 0, stdout: `${VERSION}\n` });
    expect(VERSION).toMatch(/^\d+\.\d+\.\d+/);
  });
});

describe('misuse ends with 2 and says what is wrong', () => {
  test.each<[readonly string[], RegExp]>([
    [['lsit'], /unknown command 'lsit'[\s\S]*Did you mean list\?/],
    [['list', '--jsno'], /unknown option '--jsno'[\s\S]*Did you mean --json\?/],
    [['list', '--cert', 'ckx'], /"ckx" is no certification; there are cka, ckad, cks/],
    [['list', 'more'], /too many arguments/],
    [['list', '--cluster', 'minikube'], /"minikube" is no cluster; there are sim, kind, context/],
    [['try'], /missing required argument 'lab'/],
    [['try', 'cka/drain'], /There is no lab "cka\/drain"\. Did you mean cka\/drain-a-node\?/],
    [
      ['run', 'cka'],
      /cka is a certification, not a lab\. Name one of its labs: cka\/back-up-etcd, .*cka\/fix-coredns, /,
    ],
    [['run', 'CKA/'], /cka is a certification, not a lab/],
    [['try', 'cks'], /cks is a certification, not a lab\. Name one of its labs: cks\/audit-what-matters/],
    [['try', 'cka/drian-a-node'], /Did you mean cka\/drain-a-node\?/],
    [['try', 'Fix-CoreDNS'], /Did you mean cka\/fix-coredns\?/],
    [['try', 'backup-etcd'], /Did you mean cka\/back-up-etcd\?/],
    [['try', 'content/cka/labs/drain-a-nod.yaml'], /Did you mean cka\/drain-a-node\?/],
    [['list', '--content', '/no/such'], /There is no folder \/no\/such\. `kubedrill new lab/],
    [['try', ''], /There is no lab ""\. `kubedrill list`/],
    [['try', 'zzz'], /There is no lab "zzz"\. `kubedrill list` shows all labs\./],
    [['try', 'cka/drain-a-node', '--seed', 'seven'], /"seven" is no seed; a seed is a whole number, or that of a task/],
    [['exam', 'cka', '--seed', '7-4'], /"7-4" is no seed; a seed is a whole number\s/],
    [['shell', '--lab', 'cka/drain-a-node', '--world', 'three-node'], /--lab and --world exclude each other/],
    [['shell', '--world', 'foo'], /There is no world foo; there are empty, single-node, test-cmd, three-node\./],
    [['shell', '--addons', 'metallb,foo'], /There is no add-on "foo"; there are cloud-metadata, .*metallb/],
    [['serve', '--world', 'foo'], /There is no world foo; there are empty/],
    [['replay', 'nothing'], /There is no file nothing, and no attempt or exam with that id/],
    [['replay', 'last', '--speed', 'fast'], /--speed fast: it wants a number, such as 2 or 0\.5, more than 0/],
    [['replay', 'last', '--idle', '0'], /--idle 0: it wants a number of seconds, more than 0/],
    [['help', 'frob'], /unknown command 'frob'/],
    [['help', 'lst'], /unknown command 'lst'[\s\S]*Did you mean list\?/],
    [['serve', '--port', '70000'], /"70000" is no port; a port is a number from 0 to 65535/],
    [['serve', '--port', 'x'], /"x" is no port/],
    [['check', 'no/such/file.yaml'], /There is no file and no lab "no\/such\/file\.yaml"\./],
  ])('%j', async (argv, says) => {
    const { code, stdout, stderr } = await run(argv);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(says);
    expect(stderr).not.toMatch(/ at .*\.ts/);
  });
});

describe('a script that cannot be read is a failure that says why and what to do', () => {
  const script = (content: string | Uint8Array): string => {
    const file = join(temporaryFolder(), 'script');
    writeFileSync(file, content);
    return file;
  };
  const UNIX = process.platform !== 'win32';
  test.each<[what: string, path: () => string, says: string]>([
    ['missing', () => '/no/such/script', 'there is no such file'],
    ['a folder', temporaryFolder, 'it is a folder, not a file'],
    ['below a file', () => join(script(''), 'more'), UNIX ? 'a part of its path is a file' : 'there is no such file'],
    ['of zeros', () => script(new Uint8Array(10)), 'it is no text: it holds bytes of zero'],
    ['of Latin-1', () => script(Buffer.from('caf\xe9', 'latin1')), 'it is no text in UTF-8'],
    ['huge', () => script('x'.repeat(1_048_577)), 'it is larger than 1048576 bytes'],
    ...(UNIX ? [['endless', () => '/dev/zero', 'it is larger than 1048576 bytes'] as never] : []),
  ])('%s', async (_, path, says) => {
    const { code, stdout, stderr } = await run(['try', 'cka/drain-a-node', '--script', path()]);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/^The script .* cannot be read: /);
    expect(stderr).toContain(says);
    expect(stderr.trimEnd()).toMatch(/\. Name a file with the commands to type, or - for the standard input\.$/);
  });
});

describe('list', () => {
  test('--json is an array of rows of a shape that stays', async () => {
    const { code, stdout } = await run(['list', '--json']);
    const rows = JSON.parse(stdout) as Record<string, unknown>[];
    expect(code).toBe(0);
    expect(rows.length).toBeGreaterThanOrEqual(4);
    for (const row of rows) {
      expect(Object.keys(row).join(' ')).toBe('id certification domain title difficulty minutes points runs_on');
      const real = { runs: expect.any(Boolean), because: expect.any(Array), if: expect.any(Array) };
      expect(row).toEqual({
        id: expect.stringMatching(/^(cka|ckad|cks)\/[a-z0-9-]+$/),
        certification: String(row['id']).split('/')[0],
        domain: expect.stringMatching(/./),
        title: expect.stringMatching(/./),
        difficulty: expect.any(Number),
        minutes: expect.any(Number),
        points: expect.any(Number),
        runs_on: { sim: true, kind: real, context: real },
      });
    }
  });

  test('each lab says where it runs, and --cluster leaves out those that do not run there', async () => {
    const { stdout } = await run(['list', '--cert', 'cka']);
    expect(stdout).toMatch(/^cka\/define-a-kind .* sim kind ctx {2}/m);
    expect(stdout).toMatch(/^cka\/drain-a-node .* sim kind - {4}\S/m);
    expect(stdout).toMatch(/^cka\/scale-by-load .* sim - {4}- {4}\S/m);
    const onKind = (await run(['list', '--cert', 'cka', '--cluster', 'kind'])).stdout;
    expect([/drain-a-node/.test(onKind), /scale-by-load/.test(onKind)]).toEqual([true, false]);
    const { stdout: onContext, stderr } = await run(['list', '--cert', 'cka', '--cluster', 'context=home']);
    expect(stderr).toContain('What context=home has is looked at when a lab begins there');
    expect([/define-a-kind/.test(onContext), /drain-a-node/.test(onContext)]).toEqual([true, false]);
  });

  test('--cert chooses, however it is written', async () => {
    const { stdout } = await run(['list', '--json', '--cert', 'CKAD']);
    const rows = JSON.parse(stdout) as { certification: string }[];
    expect(rows.length).toBeGreaterThan(0);
    expect(new Set(rows.map(({ certification }) => certification))).toEqual(new Set(['ckad']));
  });

  test('a certification without labs has an empty list', async () => {
    const all = JSON.parse((await run(['list', '--json'])).stdout) as { certification: string }[];
    for (const cert of ['cka', 'ckad', 'cks']) {
      const { code, stdout, stderr } = await run(['list', '--cert', cert]);
      expect(code).toBe(0);
      expect(stderr).toBe(stdout === '' ? `There are no labs for ${cert} yet.\n` : '');
      expect(stdout.trim().split('\n').filter(Boolean)).toHaveLength(
        all.filter(({ certification }) => certification === cert).length,
      );
    }
  });
});

describe('progress', () => {
  const attempt = {
    id: 'a',
    lab: 'cka/small',
    content: 'x',
    seed: '1',
    started: '2026-01-15T09:00:00.000Z',
    finished: true,
  };

  test('--json has a shape that stays', async () => {
    const home = temporaryFolder();
    ProgressStore.open(home).save({
      ...attempt,
      graded: '2026-01-15T09:05:00.000Z',
      points: 2,
      total: 6,
      passed: false,
    });
    const { code, stdout } = await run(['progress', '--json'], { KUBEDRILL_HOME: home });
    expect(code).toBe(0);
    const answer = JSON.parse(stdout);
    expect(Object.keys(answer)).toEqual([
      ...[
        'version',
        'home',
        'generated',
        'labs',
        'certifications',
        'exams',
        'lessons',
        'days',
        'days_in_a_row',
        'next',
      ],
    ]);
    expect(answer).toMatchObject({ version: 1, home });
    expect(answer.labs).toEqual([
      {
        lab: 'cka/small',
        title: null,
        certification: null,
        domain: null,
        types: [],
        minutes: null,
        attempts: 1,
        best: { points: 2, total: 6 },
        latest: { points: 2, total: 6 },
        passed: false,
        in_time: false,
        seconds: null,
        quickest_seconds: null,
        last: '2026-01-15T09:05:00.000Z',
        cluster: null,
      },
    ]);
  });

  test('in words', async () => {
    const home = temporaryFolder();
    expect((await run(['progress'], { KUBEDRILL_HOME: home })).stdout).toMatch(/^Nothing yet/);
    ProgressStore.open(home).save({ ...attempt, id: 'b', finished: false });
    expect((await run(['progress'], { KUBEDRILL_HOME: home })).stdout).toBe(
      '1 attempt is unfinished; `kubedrill`, then r, goes on with it.\n',
    );
    ProgressStore.open(home).save({
      ...attempt,
      graded: '2026-01-15T09:05:00.000Z',
      points: 6,
      total: 6,
      passed: true,
    });
    expect((await run(['progress'], { KUBEDRILL_HOME: home })).stdout).toMatch(
      /cka\/small +6\/6 +best 6\/6 +– +1 attempt/,
    );
  });

  test('a damaged file is told of, beside the answer', async () => {
    const home = temporaryFolder();
    writeFileSync(join(home, 'progress.json'), '{');
    const { code, stdout, stderr } = await run(['progress', '--json'], { KUBEDRILL_HOME: home });
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ home, labs: [] });
    expect(stderr).toMatch(/was damaged and has been set aside as .*progress\.damaged-/);
  });

  test('a newer file is a failure that says what to do', async () => {
    const home = temporaryFolder();
    writeFileSync(join(home, 'progress.json'), '{"version":99,"attempts":[]}');
    const { code, stderr } = await run(['progress'], { KUBEDRILL_HOME: home });
    expect(code).toBe(1);
    expect(stderr).toMatch(/written by a newer kubedrill .* set KUBEDRILL_HOME/);
  });
});

describe('doctor', () => {
  test('finds what is needed', async () => {
    const { code, stdout } = await run(['doctor'], { KUBEDRILL_HOME: temporaryFolder() });
    const [needed = '', real = ''] = stdout.split('For real clusters');
    expect([code, needed.match(/[✓✗–]/g)]).toEqual([0, ['✓', '–', '✓', '✓', '✓']]);
    expect(real.match(/^[✓✗–] [\w-]+/gm)?.slice(0, 4)).toEqual(['– kubectl', '– contexts', '– kind', '– engine']);
    expect(real).toContain('https://kubernetes.io/docs/tasks/tools/');
  });

  test('tells of what there is for real clusters, and waits for nobody', async () => {
    const standIns = new StandIns(['docker', 'kind', 'kubectl']);
    standIns.scenario({ engine: 'down', kubectl: 'v1.30.2' });
    const { code, stdout } = await run(['doctor'], { ...standIns.environment, KUBEDRILL_HOME: temporaryFolder() });
    standIns.remove();
    expect(code).toBe(0);
    const [, real = ''] = stdout.split('For real clusters');
    expect(real).toMatch(/✓ kubectl {4}v1\.30\.2, \S+\n +labs are written for v1\.36/);
    expect(real).toMatch(/✓ kind {7}v0\.\d+\.\d+, /);
    expect(real).toMatch(/– engine {5}docker is not running: Cannot connect[^\n]*\n +Start it: on Linux/);
  });

  test('says what to do about a home that cannot be', async () => {
    const file = join(temporaryFolder(), 'file');
    writeFileSync(file, '');
    const { code, stdout } = await run(['doctor'], { KUBEDRILL_HOME: join(file, 'home') });
    expect(code).toBe(1);
    expect(stdout).toMatch(/✗ home .*\n +Set KUBEDRILL_HOME to a folder you can write to\./);
  });
});

describe('check', () => {
  test('what is wrong in a file is told with file and line, nothing is played, and it ends with 1', async () => {
    const folder = join(temporaryFolder(), 'cka', 'labs');
    mkdirSync(folder, { recursive: true });
    const file = join(folder, 'small.yaml');
    writeFileSync(file, SMALL_LAB.replace('minutes: 5', 'minutes: soon'));
    const { code, stdout } = await run(['check', file]);
    expect(code).toBe(1);
    expect(stdout).toContain(`${file}:8: spec.minutes: must be integer, is string "soon"`);
    const json = await run(['check', '--json', folder]);
    expect(json.code).toBe(1);
    expect(JSON.parse(json.stdout)).toEqual({
      labs: [],
      problems: [
        {
          file,
          line: 8,
          field: 'spec.minutes',
          message: 'must be integer, is string "soon"',
          rule: 'wrong-type',
          lab: 'cka/small',
        },
      ],
    });
  });
});
