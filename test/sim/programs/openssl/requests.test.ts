import { spawnSync } from 'node:child_process';
import { checkPrimeSync, createPublicKey, sign, verify } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { PRIMES } from '../../../../src/sim/client/pki/primes.js';
import { makeRsaKey } from '../../../../src/sim/client/pki/rsa.js';
import { createRandom } from '../../../../src/sim/kernel/random.js';
import type { Outcome } from '../machine.js';
import { TestNetwork } from '../machine.js';

/** OpenSSL 3.0.19 of Debian 12 and what it said, line after line in one folder; `RECORD=1` asks it anew. */
const FILE = new URL('./recorded-requests.json', import.meta.url);
const VERSION = 'OpenSSL 3.0.19 27 Jan 2026';

const ROOT = { uid: 0, gid: 0, groups: [] };
const EXTENSIONS = `
[v3]
basicConstraints = critical, CA:FALSE
keyUsage = critical, digitalSignature, keyEncipherment
extendedKeyUsage = serverAuth, clientAuth   # both
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
subjectAltName = @names
[names]
DNS.1 = web.default.svc
DNS.2 = web
IP.1 = 10.96.0.9
`;

const ROWS = `
genrsa abc
genrsa 100
genrsa 2048 more
genrsa -nope
genrsa -out
req -x509 -key ca.key -subj /CN=drill-ca -days 3650 -out ca.crt
x509 -in ca.crt -noout -text
req -new -key rsa.key -subj /CN=jane/O=dev/O=qa -out jane.csr
req -new -key rsa.key -subj /CN=jane/O=dev
req -new -key rsa.key -subj /C=DE/O=x\\/y/OU=z+CN=w/emailAddress=a@b.de
req -new -key rsa.key -subj /CN=web -addext subjectAltName=DNS:web,IP:10.0.0.1 -addext keyUsage=critical,digitalSignature -out web.csr
req -new -key rsa.key -subj /CN=t -text
req -in web.csr -noout -text
req -in jane.csr -noout -text
req -in jane.csr -noout -subject -verify
req -in jane.csr -text
req -in jane.csr -noout -pubkey
req -in jane.csr
req -noout -subject < jane.csr
req -new -key nokey -subj /CN=a
req -new -key text.txt -subj /CN=a
req -new -key rsa.key -subj CN=a
req -new -key rsa.key -subj /XX=a/CN=b
req -new -key rsa.key -subj /CN=a -out /nope/x
req -in rsa.key -noout -text
req -in nope.csr -noout
req -nope
x509 -req -in jane.csr -CA ca.crt -CAkey ca.key -set_serial 4660 -days 10 -out jane.crt
x509 -in jane.crt -noout -text
x509 -in jane.crt -noout -subject -issuer -serial
x509 -req -in web.csr -CA ca.crt -CAkey ca.key -set_serial 0x17 -copy_extensions copy -out web.crt
x509 -in web.crt -noout -text
x509 -req -in web.csr -CA ca.crt -CAkey ca.key -set_serial 1 -extfile ext.cnf -extensions v3 -out ext.crt
x509 -in ext.crt -noout -text
x509 -req -in jane.csr -signkey rsa.key -set_serial 9 -days 60 -out alone.crt
x509 -in alone.crt -noout -text
x509 -req -in web.csr -key rsa.key -set_serial 10 -copy_extensions copy -out own.crt
x509 -in own.crt -noout -text
verify -CAfile own.crt own.crt
x509 -req -in jane.csr -signkey nope.key
x509 -req -in nope.csr -CA ca.crt -CAkey ca.key
x509 -req -in jane.csr -CA nope.crt -CAkey ca.key
x509 -req -in jane.csr -CA ca.crt -CAkey nope.key
x509 -req -in jane.csr -CA ca.crt -CAkey rsa.key
x509 -req -in rsa.key -CA ca.crt -CAkey ca.key
verify -CAfile ca.crt jane.crt web.crt ext.crt
req -x509 -key rsa.key -subj /CN=self -days 5 -addext subjectAltName=DNS:self -out self.crt
x509 -in self.crt -noout -text
verify -CAfile self.crt self.crt
`
  .split('\n')
  .filter((line) => line !== '');

const pemOf = (name: string): string =>
  String(makeRsaKey(2048, createRandom(name))?.export({ type: 'pkcs8', format: 'pem' }));
const FILES: Readonly<Record<string, string>> = {
  'rsa.key': pemOf('rsa'),
  'ca.key': pemOf('ca'),
  'ext.cnf': EXTENSIONS,
  'text.txt': 'no key\n',
};

function record(): void {
  const version = spawnSync('openssl', ['version'], { encoding: 'utf8' }).stdout ?? '';
  if (!version.startsWith(VERSION)) throw new Error(`cannot record: no ${VERSION}`);
  const folder = mkdtempSync(join(tmpdir(), 'openssl-'));
  try {
    for (const [name, text] of Object.entries(FILES)) writeFileSync(join(folder, name), text);
    const rows = Object.fromEntries(
      ROWS.map((row) => {
        const [words = '', input] = row.split(' < ');
        const result = spawnSync('openssl', words.split(' '), {
          cwd: folder,
          encoding: 'utf8',
          input: input === undefined ? '' : readFileSync(join(folder, input)),
        });
        return [row, masked({ out: result.stdout, err: result.stderr, status: result.status ?? 255 })];
      }),
    );
    writeFileSync(FILE, `${JSON.stringify({ version: VERSION, rows }, null, 1)}\n`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Without what is another each time: threads, instants, numbers by chance, and signatures of certificates. */
function masked({ out, err, status }: Outcome): Outcome {
  const certificate = out.startsWith('Certificate:');
  const text = out
    .replace(/[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d \d{4} GMT/g, 'INSTANT')
    .replace(/(Serial Number:\n +)[0-9a-f:]{40,}/, '$1NUMBER');
  return {
    out: certificate ? text.replace(/(Signature Value:\n)[\s0-9a-f:]+$/, '$1') : text,
    err: err.replace(/^[0-9A-F]{12,16}:error:/gm, 'THREAD:error:'),
    status,
  };
}

if (process.env['RECORD']) record();
const recorded = JSON.parse(readFileSync(FILE, 'utf8')) as { readonly rows: Readonly<Record<string, Outcome>> };

describe('requests and authorities as OpenSSL has them', () => {
  let network: TestNetwork;
  const openssl = (words: string, stdin = '') =>
    network.run('host', 'root', ['openssl', ...words.split(' ')], { stdin });
  beforeAll(() => {
    network = new TestNetwork(['host'], (host) => {
      for (const [name, text] of Object.entries(FILES)) host.files.put(`/root/${name}`, Buffer.from(text));
    });
  });

  test.each(ROWS)('%s', (row) => {
    const [words = '', input] = row.split(' < ');
    const stdin = input === undefined ? '' : openssl(`req -in ${input}`).out;
    expect(masked(openssl(words, stdin))).toEqual(recorded.rows[row]);
  });

  test('genrsa keeps keys to itself, others each time', () => {
    expect(openssl('genrsa -out one.key')).toEqual({ out: '', err: '', status: 0 });
    openssl('genrsa -out two.key 2048');
    expect(openssl('genrsa').out).toMatch(/^-----BEGIN PRIVATE KEY-----\n[\w+/=\n]{1600,}-----END PRIVATE KEY-----\n$/);
    const publicOf = (name: string) => {
      openssl(`req -new -key ${name} -subj /CN=a -out a.csr`);
      return openssl('req -in a.csr -noout -pubkey').out;
    };
    expect(publicOf('one.key')).not.toBe(publicOf('two.key'));
    expect(network.host('host').files.stat('/root/one.key', ROOT).mode).toBe(0o600);
  });

  test('an authority counts its certificates in a file', () => {
    const sign = '-in jane.csr -CA ca.crt -CAkey ca.key -CAcreateserial -out s.crt';
    const serials = [1, 2].map(() => {
      openssl(`x509 -req ${sign}`);
      return BigInt(openssl('x509 -in s.crt -noout -serial').out.replace('serial=', '0x').trim());
    });
    expect(serials[1]).toBe((serials[0] as bigint) + 1n);
  });

  test('what cannot be made is refused, not made otherwise', () => {
    expect(openssl('req -x509 -newkey rsa:2048 -subj /CN=a').err).toMatch(/^req: a key with a pass phrase is not made/);
    expect(openssl('genrsa 2050').err).toMatch(/^genrsa: keys of 2050 bits are not made/);
  });
});

describe('RSA keys', () => {
  test.each(Object.keys(PRIMES).map((bits) => 2 * Number(bits)))('of %i bits sign', (bits) => {
    for (const seed of ['a', 'b']) {
      const key = makeRsaKey(bits, createRandom(seed));
      if (!key) throw new Error('no key');
      expect(key.asymmetricKeyDetails?.modulusLength).toBe(bits);
      const message = Buffer.from('message');
      expect(verify('sha256', message, createPublicKey(key), sign('sha256', message, key))).toBe(true);
    }
  });

  test('are products of primes', () => {
    for (let seed = 0; seed < 20; seed += 1) {
      const { p = '', q = '' } = makeRsaKey(512, createRandom(`${seed}`))?.export({ format: 'jwk' }) ?? {};
      for (const part of [p, q]) expect(checkPrimeSync(Buffer.from(part, 'base64url'))).toBe(true);
    }
  });
});
