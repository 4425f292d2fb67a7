import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { hashPassword, type PasswordWay } from '../../../../src/sim/programs/openssl/password-hash.js';
import { type Outcome, TestNetwork } from '../machine.js';

/** Command lines of `openssl passwd`; ` < TEXT` gives a standard input, `|` ends its lines. */
const ROWS = `
passwd -1 -salt abcdefgh hello
passwd -apr1 -salt abcdefgh hello
passwd -5 -salt abcdefgh hello
passwd -6 -salt abcdefgh hello
passwd -aixmd5 -salt abcdefgh hello
passwd -salt abcdefgh hello
passwd -apr1 -salt toolongsalt hello
passwd -6 -salt 12345678901234567890 hello
passwd -6 -salt rounds=10$abc hello
passwd -5 -salt rounds=6000$abc hello
passwd -6 -salt rounds=abc hello
passwd -6 -salt a$b hello
passwd -1 -salt a$b hello
passwd -1 -salt ab one two
passwd -6 -salt ab -table one two
passwd -1 -salt ab -table -reverse one two
passwd -5 -salt ab -stdin < one|two|
passwd -1 -salt ab -stdin -table < one||last
passwd -1 -salt ab -stdin < 
passwd -1 -6 hello
passwd -nope hello
passwd -salt
passwd -in /nope/none -1
passwd -stdin -in /nope/none
passwd -quiet -apr1 -salt ab sehr-lang-und-mit-Umlauten-äöü-0123456789-0123456789-0123456789-0123456789-0123456789
`
  .split('\n')
  .filter((line) => line !== '');

/** OpenSSL 3.0.19 of Debian 12 and what it said; `RECORD=1` asks it anew. */
const FILE = new URL('./recorded-passwords.json', import.meta.url);
const VERSION = 'OpenSSL 3.0.19 27 Jan 2026';

interface Recording {
  readonly version: string;
  readonly rows: Readonly<Record<string, Outcome>>;
  /** Of drawn passwords and salts. */
  readonly hashes: readonly (readonly [way: PasswordWay, password: string, salt: string, hash: string])[];
}

if (process.env['RECORD']) record();
const recorded = JSON.parse(readFileSync(FILE, 'utf8')) as Recording;

function split(row: string): [words: string[], input: string] {
  const [words = '', input = ''] = row.split(' < ');
  return [words.split(' '), input.replaceAll('|', '\n')];
}

function record(): void {
  const openssl = (words: readonly string[], input: string) => spawnSync('openssl', words, { encoding: 'utf8', input });
  if (!openssl(['version'], '').stdout.startsWith(VERSION)) throw new Error(`cannot record: no ${VERSION}`);
  const rows = ROWS.map((row): [string, Outcome] => {
    const { stdout, stderr, status } = openssl(...split(row));
    return [row, masked({ out: stdout, err: stderr, status: status ?? 255 })];
  });
  const hashes = (['1', 'apr1', 'aixmd5', '5', '6'] as const).flatMap((way) =>
    Array.from({ length: 40 }, (_, index) => {
      const password = 'Kubernetes-ist-ein-Steuermann-und-kein-Kapitän. '
        .repeat(4)
        .slice(index % 7, (index % 7) + 1 + index * 4);
      const salt = 'zYx./0123456789AB'.slice(index % 5, (index % 5) + 1 + (index % 12));
      return [way, password, salt, openssl(['passwd', `-${way}`, '-salt', salt, password], '').stdout.trim()] as const;
    }),
  );
  writeFileSync(FILE, `${JSON.stringify({ version: VERSION, rows: Object.fromEntries(rows), hashes }, null, 1)}\n`);
}

/** The number of the thread that begins a line of the error queue is never the same. */
function masked({ out, err, status }: Outcome): Outcome {
  return { out, err: err.replace(/^[0-9A-F]{12,16}:error:/gm, 'THREAD:error:'), status };
}

describe('openssl passwd', () => {
  const network = new TestNetwork(['host']);

  test.each(ROWS)('%s', (row) => {
    const [words, stdin] = split(row);
    expect(masked(network.run('host', 'root', ['openssl', ...words], { stdin }))).toEqual(recorded.rows[row]);
  });

  test('drawn passwords and salts are hashed as the real one does', () => {
    const whole = (steps: ReturnType<typeof hashPassword>): string | undefined => {
      for (;;) {
        const step = steps.next();
        if (step.done) return step.value;
      }
    };
    for (const [way, password, salt, hash] of recorded.hashes)
      expect([way, password, salt, whole(hashPassword(way, Buffer.from(password), salt, () => true))]).toEqual([
        way,
        password,
        salt,
        hash,
      ]);
  });

  test('without a salt one is drawn', () => {
    const run = () => network.run('host', 'root', ['openssl', 'passwd', '-6', 'hello']).out;
    const [one, other] = [run(), run()];
    expect(one).toMatch(/^\$6\$[./0-9A-Za-z]{16}\$[./0-9A-Za-z]{86}\n$/);
    expect(one).not.toBe(other);
  });
});
