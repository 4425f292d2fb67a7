import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { removeKubeconfig, writeKubeconfig } from '../../../src/cli/serve/write-kubeconfig.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kubedrill-kubeconfig-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const modeOf = (path: string) => statSync(path).mode & 0o777;

describe('the kubeconfig that serve writes', () => {
  test('is new and private', () => {
    const path = join(folder, 'config');
    expect(writeKubeconfig(path, 'kind: Config\n')).toBeUndefined();
    expect([modeOf(path), readFileSync(path, 'utf8')]).toEqual([0o600, '# written by kubedrill serve\nkind: Config\n']);
  });

  test.each([
    ['an empty file', ''],
    ['one that serve wrote', '# written by kubedrill serve\nkind: Config\nlonger: than the new one\n'],
  ])('takes the place of %s, whatever its mode', (_, before) => {
    const path = join(folder, 'config');
    writeFileSync(path, before);
    chmodSync(path, 0o664);
    expect(writeKubeconfig(path, 'kind: Config\n')).toBeUndefined();
    expect([modeOf(path), readFileSync(path, 'utf8')]).toEqual([0o600, '# written by kubedrill serve\nkind: Config\n']);
  });

  test('is removed again, unless it was changed or has gone', () => {
    const path = join(folder, 'config');
    writeKubeconfig(path, 'kind: Config\n');
    removeKubeconfig(path, 'kind: Config\n');
    expect(existsSync(path)).toBe(false);
    removeKubeconfig(path, 'kind: Config\n');
    writeKubeconfig(path, 'kind: Config\n');
    writeFileSync(path, 'current-context: mine\n', { flag: 'a' });
    removeKubeconfig(path, 'kind: Config\n');
    expect(existsSync(path)).toBe(true);
  });

  test('keeps what somebody else wrote', () => {
    const path = join(folder, 'config');
    writeFileSync(path, 'the one way to production\n');
    const kept = writeKubeconfig(path, 'kind: Config\n') as string;
    expect(kept).toBe(`${path}.before-kubedrill`);
    expect(readFileSync(kept, 'utf8')).toBe('the one way to production\n');
    expect(modeOf(path)).toBe(0o600);
  });

  test('keeps what was kept before, too', () => {
    const path = join(folder, 'config');
    writeFileSync(`${path}.before-kubedrill`, 'the first');
    writeFileSync(path, 'the second');
    expect(writeKubeconfig(path, 'kind: Config\n')).toBe(`${path}.before-kubedrill.1`);
    expect(readFileSync(`${path}.before-kubedrill`, 'utf8')).toBe('the first');
  });

  test('says what to do about a place that does not exist, and about a directory', () => {
    const missing = join(folder, 'none', 'config');
    expect(() => writeKubeconfig(missing, '')).toThrow(
      `The kubeconfig ${missing} cannot be written: there is no directory ${join(folder, 'none')}; make it first, or choose another place.`,
    );
    expect(() => writeKubeconfig(folder, '')).toThrow(`name a file in it, such as ${folder}/kubedrill.kubeconfig.`);
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
