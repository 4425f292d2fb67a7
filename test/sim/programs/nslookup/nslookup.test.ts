import { beforeAll, expect, test } from 'vitest';
import type { TestNetwork } from '../machine.js';
import { twoMachines } from '../two-machines.js';

let network: TestNetwork;
beforeAll(() => {
  network = twoMachines();
});

const APPLET = 'Server:\t\t192.168.1.10\nAddress:\t192.168.1.10:53\n\n';
const BIND = 'Server:\t\t192.168.1.10\nAddress:\t192.168.1.10#53\n\n';
const cannot = (name: string, code = 'NXDOMAIN') => `** server can't find ${name}: ${code}\n\n`;

/** Recorded from busybox 1.35 and 1.37 against a name server with the same names. */
const applet: [string, number, string][] = [
  [
    'web',
    1,
    `${APPLET}Name:\tweb.default.svc.cluster.local\nAddress: 10.96.3.4\n\n${cannot('web.svc.cluster.local')}${cannot('web.cluster.local')}\n${cannot('web.svc.cluster.local')}${cannot('web.cluster.local')}`,
  ],
  ['web.default', 1, `${APPLET}${cannot('web.default').repeat(2)}`],
  ['web.default.svc.cluster.local', 0, `${APPLET}Name:\tweb.default.svc.cluster.local\nAddress: 10.96.3.4\n\n\n`],
  [
    'one.example.com',
    0,
    `${APPLET}Name:\tone.example.com\nAddress: 1.2.3.4\nName:\tone.example.com\nAddress: 1.2.3.5\n\nName:\tone.example.com\nAddress: 2001:db8::1\n\n`,
  ],
  [
    '-type=a alias.example.com',
    0,
    `${APPLET}alias.example.com\tcanonical name = one.example.com\nName:\tone.example.com\nAddress: 1.2.3.4\nName:\tone.example.com\nAddress: 1.2.3.5\n\n`,
  ],
  ['refuse.x.', 1, `${APPLET}${cannot('refuse.x.', 'REFUSED').repeat(2)}`],
  ['10.96.3.4', 0, `${APPLET}4.3.96.10.in-addr.arpa\tname = web.default.svc.cluster.local\n\n`],
  ['10.9.9.9', 1, `${APPLET}${cannot('9.9.9.10.in-addr.arpa')}`],
  ['-type=srv one.example.com', 0, `${APPLET}\n`],
];

test.each(applet)('busybox: nslookup %s', (line, status, out) => {
  expect(network.run('pod', 'root', ['/bin/nslookup', ...line.split(' ')])).toEqual({ out, err: '', status });
});

test('busybox: a port nobody listens on refuses the second packet', () => {
  expect(network.run('pod', 'root', ['/bin/nslookup', 'web.x', '192.168.1.11'])).toEqual({
    out: ';; connection timed out; no servers could be reached\n\n',
    err: "nslookup: write to '192.168.1.11': Connection refused\n",
    status: 1,
  });
});

test('busybox: a server that is silent is waited for five seconds', () => {
  const began = network.kernel.now();
  const { out, status } = network.run('pod', 'root', ['/bin/nslookup', 'web.x', '10.200.0.1']);
  expect({ out, status }).toEqual({ out: ';; connection timed out; no servers could be reached\n\n', status: 1 });
  expect(Math.floor((network.kernel.now() - began) / 1_000_000)).toBe(5);
});

test('busybox: the server is looked up first', () => {
  const { err, status } = network.run('pod', 'root', ['/bin/nslookup', 'web', 'nosuch.invalid']);
  expect({ err, status }).toEqual({ err: "nslookup: bad address 'nosuch.invalid'\n", status: 1 });
});

/** Recorded from bind9-dnsutils 9.18.49. */
const bind: [string, number, string][] = [
  ['web', 0, `${BIND}Name:\tweb.default.svc.cluster.local\nAddress: 10.96.3.4\n\n`],
  ['web.default', 0, `${BIND}Name:\tweb.default.svc.cluster.local\nAddress: 10.96.3.4\n\n`],
  ['nope', 1, `${BIND}${cannot('nope')}`],
  [
    'alias.example.com',
    0,
    `${BIND}alias.example.com\tcanonical name = one.example.com.\nName:\tone.example.com\nAddress: 1.2.3.4\nName:\tone.example.com\nAddress: 1.2.3.5\nName:\tone.example.com\nAddress: 2001:db8::1\n\n`,
  ],
  ['fail.x.', 1, `;; Got SERVFAIL reply from 192.168.1.10\n${BIND}${cannot('fail.x', 'SERVFAIL')}`],
  ['refuse.x.', 1, `${BIND}${cannot('refuse.x', 'REFUSED')}`],
  ['10.96.3.4', 0, '4.3.96.10.in-addr.arpa\tname = web.default.svc.cluster.local.\n\n'],
  ['10.9.9.9', 1, cannot('9.9.9.10.in-addr.arpa')],
  ['-type=srv one.example.com', 0, `${BIND}*** Can't find one.example.com: No answer\n\n`],
  [
    'web 192.168.1.11',
    1,
    `${';; communications error to 192.168.1.11#53: connection refused\n'.repeat(3)};; no servers could be reached\n\n`,
  ],
];

test.each(bind)('bind: nslookup %s', (line, status, out) => {
  expect(network.run('host', 'root', ['/usr/bin/nslookup', ...line.split(' ')])).toEqual({ out, err: '', status });
});
