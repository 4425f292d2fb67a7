import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Outcome } from '../machine.js';
import { TestNetwork } from '../machine.js';
import { makeFixtures } from './certificates.js';
import { ROWS } from './rows.js';

/** OpenSSL 3.0.19 of Debian 12 and what it said; `RECORD=1` makes new certificates and asks it anew. */
const FILE = new URL('./recorded.json', import.meta.url);
const VERSION = 'OpenSSL 3.0.19 27 Jan 2026';

interface Recording {
  readonly version: string;
  /** When, in milliseconds since the Unix epoch: certificates count from then on. */
  readonly at: number;
  /** Files as base64. */
  readonly files: Readonly<Record<string, string>>;
  readonly rows: Readonly<Record<string, Outcome>>;
}

if (process.env['RECORD']) record();
const recorded = JSON.parse(readFileSync(FILE, 'utf8')) as Recording;

function record(): void {
  const version = spawnSync('openssl', ['version'], { encoding: 'utf8' }).stdout ?? '';
  if (!version.startsWith(VERSION)) throw new Error(`cannot record: no ${VERSION}`);
  const folder = mkdtempSync(join(tmpdir(), 'openssl-'));
  try {
    const files = makeFixtures(folder);
    const rows = Object.fromEntries(ROWS.map((row) => [row, runReal(row, folder)]));
    writeFileSync(FILE, `${JSON.stringify({ version: VERSION, at: Date.now(), files, rows }, null, 1)}\n`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function runReal(row: string, folder: string): Outcome {
  const [words = '', input] = row.split(' < ');
  const result = spawnSync('openssl', words.split(' '), {
    cwd: folder,
    encoding: 'utf8',
    input: input === undefined ? '' : readFileSync(join(folder, input)),
    env: { PATH: process.env['PATH'] ?? '', SSL_CERT_FILE: '/nope', SSL_CERT_DIR: '/nope' },
  });
  return masked({ out: result.stdout, err: result.stderr, status: result.status ?? 255 });
}

/** The number of the thread that begins a line of the error queue is never the same. */
function masked({ out, err, status }: Outcome): Outcome {
  return { out, err: err.replace(/^[0-9A-F]{12,16}:error:/gm, 'THREAD:error:'), status };
}

describe('openssl', () => {
  let network: TestNetwork;
  beforeAll(() => {
    network = new TestNetwork(['host'], (host) => {
      for (const [name, base64] of Object.entries(recorded.files))
        host.files.put(`/root/${name}`, Buffer.from(base64, 'base64'));
    });
    network.kernel.sleepThrough(recorded.at * 1000 - network.kernel.now());
  });

  test.each(ROWS)('%s', (row) => {
    const [words = '', input] = row.split(' < ');
    const stdin = input === undefined ? '' : Buffer.from(recorded.files[input] ?? '', 'base64').toString('utf8');
    const ours = network.run('host', 'root', ['openssl', ...words.split(' ')], { stdin });
    expect(masked(ours)).toEqual(recorded.rows[row]);
  });

  test('what -out wrote is what was read', () => {
    network.run('host', 'root', ['openssl', 'x509', '-in', 'leaf.der', '-out', 'again.crt']);
    expect(network.run('host', 'root', ['openssl', 'x509', '-in', 'again.crt'])).toEqual(
      recorded.rows['x509 -in leaf.crt'],
    );
  });

  test('options that are absent are refused, not taken for digests', () => {
    const { err, status } = network.run('host', 'root', ['openssl', 'x509', '-in', 'leaf.crt', '-purpose']);
    expect(err).toMatch(/^x509: -purpose is not at hand/);
    expect(status).toBe(1);
  });

  test('rand gives as many bytes as are asked for, others each time', () => {
    const once = network.run('host', 'root', ['openssl', 'rand', '-hex', '32']).out;
    expect(once).toMatch(/^[0-9a-f]{64}\n$/);
    expect(network.run('host', 'root', ['openssl', 'rand', '-hex', '32']).out).not.toBe(once);
    expect(network.run('host', 'root', ['openssl', 'rand', '-base64', '60']).out).toMatch(/^[\w+/]{64}\n[\w+/]{16}\n$/);
  });
});
