import { spawnSync } from 'node:child_process';
import { createPublicKey, verify } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Outcome } from '../machine.js';
import { TestNetwork } from '../machine.js';
import { FILES, MAKING, ROWS } from './commands-rows.js';

/** OpenSSL 3.0.19 of Debian 12 and what it said, line after line in one folder; `RECORD=1` asks it anew. */
const FILE = new URL('./recorded-commands.json', import.meta.url);
const VERSION = 'OpenSSL 3.0.19 27 Jan 2026';

interface Recording {
  readonly version: string;
  /** When, in milliseconds since the Unix epoch: certificates count from then on. */
  readonly at: number;
  /** What the first lines made, as base64. */
  readonly files: Readonly<Record<string, string>>;
  readonly rows: readonly (readonly [row: string, said: Outcome])[];
}

function record(): void {
  const folder = mkdtempSync(join(tmpdir(), 'openssl-'));
  const said = (row: string): Outcome => {
    const [words = '', input] = row.split(' < ');
    const { stdout, stderr, status } = spawnSync('openssl', words.split(' '), {
      cwd: folder,
      encoding: 'utf8',
      input: input === undefined ? '' : readFileSync(join(folder, input)),
      env: { PATH: process.env['PATH'] ?? '', SSL_CERT_FILE: '/nope', SSL_CERT_DIR: '/nope' },
    });
    return masked(row, { out: stdout, err: stderr, status: status ?? 255 });
  };
  try {
    if (!said('version').out.startsWith(VERSION)) throw new Error(`cannot record: no ${VERSION}`);
    for (const [name, text] of Object.entries(FILES)) writeFileSync(join(folder, name), text);
    for (const row of MAKING) if (said(row).status !== 0) throw new Error(`${row}: ${said(row).err}`);
    const chain = ['web.crt', 'int.crt'].map((name) => readFileSync(join(folder, name), 'utf8'));
    writeFileSync(join(folder, 'chain.crt'), chain.join(''));
    const files = Object.fromEntries(
      readdirSync(folder).map((name) => [name, readFileSync(join(folder, name)).toString('base64')]),
    );
    const rows = ROWS.map((row) => [row, said(row)]);
    writeFileSync(FILE, `${JSON.stringify({ version: VERSION, at: Date.now(), files, rows }, null, 1)}\n`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Without what is another each time: threads, instants, new keys and what they sign, and how primes are looked for. */
function masked(row: string, { out, err, status }: Outcome): Outcome {
  const isNew = /genpkey|-genkey/.test(row);
  const isSigned = /^(?:Certificate|Certificate Request):/.test(out) && !/rsaEncryption/.test(out);
  const text = out.replace(/[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d \d{4} GMT/g, 'INSTANT');
  const open = isNew ? text.replace(/(PRIVATE KEY-----\n)[\w+/=\n]+/g, '$1BODY\n') : text;
  return {
    out: isSigned || open.startsWith('Certificate:') ? open.replace(/(Signature Value:\n)[\s0-9a-f:]+$/, '$1') : open,
    err: err.replace(/^[0-9A-F]{12,16}:error:/gm, 'THREAD:error:').replace(/^[.+*]+\n/gm, ''),
    status,
  };
}

if (process.env['RECORD']) record();
const recorded = JSON.parse(readFileSync(FILE, 'utf8')) as Recording;

describe('openssl', () => {
  let network: TestNetwork;
  const openssl = (words: string, stdin = '') =>
    network.run('host', 'root', ['openssl', ...words.split(' ')], { stdin });
  const put = (name: string, text: string) => network.host('host').files.put(`/root/${name}`, Buffer.from(text));
  beforeAll(() => {
    network = new TestNetwork(['host'], (host) => {
      for (const [name, base64] of Object.entries(recorded.files))
        host.files.put(`/root/${name}`, Buffer.from(base64, 'base64'));
    });
    network.kernel.sleepThrough(recorded.at * 1000 - network.kernel.now());
  });

  test('what is recorded is what is asked', () => {
    expect(recorded.rows.map(([row]) => row)).toEqual(ROWS);
  });

  test.each(recorded.rows)('%s', (row, said) => {
    const [words = '', input] = row.split(' < ');
    const stdin = input === undefined ? '' : Buffer.from(recorded.files[input] ?? '', 'base64');
    expect(masked(row, openssl(words, stdin as string))).toEqual(said);
  });

  test.each([
    ['ec.key', 'sha256'],
    ['ec.key', 'sha512'],
    ['p384.key', 'sha384'],
    ['p521.key', 'sha512'],
    ['p521.key', 'sha1'],
    ['ca.key', 'sha512'],
  ])('a signature of %s over %s is good, and the same each time', (key, digest) => {
    const sign = () => openssl(`dgst -${digest} -sign ${key} -hex f.txt`).out;
    const [, hex = ''] = /= ([0-9a-f]+)\n$/.exec(sign()) ?? [];
    const open = createPublicKey(Buffer.from(recorded.files[key] ?? '', 'base64'));
    expect(verify(digest, Buffer.from('hello\n'), open, Buffer.from(hex, 'hex'))).toBe(true);
    expect(sign()).toContain(hex);
  });

  test.each(['EC -pkeyopt ec_paramgen_curve:P-521', 'ED25519', 'RSA -pkeyopt rsa_keygen_bits:3072'])(
    'a key of %s is another each time and makes requests',
    (kind) => {
      openssl(`genpkey -algorithm ${kind} -out one.key`);
      openssl(`genpkey -algorithm ${kind} -out two.key`);
      const open = ['one', 'two'].map((name) => openssl(`pkey -in ${name}.key -pubout`).out);
      expect(open[0]).not.toBe(open[1]);
      openssl('req -new -key one.key -subj /CN=a -out one.csr');
      expect(openssl('req -in one.csr -verify -noout').err).toBe('Certificate request self-signature verify OK\n');
      expect(openssl('req -in one.csr -noout -pubkey').out).toBe(open[0]);
    },
  );

  test('what is sealed under a password is opened by it, salted anew each time', () => {
    const seal = () => openssl('enc -aes-256-cbc -pbkdf2 -k secret -a -in f.txt').out;
    const [one, other] = [seal(), seal()];
    expect(one).not.toBe(other);
    put('sealed', one);
    expect(openssl('enc -d -aes-256-cbc -pbkdf2 -k secret -a -in sealed').out).toBe('hello\n');
  });

  test.each([
    ['aGVsbG8h\naGVsbG8=', '', 'hello!hello'],
    ['aGVsbG8h\n\naGVsbG8=\n', '', 'hello!hello'],
    ['aGVsbG8=', '', ''],
    ['aGVsbG8=', '-A', 'hello'],
    ['aGVsbG8\n', '', ''],
    ['aGVsbG8', '-A', 'hel'],
    ['!!\naGVsbG8=\n', '', 'hello'],
    ['aGVsbG8h\naGVs!!\n', '', ''],
    ['aGVsbG8hYQ==\naGVsbG8=\n', '', ''],
    [' aGVs bG8=\r\n', '', 'hello'],
    ['aGVs\nbG8=', '-A', ''],
    [`${'A'.repeat(1024)}\n`, '', ''],
    [`${`${'YWFh'.repeat(16)}\n`.repeat(30)}YWFh`, '', 'a'.repeat(1443)],
  ])('Base64 %j with %j is %j', (text, flag, said) => {
    expect(openssl(`base64 -d ${flag}`.trim(), text)).toEqual({ out: said, err: '', status: 0 });
  });
});
