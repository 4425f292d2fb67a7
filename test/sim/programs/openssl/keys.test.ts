import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Outcome } from '../machine.js';
import { TestNetwork } from '../machine.js';

/** Command lines of `openssl rsa` and `openssl pkey`; ` < FILE` gives a standard input. */
const ROWS = `
rsa -in rsa.key -noout
rsa -in rsa.key -noout -modulus
rsa -noout -modulus < rsa.key
rsa -in rsa.key -noout -check
rsa -in rsa.key -check
rsa -in rsa.key
rsa -in rsa.key -traditional
rsa -in rsa.key -pubout
rsa -in rsa.key -noout -text
rsa -in rsa.key -text -modulus -check -noout
rsa -pubin -in rsa.pub -noout -modulus
rsa -pubin -in rsa.pub -noout -text
rsa -in none.key -noout
rsa -in text.txt -noout
rsa -in curve.key -noout -modulus
rsa -in rsa.key -nope
rsa -in rsa.key more
pkey -in rsa.key -pubout
pkey -in rsa.key -noout -check
pkey -in rsa.key -check
pkey -in curve.key -pubout
pkey -in curve.key -noout -text
pkey -in curve.key -text
pkey -in none.key
pkey -in text.txt
pkey -in rsa.key -noout -modulus
pkey -pubin -in rsa.pub
`
  .split('\n')
  .filter((line) => line !== '');

/** OpenSSL 3.0.19 of Debian 12 and what it said; `RECORD=1` makes new keys and asks it anew. */
const FILE = new URL('./recorded-keys.json', import.meta.url);
const VERSION = 'OpenSSL 3.0.19 27 Jan 2026';

interface Recording {
  readonly version: string;
  readonly files: Readonly<Record<string, string>>;
  readonly rows: Readonly<Record<string, Outcome>>;
}

if (process.env['RECORD']) record();
const recorded = JSON.parse(readFileSync(FILE, 'utf8')) as Recording;

function record(): void {
  const folder = mkdtempSync(join(tmpdir(), 'openssl-'));
  const openssl = (line: string, input = '') =>
    spawnSync('openssl', line.split(' '), { cwd: folder, encoding: 'utf8', input });
  if (!openssl('version').stdout.startsWith(VERSION)) throw new Error(`cannot record: no ${VERSION}`);
  try {
    openssl('genrsa -out rsa.key 2048');
    openssl('rsa -in rsa.key -pubout -out rsa.pub');
    openssl('genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out curve.key');
    writeFileSync(join(folder, 'text.txt'), 'no key\n');
    const names = ['rsa.key', 'rsa.pub', 'curve.key', 'text.txt'];
    const files = Object.fromEntries(names.map((name) => [name, readFileSync(join(folder, name), 'utf8')]));
    const rows = Object.fromEntries(
      ROWS.map((row) => {
        const [words = '', input] = row.split(' < ');
        const { stdout, stderr, status } = openssl(words, input && files[input]);
        return [row, masked({ out: stdout, err: stderr, status: status ?? 255 })];
      }),
    );
    writeFileSync(FILE, `${JSON.stringify({ version: VERSION, files, rows }, null, 1)}\n`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The number of the thread that begins a line of the error queue is never the same. */
function masked({ out, err, status }: Outcome): Outcome {
  return { out, err: err.replace(/^[0-9A-F]{12,16}:error:/gm, 'THREAD:error:'), status };
}

describe('openssl rsa and pkey', () => {
  const network = new TestNetwork(['host'], (host) => {
    for (const [name, text] of Object.entries(recorded.files)) host.files.put(`/root/${name}`, Buffer.from(text));
  });

  test.each(ROWS)('%s', (row) => {
    const [words = '', input] = row.split(' < ');
    const stdin = input === undefined ? '' : (recorded.files[input] ?? '');
    const ours = network.run('host', 'root', ['openssl', ...words.split(' ')], { stdin });
    expect(masked(ours)).toEqual(recorded.rows[row]);
  });
});
