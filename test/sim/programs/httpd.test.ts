import { expect, test } from 'vitest';
import { startProcess } from '../../../src/sim/kernel/boot.js';
import { executableImage } from '../../../src/sim/kernel/executable.js';
import { TestNetwork } from './machine.js';

const PAGES: Readonly<Record<string, string>> = { 'index.html': 'hi\n', 'sub/a.txt': 'sub\n', 'n.txt': '0123456789' };

/** A machine that serves PAGES on port 8080, and one beside it. */
function served(): TestNetwork {
  const network = new TestNetwork(['web', 'client'], (host) => {
    host.files.put('/usr/bin/httpd', executableImage('httpd'), { mode: 0o755 });
  });
  startProcess(
    network.host('web').kernel,
    function* (sys) {
      sys.makeDirectory('/tmp/www');
      sys.makeDirectory('/tmp/www/sub');
      for (const [name, text] of Object.entries(PAGES)) sys.writeFile(`/tmp/www/${name}`, text);
      return yield* sys.exec('/usr/bin/httpd', ['httpd', '-f', '-p', '8080', '-h', '/tmp/www']);
    },
    ['init'],
  );
  network.kernel.advance(1_000_000);
  return network;
}

const network = served();
const NOT_FOUND =
  '<HTML><HEAD><TITLE>404 Not Found</TITLE></HEAD>\n<BODY><H1>404 Not Found</H1>\nThe requested URL was not found\n</BODY></HTML>\n';
const NOT_IMPLEMENTED =
  '<HTML><HEAD><TITLE>501 Not Implemented</TITLE></HEAD>\n<BODY><H1>501 Not Implemented</H1>\nThe requested method is not recognized\n</BODY></HTML>\n';

const FORBIDDEN = '<HTML><HEAD><TITLE>403 Forbidden</TITLE></HEAD>\n<BODY><H1>403 Forbidden</H1>\n\n</BODY></HTML>\n';

/** Recorded from `httpd` of busybox 1.35 with curl 7.88. */
test.each<[readonly string[], string, string]>([
  [['/'], '200 text/html', 'hi\n'],
  [['/index.html?x=1'], '200 text/html', 'hi\n'],
  [['/nothing'], '404 text/html', NOT_FOUND],
  [['/sub'], '302 text/html', ''],
  [['/sub/'], '404 text/html', NOT_FOUND],
  [['/sub/a.txt'], '200 text/plain', 'sub\n'],
  [['-X', 'POST', '/'], '501 text/html', NOT_IMPLEMENTED],
  [['-X', 'FOO', '/'], '501 text/html', NOT_IMPLEMENTED],
  [['-H', 'Range: bytes=2-4', '/n.txt'], '206 text/html', '234'],
  [['-H', 'Range: bytes=2-', '/n.txt'], '206 text/html', '23456789'],
  [['-H', 'Range: bytes=20-30', '/n.txt'], '200 text/plain', '0123456789'],
  [['-H', 'Range: bytes=-3', '/n.txt'], '200 text/plain', '0123456789'],
  [['/%6e.txt'], '200 text/plain', '0123456789'],
  [['/cgi-bin/'], '403 text/html', FORBIDDEN],
  [['/cgi-bin/none'], '404 text/html', NOT_FOUND],
])('curl %j', (args, head, body) => {
  const url = `http://web:8080${args.at(-1)}`;
  const line = ['curl', '-s', '-w', '%{http_code} %{content_type}\n', ...args.slice(0, -1), url];
  expect(network.run('client', 'root', line)).toEqual({ out: `${body}${head}\n`, err: '', status: 0 });
});

test('what it says when it cannot begin', () => {
  expect(network.run('web', 'root', ['httpd', '-f', '-h', '/nothing'])).toEqual({
    out: '',
    err: "httpd: can't change directory to '/nothing': No such file or directory\n",
    status: 1,
  });
  expect(network.run('web', 'root', ['httpd', '-f', '-p', '8080'])).toEqual({
    out: '',
    err: 'httpd: bind: Address already in use\n',
    status: 1,
  });
});

/** Recorded from `httpd` of busybox 1.35, but for -i: that is what one says that was built without inetd mode. */
test.each<[readonly string[], string, string, number]>([
  [['-e', '<a b>1'], '&#60;a&#32;b&#62;1', '', 0],
  [['-d', 'a%20b+c'], 'a b c', '', 0],
  [['-i'], '', "httpd: invalid option -- 'i'\n", 1],
])('httpd %j', (args, out, err, status) => {
  const ended = network.run('web', 'root', ['httpd', ...args]);
  expect({ ...ended, err: ended.err.slice(0, err.length) }).toEqual({ out, err, status });
});
