import { beforeAll, expect, test } from 'vitest';
import { Authority } from '../../../../src/sim/client/pki/authority.js';
import type { TestNetwork } from '../machine.js';
import { listen, twoMachines } from '../two-machines.js';
import { serveWeb } from '../web-servers.js';

const ca = new Authority('one', 'ca', { commonName: 'kubernetes' }, Date.UTC(2026, 2, 1) * 1000);
const leaf = ca.issue({ name: 'web', subject: { commonName: 'web' }, usages: ['server'], dnsNames: ['host'] });

let network: TestNetwork;
beforeAll(() => {
  network = twoMachines('nameserver 192.168.1.10\n');
  serveWeb(network);
  network.host('host').files.put('/ca.crt', ca.self.certificate());
  listen(network, 'host', {
    port: 443,
    application: 'http',
    tls: { certificate: leaf.certificate, key: leaf.privateKey },
    *handler() {
      return { kind: 'http-response', status: 200, headers: {}, body: Buffer.from('secret\n') };
    },
  });
  listen(network, 'host', { port: 9000, application: 'ssh' });
});

const MORE =
  '\nMore details here: https://curl.se/docs/sslcerts.html\n\ncurl failed to verify the legitimacy of the server and therefore could not\nestablish a secure connection to it. To learn more about this situation and\nhow to fix it, please visit the web page mentioned above.\n';

/** Words of curl 8.5 (statuses and texts compared with 7.88.1 where both have them). */
const rows: [string, number, string, string][] = [
  ['-s http://host/', 0, 'hi\n', ''],
  ['-s host', 0, 'hi\n', ''],
  ['-s http://host/nope', 0, 'no such page\n', ''],
  ['-sSf http://host/nope', 22, '', 'curl: (22) The requested URL returned error: 404\n'],
  ['-s -o /dev/null -w %{http_code}\\n http://host/', 0, '200\n', ''],
  ['-s -o /dev/null -w %{http_code} http://host:81/', 7, '000', ''],
  ['-s http://host/moved', 0, '', ''],
  ['-sL http://host/moved', 0, 'hi\n', ''],
  ['-sI http://host/', 0, 'HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 3\r\n\r\n', ''],
  ['-s -d a=1 -d b=2 -H X-Test:yes http://host/echo', 0, 'POST /echo host yes a=1&b=2\n', ''],
  ['-sG -d a=1 http://host/echo', 0, 'GET /echo?a=1 host - \n', ''],
  ['-s -X DELETE http://host/echo', 0, 'DELETE /echo host - \n', ''],
  ['-s -H Host:web.example.com http://host/echo', 0, 'GET /echo web.example.com - \n', ''],
  [
    '-s --resolve shop.example.com:80:192.168.1.10 http://shop.example.com/echo',
    0,
    'GET /echo shop.example.com - \n',
    '',
  ],
  ['-sS http://nope.invalid/', 6, '', 'curl: (6) Could not resolve host: nope.invalid\n'],
  [
    '-sS http://host:81/',
    7,
    '',
    "curl: (7) Failed to connect to host port 81 after 0 ms: Couldn't connect to server\n",
  ],
  ['-sS --connect-timeout 3 http://10.200.0.1/', 28, '', 'curl: (28) Connection timed out after 3001 milliseconds\n'],
  ['-sS -m 2 http://10.200.0.1/', 28, '', 'curl: (28) Connection timed out after 2001 milliseconds\n'],
  [
    '-sS -m 2 http://host/slow',
    28,
    '',
    'curl: (28) Operation timed out after 2001 milliseconds with 0 bytes received\n',
  ],
  ['-sS http://host:9000/', 52, '', 'curl: (52) Empty reply from server\n'],
  ['-sS https://host:80/', 35, '', 'curl: (35) OpenSSL/3.0.13: error:0A00010B:SSL routines::wrong version number\n'],
  ['-sS https://host/', 60, '', `curl: (60) SSL certificate problem: unable to get local issuer certificate${MORE}`],
  [
    '-sS --cacert /ca.crt https://192.168.1.10/',
    60,
    '',
    `curl: (60) SSL: no alternative certificate subject name matches target ipv4 address '192.168.1.10'${MORE}`,
  ],
  ['-sS --cacert /ca.crt https://host/', 0, 'secret\n', ''],
  ['-sk https://host/', 0, 'secret\n', ''],
  ['-s http://host:443/', 0, 'Client sent an HTTP request to an HTTPS server.\n', ''],
  ['-s -g http://host/echo/[a]', 0, 'GET /echo/[a] host - \n', ''],
  ['-s --globoff http://host/echo/{a,b}', 0, 'GET /echo/{a,b} host - \n', ''],
  ['-s http://host/echo/{a,b}', 0, 'GET /echo/a host - \nGET /echo/b host - \n', ''],
  ['-s http://host/echo/[08-10]', 0, 'GET /echo/08 host - \nGET /echo/09 host - \nGET /echo/10 host - \n', ''],
  ['-s http://host/echo/[a-e:2]x', 0, 'GET /echo/ax host - \nGET /echo/cx host - \nGET /echo/ex host - \n', ''],
  ['-s http://host/[a]', 3, '', ''],
  ['-sS http://host/[a]', 3, '', `curl: (3) bad range in URL position 14:\nhttp://host/[a]\n${' '.repeat(13)}^\n`],
  ['-sS http://host/{a', 3, '', `curl: (3) unmatched brace in URL position 13:\nhttp://host/{a\n${' '.repeat(12)}^\n`],
  [
    '-sS http://host/a}',
    3,
    '',
    `curl: (3) unmatched close brace/bracket in URL position 14:\nhttp://host/a}\n${' '.repeat(13)}^\n`,
  ],
  ['-sS -m 2 telnet://host:9000', 28, '', 'curl: (28) Time-out\n'],
  [
    '-sv -m 2 telnet://host:80',
    28,
    '',
    '*   Trying 192.168.1.10:80...\n* Connected to host (192.168.1.10) port 80\n* Time-out\n* Closing connection\n',
  ],
  [
    '-sS telnet://host:81',
    7,
    '',
    "curl: (7) Failed to connect to host port 81 after 0 ms: Couldn't connect to server\n",
  ],
  [
    '--bogus',
    2,
    '',
    "curl: option --bogus: is unknown\ncurl: try 'curl --help' or 'curl --manual' for more information\n",
  ],
];

test.each(rows)('curl %s', (line, status, out, err) => {
  expect(network.run('host', 'root', ['/usr/bin/curl', ...line.split(' ')])).toEqual({ out, err, status });
});

test('-v shows what is sent and what comes', () => {
  const { err } = network.run('host', 'root', ['curl', '-sv', 'http://host/']);
  expect(err).toBe(
    '*   Trying 192.168.1.10:80...\n* Connected to host (192.168.1.10) port 80\n> GET / HTTP/1.1\r\n> Host: host\r\n> User-Agent: curl/8.5.0\r\n> Accept: */*\r\n> \r\n< HTTP/1.1 200 OK\r\n< Content-Type: text/html\r\n< Content-Length: 3\r\n< \r\n* Connection #0 to host host left intact\n',
  );
});
