import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { Authority } from '../../../../src/sim/client/pki/authority.js';
import type { ServerTls } from '../../../../src/sim/kernel/network.js';
import type { Outcome, TestNetwork } from '../machine.js';
import { listen, twoMachines } from '../two-machines.js';
import { EXTENSIONS, MAKING, ROWS, SERVERS } from './s-client-rows.js';

/** OpenSSL 3.0.19 of Debian 12 at servers of its own; `RECORD=1` asks it anew. */
const FILE = new URL('./recorded-s-client.json', import.meta.url);
const VERSION = 'OpenSSL 3.0.19 27 Jan 2026';
const FIRST_PORT = 44_300;

interface Recording {
  readonly version: string;
  readonly at: number;
  readonly files: Readonly<Record<string, string>>;
  readonly rows: readonly (readonly [row: string, said: Outcome])[];
}

function lineOf(row: string): string[] {
  const [server = '', ...options] = row.split(' ');
  return ['s_client', '-connect', `127.0.0.1:${portOf(server)}`, ...options];
}

function portOf(server: string): number {
  return FIRST_PORT + Object.keys(SERVERS).indexOf(server);
}

async function record(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'openssl-'));
  const env = { PATH: process.env['PATH'] ?? '', SSL_CERT_FILE: '/nope', SSL_CERT_DIR: '/nope' };
  const openssl = (words: readonly string[]) =>
    spawnSync('openssl', words, { cwd: folder, encoding: 'utf8', input: '', env, timeout: 10_000 });
  const read = (name: string) => readFileSync(join(folder, name), 'utf8');
  const servers: { kill(): boolean }[] = [];
  try {
    if (!openssl(['version']).stdout.startsWith(VERSION)) throw new Error(`cannot record: no ${VERSION}`);
    writeFileSync(join(folder, 'x.cnf'), EXTENSIONS);
    writeFileSync(join(folder, 'none.txt'), 'no certificate\n');
    for (const row of MAKING) if (openssl(row.split(' ')).status !== 0) throw new Error(row);
    for (const [name, { files, key }] of Object.entries(SERVERS)) {
      const [leaf = '', ...more] = files;
      writeFileSync(join(folder, `${name}.pem`), more.map(read).join(''));
      const chain = more.length > 0 ? ['-cert_chain', `${name}.pem`] : [];
      const words = ['s_server', '-accept', `127.0.0.1:${portOf(name)}`, '-cert', leaf, '-key', key, ...chain];
      servers.push(spawn('openssl', [...words, '-no_ticket', '-www'], { cwd: folder, env, stdio: 'ignore' }));
    }
    await new Promise((resolve) => setTimeout(resolve, 1000));
    const rows = ROWS.map((row) => {
      const { stdout, stderr, status } = openssl(lineOf(row));
      return [row, masked({ out: stdout, err: stderr, status: status ?? 255 })];
    });
    const files = Object.fromEntries(readdirSync(folder).map((name) => [name, read(name)]));
    writeFileSync(FILE, `${JSON.stringify({ version: VERSION, at: Date.now(), files, rows }, null, 1)}\n`);
  } finally {
    for (const server of servers) server.kill();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Without threads' numbers, and what a session is known by. A server of OpenSSL sends tickets when it likes. */
function masked({ out, err, status }: Outcome): Outcome {
  return {
    out: out.replace(/---\nPost-Handshake [\s\S]*?read R BLOCK\n/g, ''),
    err: err.replace(/^[0-9A-F]{12,16}:error:/gm, 'THREAD:error:'),
    status,
  };
}

if (process.env['RECORD']) await record();
const recorded = JSON.parse(readFileSync(FILE, 'utf8')) as Recording;

describe('openssl s_client', () => {
  let network: TestNetwork;
  const openssl = (words: readonly string[], stdin = '') =>
    network.run('host', 'root', ['openssl', ...words], { stdin, span: 400_000_000 });
  const authority = new Authority('one', 'ca', { commonName: 'kubernetes' }, recorded.at * 1000);
  const names = { dnsNames: ['host'], addresses: ['127.0.0.1'] };
  const leaf = authority.issue({ name: 'web', subject: { commonName: 'web' }, usages: ['server', 'client'], ...names });

  beforeAll(() => {
    network = twoMachines('nameserver 192.168.1.10\n');
    const { files } = network.host('host');
    for (const [name, text] of Object.entries(recorded.files)) files.put(`/root/${name}`, Buffer.from(text));
    files.put('/root/kubernetes.crt', authority.self.certificate());
    files.put('/root/own.crt', leaf.certificate());
    files.put('/root/own.key', leaf.privateKey());
    for (const [name, { files: shown, key }] of Object.entries(SERVERS)) {
      const text = (of: string) => recorded.files[of] ?? '';
      const tls: ServerTls = { certificate: () => shown.map(text).join(''), key: () => text(key), library: 'openssl' };
      listen(network, 'host', { port: portOf(name), application: 'http', tls });
    }
    const go = { certificate: leaf.certificate, key: leaf.privateKey };
    const handler = function* () {
      return { kind: 'http-response' as const, status: 200, headers: {}, body: Buffer.from('hi\n') };
    };
    listen(network, 'host', { port: 443, application: 'http', tls: go, handler });
    const strict: ServerTls = { ...go, clientAuthorities: () => authority.self.certificate(), clientRequired: true };
    listen(network, 'host', { port: 2379, application: 'etcd', tls: strict, handler });
    listen(network, 'host', { port: 6443, application: 'http', tls: { ...go, oldest: 'TLSv1.3' }, handler });
    listen(network, 'host', { port: 80, application: 'http', handler });
    network.kernel.sleepThrough(recorded.at * 1000 - network.kernel.now());
  });

  test.each(recorded.rows)('%s', (row, said) => {
    expect(masked(openssl(lineOf(row)))).toEqual(said);
  });

  test('what a server shows is a certificate that other commands read', () => {
    const shown = openssl(['s_client', '-connect', 'host:443']).out;
    expect(openssl(['x509', '-noout', '-subject', '-issuer'], shown).out).toBe(
      'subject=CN = web\nissuer=CN = kubernetes\n',
    );
    expect(shown).toContain('\nNew, TLSv1.3, Cipher is TLS_AES_128_GCM_SHA256\n');
    expect(shown).toContain('\nPost-Handshake New Session Ticket arrived:\n');
  });

  /** Words of OpenSSL 3.0.19 at a server of Go 1.26. */
  test.each([
    [
      'host:443',
      '-quiet',
      'GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n',
      0,
      /^HTTP\/1\.1 200 OK\r\n[\s\S]*hi\n$/,
      /verify return:1\n$/,
    ],
    ['host:443', '-ign_eof', 'Q\n', 0, /\nread R BLOCK\n.*closed\n$/s, /verify return:1\n$/],
    ['host:443', '-CAfile kubernetes.crt', 'Q\n', 0, /Verify return code: 0 \(ok\)/, /DONE\n$/],
    ['host:443', '-alpn h2,http/1.1', '', 0, /\nALPN protocol: h2\n/, /DONE\n$/],
    [
      'host:2379',
      '-CAfile kubernetes.crt',
      '',
      0,
      /\nAcceptable client certificate CA names\nCN = kubernetes\nRequested Signature Algorithms: RSA-PSS/,
      /DONE\n$/,
    ],
    [
      'host:2379',
      '-CAfile kubernetes.crt',
      'x\n',
      1,
      /Verification: OK/,
      /0A00045C:SSL routines:ssl3_read_bytes:tlsv13 alert certificate required:.*:SSL alert number 116\n$/,
    ],
    ['host:2379', '-cert own.crt -key own.key', 'x\n', 0, /closed\n$/, /verify return:1\n$/],
    [
      'host:2379',
      '-cert leaf.crt -key leaf.key',
      'x\n',
      1,
      /Verification error/,
      /tlsv1 alert unknown ca:.*:SSL alert number 48\n$/,
    ],
    [
      'host:2379',
      '-cert own.crt -key leaf.key',
      '',
      1,
      /^$/,
      /^Private key does not match the certificate public key\n/,
    ],
    [
      'host:6443',
      '-tls1_2',
      '',
      1,
      /\nNew, \(NONE\), Cipher is \(NONE\)\n/,
      /tlsv1 alert protocol version:.*:SSL alert number 70\n$/,
    ],
    ['host:6443', '', '', 0, /New, TLSv1\.3/, /DONE\n$/],
    [
      'host:80',
      '',
      '',
      1,
      /\nSSL handshake has read 5 bytes and written 297 bytes\nVerification: OK\n/,
      /^\w+:error:0A00010B:SSL routines:ssl3_get_record:wrong version number:\.\.\/ssl\/record\/ssl3_record\.c:350:\n$/,
    ],
    [
      'host:81',
      '',
      '',
      1,
      /^$/,
      /^\w+:error:8000006F:system library:BIO_connect:Connection refused:\.\.\/crypto\/bio\/bio_sock2\.c:117:calling connect\(\)\n\w+:error:10000067:BIO routines:BIO_connect:connect error:\.\.\/crypto\/bio\/bio_sock2\.c:119:\nconnect:errno=111\n$/,
    ],
    [
      'nope.example:443',
      '',
      '',
      1,
      /^$/,
      /^\w+:error:10080002:BIO routines:BIO_lookup_ex:system lib:\.\.\/crypto\/bio\/bio_addr\.c:746:Name or service not known\nconnect:errno=0\n$/,
    ],
    ['host:abc', '', '', 1, /^$/, /Servname not supported for ai_socktype\nconnect:errno=0\n$/],
  ] as const)('%s %s with %j', (place, options, stdin, status, out, err) => {
    const words = ['s_client', '-connect', place, ...options.split(' ').filter((word) => word !== '')];
    const said = openssl(words, stdin);
    expect(said.out).toMatch(out);
    expect(said.err).toMatch(err);
    expect(said.status).toBe(status);
  });
});
