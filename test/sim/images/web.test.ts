import { describe, expect, test } from 'vitest';
import type { ImageRepository } from '../../../src/sim/images/image.js';
import { agnhost } from '../../../src/sim/images/repositories/agnhost.js';
import { httpEcho } from '../../../src/sim/images/repositories/http-echo.js';
import { httpd } from '../../../src/sim/images/repositories/httpd.js';
import { whoami } from '../../../src/sim/images/repositories/whoami.js';
import { oneHost } from './one-host.js';

const TOOLS = [
  ...['bash', 'curl'].map((program) => ({ path: `/usr/bin/${program}`, program, mode: 0o755 })),
  { path: '/etc/resolv.conf', content: 'search a.test b.test\nnameserver 10.0.0.10\n' },
];

function hostOf(image: ImageRepository, tag: string) {
  const environment = Object.fromEntries(
    (image.config(tag).environment ?? []).map((pair) => [pair.split('=')[0] ?? '', pair.slice(pair.indexOf('=') + 1)]),
  );
  return oneHost([...image.files(tag), ...TOOLS], { ...environment, PATH: '/usr/bin:/bin' });
}

/** hashicorp/http-echo v1.0.0 main.go and handlers.go; flag's words from Go 1.26. */
describe('http-echo', () => {
  test('answers with its text and logs who asked', () => {
    const host = hostOf(httpEcho, '1.0.0');
    const server = host.start('/http-echo -text=hi -listen=:8080 -status-code=201');
    host.settle(1);
    const { out } = host.run('curl -si localhost:8080/a?b; curl -s localhost:8080/health');
    expect(
      out
        .replace(/\r/g, '')
        .replace(/(?<=Date: ).*/, 'D')
        .split('\n')
        .sort(),
    ).toEqual(
      [
        'HTTP/1.1 201 Created',
        'X-App-Name: http-echo',
        'X-App-Version: 1.0.0',
        'Date: D',
        'Content-Length: 3',
        'Content-Type: text/plain; charset=utf-8',
        '',
        'hi',
        '{"status":"ok"}',
        '',
      ].sort(),
    );
    expect(server.err).toMatch(/^\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d \[INFO\] server is listening on :8080\n$/);
    expect(server.out).toMatch(
      /^\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d localhost:8080 127.0.0.1:\d+ "GET \/a HTTP\/1.1" 201 3 "curl\/[\d.]+" [\d.]+µs\n$/,
    );
    host.run(`kill ${server.pid}`);
    expect(server.status).toEqual({ code: 2 });
  });
  test.each([
    ['1.0.0', '-text=a b', 127, 'Too many arguments!\n'],
    ['0.2.3', '', 127, 'Missing -text option!\n'],
    ['1.0.0', '-nope', 2, 'flag provided but not defined: -nope\nUsage of /http-echo:\n  -listen string\n'],
    ['1.0.0', '-status-code=x', 2, 'invalid value "x" for flag -status-code: parse error\nUsage of /http-echo:\n'],
  ])('%s %s', (tag, words, code, start) => {
    const { err, status } = hostOf(httpEcho, tag).run(`/http-echo ${words}`);
    expect(err.slice(0, start.length)).toBe(start);
    expect(status).toEqual({ code });
  });
});

/** traefik/whoami v1.11 app.go. */
test('whoami tells who answers and what was asked', () => {
  const host = hostOf(whoami, 'v1.11.0');
  const server = host.start('WHOAMI_NAME=me exec /whoami --port 8080 --verbose');
  host.settle(1);
  const { out } = host.run("curl -s -H 'x-forwarded-for: 1.2.3.4' 'localhost:8080/a?b=c'");
  expect(out).toMatch(
    /^Name: me\nHostname: \S+\nIP: 127.0.0.1\nIP: ::1\n(?:IP: [\d.]+\n)*RemoteAddr: 127.0.0.1:\d+\nGET \/a\?b=c HTTP\/1.1\r\nHost: localhost:8080\r\nUser-Agent: curl\/[\d.]+\r\nAccept: \*\/\*\r\nX-Forwarded-For: 1.2.3.4\r\n\r\n$/,
  );
  expect(host.run('curl -s localhost:8080/bench; curl -s "localhost:8080/data?size=5"').out).toBe('1|ABC|');
  expect(
    host.run('curl -s -d 503 localhost:8080/health; curl -so /dev/null -w "%{http_code}" localhost:8080/health').out,
  ).toBe('503');
  const api = JSON.parse(host.run('curl -s localhost:8080/api').out);
  expect(api).toMatchObject({
    name: 'me',
    url: '/api',
    host: 'localhost:8080',
    method: 'GET',
    headers: { Accept: ['*/*'] },
  });
  expect(server.err).toMatch(
    / Starting up on port 8080\n.* 127.0.0.1:\d+ - - \[\d+\/\w+\/\d+:[\d:]+ \+0000\] "GET \/a HTTP\/1.1" - -\n/,
  );
});

/** agnhost 2.63.0 (test/images/agnhost of Kubernetes v1.36.0). */
describe('agnhost', () => {
  test('netexec answers at its endpoints', () => {
    const host = hostOf(agnhost, '2.63.0');
    const server = host.start('/agnhost netexec --http-port 8080 --udp-port 8081');
    host.settle(1);
    const get = (path: string) => host.run(`curl -s 'localhost:8080${path}'`).out;
    const name = get('/hostname');
    expect(name).toMatch(/^\w+$/);
    expect([
      ['/hostName', get('/hostName')],
      ['/echo', get('/echo?msg=a%20b')],
      ['/echo, code', host.run("curl -so /dev/null -w '%{http_code}' 'localhost:8080/echo?msg=a&code=418'").out],
      ['/header', get('/header?key=Accept')],
      ['/serverport', get('/serverport')],
      ['/readyz', get('/readyz')],
      ['/shell', get('/shell?cmd=echo+hi;exit+3')],
      ['/dial', get('/dial?host=127.0.0.1&port=8080&request=hostname&tries=2')],
      ['/dial, refused', get('/dial?host=127.0.0.1&port=1&request=hostname')],
      ['/dial, udp', get('/dial?host=127.0.0.1&port=8081&request=hostname&protocol=udp')],
      ['/redirect', host.run("curl -so /dev/null -w '%{http_code}' 'localhost:8080/redirect?location=/echo'").out],
    ]).toEqual([
      ['/hostName', name],
      ['/echo', 'a b'],
      ['/echo, code', '418'],
      ['/header', '*/*'],
      ['/serverport', '8080'],
      ['/readyz', 'ok'],
      ['/shell', '{"error":"exit status 3","output":"hi\\n"}'],
      ['/dial', `{"responses":["${name}","${name}"]}`],
      [
        '/dial, refused',
        '{"errors":["Get \\"http://127.0.0.1:1/hostname\\": dial tcp 127.0.0.1:1: connect: connection refused"]}',
      ],
      ['/dial, udp', `{"responses":["${name}"]}`],
      ['/redirect', '302'],
    ]);
    expect(server.err).toMatch(
      / Started HTTP server on port 8080\n\S+ \S+ Started UDP server on port {2}8081\n\S+ \S+ GET \/hostname\n/,
    );
    host.run("curl -s 'localhost:8080/exit?code=7'");
    expect(server.status).toEqual({ code: 7 });
  });
  test.each([
    ['dns-suffix', 'a.test,b.test\n', '', 0],
    ['dns-server-list', '10.0.0.10\n', '', 0],
    ['etc-hosts', '127.0.0.1 localhost\n10.0.0.2 box\n\n', '', 0],
    ['entrypoint-tester a b', '[/agnhost entrypoint-tester a b]\n', '', 0],
    ['connect 127.0.0.1:1', '', 'REFUSED\n', 1],
    ['connect 127.0.0.1', '', 'UNKNOWN: address 127.0.0.1: missing port in address\n', 1],
    ['connect', '', 'Error: accepts 1 arg(s), received 0\n', 1],
    ['netexec --nope', '', 'Error: unknown flag: --nope\n', 1],
    ['nope', '', 'Error: unknown command "nope" for "app"\n', 1],
  ])('%s', (words, out, err, code) => {
    expect(hostOf(agnhost, '2.63.0').run(`/agnhost ${words}`)).toMatchObject({ out, err, status: { code } });
  });
  test('pause says why it ends, and serve-hostname gives the name', () => {
    const host = hostOf(agnhost, '2.63.0');
    const pause = host.start('/agnhost pause');
    const names = host.start('/agnhost serve-hostname --port 9000');
    host.settle(1);
    expect(host.run('curl -s localhost:9000').out).toBe(host.run('hostname').out.trim());
    host.run(`kill ${pause.pid}; kill ${names.pid}`);
    expect([pause.out, pause.status]).toEqual([
      'Paused\nSignals registered\nexiting because of signal "terminated"\n',
      { code: 2 },
    ]);
    expect(names.err).toMatch(/Shutting down after receiving signal: terminated\.\n.*Awaiting pod deletion\.\n$/);
  });
});

/** As Apache 2.4 answers (2.4.71 of Debian with the same modules, whose pages begin with another DOCTYPE). */
test('httpd serves its page, logs, and ends at SIGWINCH', () => {
  const host = hostOf(httpd, '2.4.65');
  const server = host.start(
    'PATH=/usr/local/apache2/bin:/usr/local/bin:$PATH HTTPD_VERSION=2.4.65 exec httpd-foreground',
  );
  host.settle(1);
  const get = (words: string) => host.run(`curl -s ${words}`).out.replace(/\r/g, '');
  expect(get('-i localhost')).toMatch(
    /^HTTP\/1.1 200 OK\nDate: .*\nServer: Apache\/2.4.65 \(Unix\)\nLast-Modified: .*\nETag: "2d-[0-9a-f]+"\nAccept-Ranges: bytes\nContent-Length: 45\nContent-Type: text\/html\n\n<html><body><h1>It works!<\/h1><\/body><\/html>\n$/,
  );
  expect(get('localhost/no')).toBe(`<!DOCTYPE HTML PUBLIC "-//IETF//DTD HTML 2.0//EN">
<html><head>
<title>404 Not Found</title>
</head><body>
<h1>Not Found</h1>
<p>The requested URL was not found on this server.</p>
</body></html>
`);
  expect(get('-X PUT localhost/a')).toContain('<p>The requested method PUT is not allowed for this URL.</p>');
  expect(server.out).toMatch(/^127.0.0.1 - - \[21\/Nov\/2026:00:00:01 \+0000\] "GET \/ HTTP\/1.1" 200 45\n/);
  host.run(`kill -WINCH ${server.pid}`);
  expect(server.err.replace(/^\[[^\]]*\]/gm, '[T]').replace(/pid \d+:tid \d+/g, 'P')).toBe(
    `${"AH00558: httpd: Could not reliably determine the server's fully qualified domain name, using 10.0.0.2. Set the 'ServerName' directive globally to suppress this message\n".repeat(2)}[T] [mpm_event:notice] [P] AH00489: Apache/2.4.65 (Unix) configured -- resuming normal operations
[T] [core:notice] [P] AH00094: Command line: 'httpd -DFOREGROUND'
[T] [mpm_event:notice] [P] AH00492: caught SIGWINCH, shutting down gracefully
`,
  );
  expect(server.status).toEqual({ code: 0 });
  expect(host.run("printf 'Foo bar\\n' > /tmp/c; /usr/local/apache2/bin/httpd -t -f /tmp/c").err).toBe(
    "AH00526: Syntax error on line 1 of /tmp/c:\nInvalid command 'Foo', perhaps misspelled or defined by a module not included in the server configuration\n",
  );
});
