import { beforeAll, expect, test } from 'vitest';
import type { TestNetwork } from '../machine.js';
import { twoMachines } from '../two-machines.js';
import { serveWeb } from '../web-servers.js';

let network: TestNetwork;
beforeAll(() => {
  network = twoMachines('nameserver 192.168.1.10\n');
  serveWeb(network);
});

const BAR = (name: string) => `${name.padEnd(20)} 100% |${'*'.repeat(32)}|     3  0:00:00 ETA\n`;
const TO = 'Connecting to host (192.168.1.10:80)\n';

/** Recorded from busybox 1.37. */
const applet: [string, number, string, string][] = [
  ['-O- http://host/', 0, 'hi\n', `${TO}writing to stdout\n${BAR('-')}written to stdout\n`],
  ['-qO- http://host/', 0, 'hi\n', ''],
  ['-qO- host', 0, 'hi\n', ''],
  ['-qO- http://host/moved', 0, 'hi\n', ''],
  ['-O x http://host/', 0, '', `${TO}saving to 'x'\n${BAR('index.html')}'x' saved\n`],
  ['-O- http://host/nope', 1, '', `${TO}wget: server returned error: HTTP/1.1 404 Not Found\n`],
  ['-qO- http://host/nope', 1, '', 'wget: server returned error: HTTP/1.1 404 Not Found\n'],
  ['--spider http://host/', 0, '', `${TO}remote file exists\n`],
  ['-qO- http://nosuch.invalid/', 1, '', "wget: bad address 'nosuch.invalid'\n"],
  [
    '-O- http://host:81/',
    1,
    '',
    "Connecting to host:81 (192.168.1.10:81)\nwget: can't connect to remote host (192.168.1.10): Connection refused\n",
  ],
  ['-qO- -T 3 http://10.200.0.1/', 1, '', 'wget: download timed out\n'],
  ['-qO- -T 2 http://host/slow', 1, '', 'wget: download timed out\n'],
  ['-qO- --post-data a=1 --header X-Test:yes http://host/echo?q', 0, 'POST /echo?q host yes a=1\n', ''],
  ['-O- ftp2://x', 1, '', 'wget: not an http or ftp url: ftp2://x\n'],
];

test.each(applet)('busybox: wget %s', (line, status, out, err) => {
  expect(network.run('pod', 'root', ['/bin/wget', ...line.split(' ')])).toEqual({ out, err, status });
});

/** Recorded from GNU wget 1.21.3. */
const gnu: [string, number, string, RegExp][] = [
  ['-qO- http://host/', 0, 'hi\n', /^$/],
  ['-qO- http://host/nope', 8, '', /^$/],
  [
    '-O x http://192.168.1.10/nope',
    8,
    '',
    /^--[-\d]+ [:\d]+-- {2}http:\/\/192\.168\.1\.10\/nope\nConnecting to 192\.168\.1\.10:80\.\.\. connected\.\nHTTP request sent, awaiting response\.\.\. 404 Not Found\n[-\d]+ [:\d]+ ERROR 404: Not Found\.\n\n$/,
  ],
  [
    '-O- -t 1 http://192.168.1.10:81/',
    4,
    '',
    /^--.*\nConnecting to 192\.168\.1\.10:81\.\.\. failed: Connection refused\.\n$/,
  ],
  [
    '-O- http://nope.invalid/',
    4,
    '',
    /^--.*\nResolving nope\.invalid \(nope\.invalid\)\.\.\. failed: Name or service not known\.\nwget: unable to resolve host address ‘nope\.invalid’\n$/,
  ],
  [
    '-O x http://192.168.1.10/',
    0,
    '',
    /^--.*\n.*connected\.\n.*200 OK\nLength: 3 \[text\/html\]\nSaving to: ‘x’\n\n {5}0K {55}.*100%.*\n\n.* - ‘x’ saved \[3\/3\]\n\n$/,
  ],
];

test.each(gnu)('GNU: wget %s', (line, status, out, err) => {
  const outcome = network.run('host', 'root', ['/usr/bin/wget', ...line.split(' ')]);
  expect({ out: outcome.out, status: outcome.status }).toEqual({ out, status });
  expect(outcome.err).toMatch(err);
});

test('a file that was saved holds the page', () => {
  const { files } = network.host('pod');
  const who = { uid: 0, gid: 0, groups: [] };
  expect(Buffer.from(files.open('/root/x', { read: true }, 0, who).tryRead(99) ?? []).toString()).toBe('hi\n');
});
