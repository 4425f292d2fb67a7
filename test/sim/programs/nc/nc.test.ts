import { beforeAll, expect, test } from 'vitest';
import { startProcess } from '../../../../src/sim/kernel/boot.js';
import type { TestNetwork } from '../machine.js';
import { listen, twoMachines } from '../two-machines.js';

let network: TestNetwork;
beforeAll(() => {
  network = twoMachines('nameserver 192.168.1.10\n');
  listen(network, 'host', { port: 8765, application: 'raw' });
  listen(network, 'host', {
    port: 80,
    application: 'http',
    *handler(message) {
      const target = message.kind === 'http' ? message.target : '';
      const body = Buffer.from(`you asked for ${target}\n`);
      return { kind: 'http-response', status: 200, headers: { 'content-length': `${body.length}` }, body };
    },
  });
});

const secondsOf = (run: () => unknown): number => {
  const began = network.kernel.now();
  run();
  return Math.floor((network.kernel.now() - began) / 1_000_000);
};

/** Recorded from busybox 1.37 with NC_110_COMPAT, as Docker's and Alpine's busybox are built. */
const applet: [string, number, string][] = [
  ['-z -w 3 192.168.1.10 81', 1, ''],
  ['-zv -w 3 192.168.1.10 81', 1, ''],
  ['-zvv -w 3 192.168.1.10 81', 1, 'nc: 192.168.1.10 (192.168.1.10:81): Connection refused\nsent 0, rcvd 0\n'],
  ['-z nosuch.invalid 80', 1, "nc: bad address 'nosuch.invalid'\n"],
  ['-z 192.168.1.10 abc', 1, "nc: bad port 'abc'\n"],
  ['-z -v -w 3 host 8765', 0, 'host (192.168.1.10:8765) open\n'],
  ['-z host 8765', 0, ''],
  ['-z host 80', 0, ''],
  ['-zuv -w 1 192.168.1.10 53', 0, '192.168.1.10 (192.168.1.10:53) open\n'],
  ['-zuv -w 1 192.168.1.10 54', 1, ''],
  ['-z -v -w 2 10.200.0.1 80', 1, 'nc: 10.200.0.1 (10.200.0.1:80): Connection timed out\n'],
];

test.each(applet)('busybox: nc %s', (line, status, err) => {
  expect(network.run('pod', 'root', ['/bin/nc', ...line.split(' ')])).toEqual({ out: '', err, status });
});

/** Recorded from netcat-openbsd 1.219. */
const openbsd: [string, number, string][] = [
  ['-z 192.168.1.10 81', 1, ''],
  ['-zv -w 3 192.168.1.10 81', 1, 'nc: connect to 192.168.1.10 port 81 (tcp) failed: Connection refused\n'],
  ['-zv host 8765', 0, 'Connection to host (192.168.1.10) 8765 port [tcp/*] succeeded!\n'],
  ['-zv 192.168.1.10 80', 0, 'Connection to 192.168.1.10 80 port [tcp/http] succeeded!\n'],
  [
    '-zv 192.168.1.10 8764-8766',
    0,
    'nc: connect to 192.168.1.10 port 8764 (tcp) failed: Connection refused\nConnection to 192.168.1.10 8765 port [tcp/*] succeeded!\nnc: connect to 192.168.1.10 port 8766 (tcp) failed: Connection refused\n',
  ],
  ['-zv nosuch.invalid 80', 1, 'nc: getaddrinfo for host "nosuch.invalid" port 80: Name or service not known\n'],
  ['-zv -w 2 10.200.0.1 80', 1, 'nc: connect to 10.200.0.1 port 80 (tcp) timed out: Operation now in progress\n'],
  ['-z 192.168.1.10', 1, 'nc: missing port number\n'],
];

test.each(openbsd)('openbsd: nc %s', (line, status, err) => {
  expect(network.run('host', 'root', ['/usr/bin/nc', ...line.split(' ')])).toEqual({ out: '', err, status });
});

test('-w bounds the wait for a host that does not answer', () => {
  expect(secondsOf(() => network.run('pod', 'root', ['/bin/nc', '-z', '-w', '3', '10.200.0.1', '80']))).toBe(3);
  expect(secondsOf(() => network.run('host', 'root', ['nc', '-z', '-w', '4', '10.200.0.1', '80']))).toBe(4);
});

test('a web server answers a request typed by hand', () => {
  const { out } = network.run('pod', 'root', ['/bin/nc', 'host', '80'], { stdin: 'GET /x HTTP/1.0\r\n\r\n' });
  expect(out).toBe('HTTP/1.1 200 OK\r\nContent-Length: 17\r\n\r\nyou asked for /x\n');
});

test('a listener and a client carry bytes both ways', () => {
  let heard = '';
  startProcess(
    network.host('host').kernel,
    function* server(sys) {
      const [input, output] = [sys.pipe(), sys.pipe()];
      yield* sys.write(input.write, 'welcome\n');
      sys.spawn('/usr/bin/nc', ['nc', '-N', '-l', '9000'], {
        descriptors: new Map([
          [0, input.read],
          [1, output.write],
          [2, output.write],
        ]),
      });
      sys.close(output.write);
      sys.close(input.write);
      for (;;) {
        const bytes = yield* sys.read(output.read);
        if (bytes.length === 0) return 0;
        heard += Buffer.from(bytes).toString();
      }
    },
    ['server'],
  );
  network.kernel.advance(10_000);
  const { out, status } = network.run('pod', 'root', ['/bin/nc', 'host', '9000'], { stdin: 'hello\n' });
  expect({ out, status, heard }).toEqual({ out: 'welcome\n', status: 0, heard: 'hello\n' });
  expect(network.run('pod', 'root', ['/bin/nc', '-z', 'host', '9000']).status).toBe(1);
});

test('busybox: -e gives a connection to a program', () => {
  startProcess(
    network.host('pod').kernel,
    function* server(sys) {
      sys.spawn('/bin/nc', ['/bin/nc', '-l', '-p', '9001', '-e', '/usr/bin/say', 'who', 'is', 'there']);
      yield* sys.wait('any');
      return 0;
    },
    ['server'],
  );
  network.kernel.advance(10_000);
  expect(network.run('host', 'root', ['nc', '192.168.1.11', '9001']).out).toBe('who is there\n');
});
