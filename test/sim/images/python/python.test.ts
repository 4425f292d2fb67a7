import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { python } from '../../../../src/sim/images/repositories/python.js';
import { oneHost } from '../one-host.js';

/** What Python 3.11.7 made of programs: its output, the last line of its errors, its status. */
const RECORDED = readFileSync(new URL('./recorded.jsonl', import.meta.url), 'utf8')
  .split('\n')
  .filter(Boolean)
  .map(
    (line) =>
      JSON.parse(line) as {
        readonly program: string;
        readonly out: string;
        readonly last: string;
        readonly code: number;
      },
  );

const pythonHost = () =>
  oneHost(
    [
      ...python.files('3.13'),
      { path: '/usr/bin/bash', program: 'bash', mode: 0o755 },
      { path: '/srv/a.txt', content: 'hi\n' },
      { path: '/srv/b&c.html', content: '<b>\n' },
      { path: '/srv/sub', directory: true },
    ],
    { PATH: '/usr/local/bin:/usr/bin:/bin', PYTHON_VERSION: '3.11.7', DRILL: 'on' },
  );

describe('python', () => {
  const host = pythonHost();

  test.each(RECORDED)('$program', ({ program, out, last, code }) => {
    const ours = host.run(`python3 -c '${program.replaceAll("'", "'\\''")}'`);
    expect([ours.out, ours.err.trim().split('\n').at(-1), ours.status]).toEqual([out, last, { code }]);
  });

  test.each([
    ['python3 -c "import threading"', 'python3: not simulated: the module threading (line 1)\n'],
    ['python3 -c "print(map(str, [1]))"', 'python3: not simulated: map (line 1)\n'],
    ['python3 -c "yield 1"', 'python3: not simulated: yield (line 1)\n'],
    ['python3 -c "f = lambda n: f(n)\nf(1)"', 'python3: not simulated: recursion deeper than 150 (line 1)\n'],
    ['python3 -m pip install flask', 'python3: not simulated: the module pip\n'],
  ])('%s is refused, not answered', (line, err) => {
    expect(host.run(line)).toMatchObject({ out: '', err, status: { code: 255 } });
  });

  // The pages, headers and log of http.server 0.6 of Python 3.11.7.
  test('http.server lists folders, gives files and logs', () => {
    const server = host.start('exec python3 -m http.server 8123 --directory /srv');
    host.settle(1);
    const listing = host.run('curl -s localhost:8123/').out;
    expect(listing).toBe(
      '<!DOCTYPE HTML>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>Directory listing for /</title>\n</head>\n<body>\n<h1>Directory listing for /</h1>\n<hr>\n<ul>\n<li><a href="a.txt">a.txt</a></li>\n<li><a href="b%26c.html">b&amp;c.html</a></li>\n<li><a href="sub/">sub/</a></li>\n</ul>\n<hr>\n</body>\n</html>\n',
    );
    expect(host.run('curl -s localhost:8123/a.txt; curl -so /dev/null -w "%{http_code}" localhost:8123/nope').out).toBe(
      'hi\n404',
    );
    host.run('curl -s -X POST localhost:8123/');
    expect(server.out).toBe('Serving HTTP on 0.0.0.0 port 8123 (http://0.0.0.0:8123/) ...\n');
    expect(server.err.replace(/^\S+ - - \[\d\d\/Nov\/2026 [\d:]+\] /gm, '')).toBe(
      '"GET / HTTP/1.1" 200 -\n"GET /a.txt HTTP/1.1" 200 -\ncode 404, message File not found\n"GET /nope HTTP/1.1" 404 -\ncode 501, message Unsupported method (\'POST\')\n"POST / HTTP/1.1" 501 -\n',
    );
    host.run(`kill ${server.pid}`);
    expect(server.status).toEqual({ signal: 'TERM' });
  });

  test('a handler of one’s own answers, and hears SIGTERM', () => {
    host.run(`cat > /tmp/server.py <<'END'
import os, signal, sys
from http.server import BaseHTTPRequestHandler, HTTPServer

class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.send_header('Content-Type', 'text/plain')
        self.end_headers()
        self.wfile.write(f"{os.environ['DRILL']} {self.path}\\n".encode())

def stop(number, frame):
    print('stopping', number)
    sys.exit(0)

signal.signal(signal.SIGTERM, stop)
HTTPServer(('', 8080), Handler).serve_forever()
END`);
    const server = host.start('exec python3 -u /tmp/server.py');
    host.settle(1);
    expect(host.run('curl -s localhost:8080/x').out).toBe('on /x\n');
    expect(server.err).toMatch(/"GET \/x HTTP\/1.1" 200 -\n$/);
    host.run(`kill ${server.pid}`);
    expect([server.out, server.status]).toEqual(['stopping 15\n', { code: 0 }]);
  });
});
