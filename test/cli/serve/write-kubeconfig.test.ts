import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { writeKubeconfig } from '../../../src/cli/serve/write-kubeconfig.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kubedrill-kubeconfig-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const WRITTEN = `# written by kubedrill serve, process ${process.pid}\nkind: Config\n`;
const modeOf = (path: string) => statSync(path).mode & 0o777;

describe('the kubeconfig that serve writes', () => {
  test('is new and private', () => {
    const path = join(folder, 'config');
    expect(writeKubeconfig(path, 'kind: Config\n').kept).toBeUndefined();
    expect([modeOf(path), readFileSync(path, 'utf8')]).toEqual([0o600, WRITTEN]);
  });

  test.each([
    ['an empty file', ''],
    ['one that serve wrote', '# written by kubedrill serve\nkind: Config\nlonger: than the new one\n'],
  ])('takes the place of %s, whatever its mode', (_, before) => {
    const path = join(folder, 'config');
    writeFileSync(path, before);
    chmodSync(path, 0o664);
    expect(writeKubeconfig(path, 'kind: Config\n').kept).toBeUndefined();
    expect([modeOf(path), readFileSync(path, 'utf8')]).toEqual([0o600, WRITTEN]);
  });

  test('is removed again, unless it was changed or has gone', () => {
    const path = join(folder, 'config');
    const first = writeKubeconfig(path, 'kind: Config\n');
    first.remove();
    expect(existsSync(path)).toBe(false);
    first.remove();
    const second = writeKubeconfig(path, 'kind: Config\n');
    writeFileSync(path, 'current-context: mine\n', { flag: 'a' });
    second.remove();
    expect(existsSync(path)).toBe(true);
  });

  test('keeps what somebody else wrote, and puts it back', () => {
    const path = join(folder, 'config');
    writeFileSync(path, 'the one way to production\n');
    const placed = writeKubeconfig(path, 'kind: Config\n');
    const kept = `${path}.before-kubedrill`;
    expect(placed.kept).toBe(kept);
    expect(readFileSync(kept, 'utf8')).toBe('the one way to production\n');
    expect(modeOf(path)).toBe(0o600);
    placed.remove();
    expect([existsSync(kept), readFileSync(path, 'utf8')]).toEqual([false, 'the one way to production\n']);
  });

  test('leaves that of a serve which still runs alone, and takes that of one which was killed', () => {
    const path = join(folder, 'config');
    const theirs = `# written by kubedrill serve, process ${process.ppid}\nkind: Config\n`;
    writeFileSync(path, theirs);
    expect(() => writeKubeconfig(path, '')).toThrow(
      `The kubeconfig ${path} cannot be written: the serve with process id ${process.ppid} wrote it and still runs; name another file with --kubeconfig.`,
    );
    expect(readFileSync(path, 'utf8')).toBe(theirs);
    writeFileSync(path, theirs.replace(String(process.ppid), '99999999'));
    expect(writeKubeconfig(path, 'kind: Config\n').kept).toBeUndefined();
  });

  test('keeps what was kept before, too', () => {
    const path = join(folder, 'config');
    writeFileSync(`${path}.before-kubedrill`, 'the first');
    writeFileSync(path, 'the second');
    expect(writeKubeconfig(path, 'kind: Config\n').kept).toBe(`${path}.before-kubedrill.1`);
    expect(readFileSync(`${path}.before-kubedrill`, 'utf8')).toBe('the first');
  });

  test('says what to do about a place that does not exist, and about a directory', () => {
    const missing = join(folder, 'none', 'config');
    expect(() => writeKubeconfig(missing, '')).toThrow(
      `The kubeconfig ${missing} cannot be written: there is no directory ${join(folder, 'none')}; make it first, or choose another place.`,
    );
    expect(() => writeKubeconfig(folder, '')).toThrow(`name a file in it, such as ${folder}/kubedrill.kubeconfig.`);
    expect(() => writeKubeconfig('', '')).toThrow('The kubeconfig "" cannot be written: it has no name;');
    expect(existsSync(missing)).toBe(false);
  });

  test.skipIf(process.platform === 'win32')('leaves devices alone', () => {
    const before = modeOf('/dev/null');
    expect(() => writeKubeconfig('/dev/null', '')).toThrow(
      'The kubeconfig /dev/null cannot be written: it is a device, a pipe or the like; name a file.',
    );
    expect(modeOf('/dev/null')).toBe(before);
  });
});
