import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { TestNetwork } from '../machine.js';

const BYTES_MAX = 65_536;
const HOME = '/home/candidate';
/** A key and what OpenSSH 9.2p1's `ssh-keygen -lv` says of it. */
const KNOWN = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIKCIzXk6d9IYqdOlI+GfmF8EPeAyeGykwm7JUIDLj++8 me@x\n';
const KNOWN_SAID = `256 SHA256:OhpHV/dhSIAve5tRDLfp6JT8/YCsDppQ6dI7CpKZmDk me@x (ED25519)
+--[ED25519 256]--+
|         ....    |
|        . ....   |
|         ..+ooo  |
|       .....=o . |
|      + S+ =  .  |
|.*   = o. B...   |
|E . + * .+ =o..  |
| o . *.= .+.. .. |
|    o.+. .o    ..|
+----[SHA256]-----+
`;

let network: TestNetwork;
const keygen = (...words: string[]) => network.run('node01', 'candidate', ['/usr/bin/ssh-keygen', ...words]);
const file = (path: string): string => {
  const opened = network.host('node01').files.open(path, { read: true }, 0, { uid: 0, gid: 0, groups: [] });
  return Buffer.from(opened.tryRead(BYTES_MAX) ?? []).toString('utf8');
};

beforeAll(() => {
  network = new TestNetwork(['node01']);
  network.host('node01').files.put(`${HOME}/known.pub`, KNOWN, { mode: 0o644 });
});

describe('a new key', () => {
  test.each([
    ['ed25519', [], /^ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI\S{43} me@there\n$/, /^\+--\[ED25519 256\]--\+$/m],
    ['ecdsa', [], /^ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTY\S+ me@there\n$/, /^\+---\[ECDSA 256\]---\+$/m],
    ['rsa', ['-b', '2048'], /^ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQ\S+ me@there\n$/, /^\+---\[RSA 2048\]----\+$/m],
  ])('%s', (type, more, publicHalf, picture) => {
    const path = `${HOME}/of-${type}`;
    const { out, err, status } = keygen('-t', type, ...more, '-N', '', '-C', 'me@there', '-f', path);
    expect({ err, status }).toEqual({ err: '', status: 0 });
    expect(out).toMatch(`Generating public/private ${type} key pair.\nYour identification has been saved in ${path}\n`);
    expect(out).toMatch(picture);
    expect(file(`${path}.pub`)).toMatch(publicHalf);
    expect(keygen('-y', '-f', path).out).toBe(file(`${path}.pub`));
    expect(out).toContain(/SHA256:\S+/.exec(keygen('-l', '-f', path).out)?.[0]);
  });

  test('the real ssh-keygen reads what ours wrote', (context) => {
    if (spawnSync('ssh-keygen', ['-?']).error) context.skip('no ssh-keygen on this computer');
    const folder = mkdtempSync(join(tmpdir(), 'kubedrill-keys-'));
    try {
      for (const type of ['ed25519', 'ecdsa', 'rsa']) {
        const here = join(folder, type);
        writeFileSync(here, file(`${HOME}/of-${type}`), { mode: 0o600 });
        const read = spawnSync('ssh-keygen', ['-y', '-f', here], { encoding: 'utf8' });
        expect(read.stdout).toBe(file(`${HOME}/of-${type}.pub`));
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

test("a key's fingerprint and picture are the real ones", () => {
  expect(keygen('-lv', '-f', `${HOME}/known.pub`)).toEqual({ out: KNOWN_SAID, err: '', status: 0 });
});

/** Words of OpenSSH 9.2p1. */
test.each([
  [['-t', 'foo', '-N', '', '-f', 'x'], 255, 'unknown key type foo\r\n'],
  [['-t', 'rsa', '-b', '512', '-N', '', '-f', 'x'], 255, 'Invalid RSA key length: minimum is 1024 bits\r\n'],
  [['-N', '', '-f', '/nodir/x'], 1, 'Saving key "/nodir/x" failed: No such file or directory\r\n'],
  [['-l', '-f', 'nothere'], 255, 'ssh-keygen: nothere: No such file or directory\r\n'],
  [['-l', '-f', '/etc/hostname'], 255, '/etc/hostname is not a public key file.\r\n'],
])('%j is refused', (words, status, err) => {
  expect(keygen(...words)).toMatchObject({ status, err });
});
