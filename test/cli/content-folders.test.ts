import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { findLab } from '../../src/cli/find-lab.js';
import { temporaryFolder } from '../labs/home-folder.js';
import { SMALL_LAB } from '../labs/lab-text.js';
import { run } from './run.js';

const UNIX = process.platform !== 'win32';
let folder: string;

function write(name: string, content: string, below = folder): string {
  const file = join(below, name);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
  return file;
}

/** The small lab under another name. */
const lab = (name: string): string => SMALL_LAB.replace('name: small', `name: ${name}`);

async function ids(argv: readonly string[], environment: NodeJS.ProcessEnv = {}): Promise<string[]> {
  const { stdout } = await run(['list', '--json', ...argv], environment);
  return (JSON.parse(stdout) as { id: string }[]).map(({ id }) => id);
}

beforeEach(() => {
  folder = temporaryFolder();
  write('kubedrill.yaml', 'name: acme\n');
  write('cka/labs/small.yaml', SMALL_LAB);
  write('drafts/drain-a-node.yaml', lab('drain-a-node'));
});

describe('labs of one’s own', () => {
  test('stand beside ours under their name space, wherever in the folder they lie', async () => {
    const ours = await ids([]);
    expect(await ids(['--content', folder])).toEqual([...ours, 'acme:cka/small', 'acme:cka/drain-a-node']);
    expect(await ids([], { KUBEDRILL_CONTENT: folder })).toEqual(await ids(['--content', folder]));
  });

  test.each([
    ['acme:cka/small', 'acme:cka/small'],
    ['acme:small', 'acme:cka/small'],
    ['cka/small', 'acme:cka/small'],
    ['small', 'acme:cka/small'],
    ['acme:drain-a-node', 'acme:cka/drain-a-node'],
    ['drain-a-node', 'cka/drain-a-node'],
    ['cka/drain-a-node', 'cka/drain-a-node'],
  ])('%s means %s: a lab of one’s own never changes what a name means without it', (name, id) => {
    expect(findLab(name, { content: [folder] }).id).toBe(id);
  });

  test('several folders are separated as those of PATH are; one given twice counts once', async () => {
    const other = join(temporaryFolder(), 'My Labs!');
    write('x.yaml', lab('x'), other);
    const all = await ids(['--content', folder], { KUBEDRILL_CONTENT: [other, folder].join(delimiter) });
    expect(all.filter((id) => id.includes(':'))).toEqual(['acme:cka/small', 'acme:cka/drain-a-node', 'my-labs:cka/x']);
  });

  test('two folders of one name space: the second is left out, and it is said how to mend that', async () => {
    const other = temporaryFolder();
    write('kubedrill.yaml', 'name: acme\n', other);
    write('x.yaml', lab('x'), other);
    const { code, stdout, stderr } = await run(['list', '--content', folder, '--content', other]);
    expect(code).toBe(0);
    expect(stdout).toContain('acme:cka/small');
    expect(stdout).not.toContain('acme:cka/x');
    expect(stderr).toBe(
      `labs are left out: ${other}: its name space acme is that of ${folder} too; give one of them another by a line \`name: …\` in its kubedrill.yaml [content-twin]\n`,
    );
  });
});

describe('what is wrong in a folder is told, and keeps nobody from our own labs', () => {
  test('a broken lab', async () => {
    const file = write('cka/labs/small.yaml', SMALL_LAB.replace('minutes: 5', 'minutes: soon'));
    const { code, stdout, stderr } = await run(['list', '--content', folder]);
    expect([code, stderr]).toEqual([
      0,
      `${file} is left out: something is wrong with it, and \`kubedrill check acme:cka/small\` says what.\n`,
    ]);
    expect(stdout).toContain('cka/fix-coredns');
    const checked = await run(['check', 'acme:cka/small', '--content', folder]);
    expect([checked.code, checked.stdout]).toEqual([
      1,
      expect.stringContaining(`✗ ${file}:8: spec.minutes: must be integer`),
    ]);
    expect((await run(['try', 'acme:small', '--content', folder])).stderr).toContain(`${file}:8: spec.minutes`);
  });

  test.each([
    ['name: Acme\n', 'name: must be at most 32 small letters'],
    ['name: cka\n', 'name: must be at most 32 small letters'],
    ['name: "a:b/../c"\n', 'name: must be at most 32 small letters'],
    ['name: 7\n', 'name: must be'],
    ['name: acme\nrun: ls\n', 'run: unknown field; it holds one line'],
    ['acme\n', 'it is no map of one field'],
    ['{', 'it holds one line'],
    ['name: &a [*a]\n', 'it holds one line'],
  ])('a kubedrill.yaml that says %j', async (text, says) => {
    const file = write('kubedrill.yaml', text);
    const { code, stdout, stderr } = await run(['list', '--content', folder]);
    expect(code).toBe(0);
    expect(stderr).toMatch(/^labs are left out: |^/);
    expect(stderr).toContain(`${file}: `);
    expect(stderr).toContain(says);
    expect(stdout).toMatch(/kubedrill-test-\w+:cka\/small/);
  });

  test.each([
    [() => join(folder, 'none'), 'there is no such folder'],
    [() => join(folder, 'kubedrill.yaml'), 'it is a file, not a folder of labs'],
  ])('KUBEDRILL_CONTENT that names no folder', async (path, says) => {
    const { code, stdout, stderr } = await run(['list'], { KUBEDRILL_CONTENT: path() });
    expect(code).toBe(0);
    expect(stdout).toContain('cka/fix-coredns');
    expect(stderr).toContain(`${path()}: ${says}`);
  });
});

describe.runIf(UNIX)('nothing outside of a folder is read, and nobody is waited for', () => {
  test.each([
    ['a link to a file outside', (file: string) => symlinkSync('/etc/passwd', file), 'a link leads from it out of'],
    ['a link to a lab outside', (file: string) => symlinkSync(outside(), file), 'a link leads from it out of'],
    ['a pipe', (file: string) => void execFileSync('mkfifo', [file]), 'it is no ordinary file'],
    ['a device', (file: string) => symlinkSync('/dev/zero', file), 'a link leads from it out of'],
    ['a link that leads nowhere', (file: string) => symlinkSync('nowhere', file), 'there is no such file'],
  ])('%s', async (_, make, says) => {
    const file = join(folder, 'cka/labs/more.yaml');
    make(file);
    const listed = await run(['list', '--content', folder]);
    expect(listed.code).toBe(0);
    expect(listed.stderr).toContain('more.yaml is left out: something is wrong with it');
    const { code, stdout } = await run(['check', 'acme:cka/more', '--content', folder]);
    expect(code).toBe(1);
    expect(stdout).toContain(says);
    expect(stdout).not.toContain('root:');
  });

  test('a link to a folder is not followed; one to a file inside is', async () => {
    symlinkSync(dirname(outside()), join(folder, 'linked'));
    symlinkSync('../../drafts/other.txt', join(folder, 'cka/labs/other.yaml'));
    write('drafts/other.txt', lab('other'));
    const own = (await ids(['--content', folder])).filter((id) => id.startsWith('acme:'));
    expect(own).toEqual(['acme:cka/other', 'acme:cka/small', 'acme:cka/drain-a-node']);
  });

  test('kubedrill.yaml as a link to somewhere else', async () => {
    const other = temporaryFolder();
    symlinkSync('/etc/passwd', join(other, 'kubedrill.yaml'));
    const { code, stderr } = await run(['list', '--content', other]);
    expect([code, stderr]).toEqual([0, expect.stringContaining('a link leads from it out of the folder')]);
    expect(stderr).not.toContain('root:');
  });
});

function outside(): string {
  return write('secret.yaml', lab('secret'), temporaryFolder());
}
