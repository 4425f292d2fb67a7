import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { nginx } from '../../../../src/sim/images/repositories/nginx.js';
import { oneHost } from '../one-host.js';
import { answering, CONFIGURATIONS, REQUESTS } from './cases.js';

interface Recorded {
  readonly configuration?: string;
  readonly lines?: readonly string[];
  readonly status?: number;
  readonly request?: readonly [string, ...string[]];
  readonly head?: readonly string[];
  readonly body?: string;
  readonly complaints?: readonly string[];
}

/** What nginx 1.22.1 (Debian 12) said of each configuration with -t, and answered to each request by curl. */
const RECORDED = readFileSync(new URL('./recorded.jsonl', import.meta.url), 'utf8')
  .split('\n')
  .filter(Boolean)
  .map((line) => JSON.parse(line) as Recorded);

const FILES = [
  ['/srv/web/index.html', 'hi\n'],
  ['/srv/web/a.txt', 'a\n'],
  ['/srv/web/auto/x.txt', 'x\n'],
  ['/srv/htpasswd', 'bob:{PLAIN}builder\nann:$apr1$abcdefgh$QjR9TxW22WeSWH.i1lUBL.\n'],
  ['/etc/resolv.conf', ''],
].map(([path = '', content = '']) => ({ path, content }));

function nginxHost(files: readonly { path: string; content: string }[] = []) {
  const folders = ['/srv/web/auto/d', '/srv/web/dir'].map((path) => ({ path, directory: true as const }));
  const tools = ['bash', 'curl'].map((program) => ({ path: `/usr/bin/${program}`, program, mode: 0o755 }));
  return oneHost([...nginx.files('1.22.1'), ...tools, ...folders, ...FILES, ...files], {
    PATH: '/usr/sbin:/usr/bin:/bin',
    NGINX_VERSION: '1.22.1',
  });
}

const quote = (words: readonly string[]) => words.map((word) => `'${word.replaceAll("'", "'\\''")}'`).join(' ');

describe('nginx as the real one', () => {
  test('everything that is asked was recorded', () => {
    expect(RECORDED.flatMap(({ configuration }) => configuration ?? [])).toEqual(CONFIGURATIONS);
    expect(RECORDED.flatMap(({ request }) => (request ? [request] : []))).toEqual(REQUESTS);
  });

  test('says the same of configurations', () => {
    const host = nginxHost();
    const differences = RECORDED.flatMap(({ configuration, lines, status }) => {
      if (configuration === undefined) return [];
      const ours = host.run(`printf %s ${quote([configuration])} > /tmp/n.conf; nginx -t -c /tmp/n.conf`, {
        seconds: 12,
      });
      // Debian's build has its error log on standard error; nginx's own images tell the same there twice.
      const seen = ours.err
        .split('\n')
        .filter((line) => line !== '' && !/^nginx: \[/.test(line))
        .map((line) => line.replace(/^\S+ \S+ (\[\w+\]) \d+#\d+: /, '$1 '));
      const same = JSON.stringify([seen, ours.status]) === JSON.stringify([lines, { code: status }]);
      return same ? [] : [{ configuration, real: lines, ours: seen, status: ours.status }];
    });
    expect(differences).toEqual([]);
  });

  test('answers the same', () => {
    const host = nginxHost([{ path: '/tmp/n.conf', content: answering('daemon off; error_log /tmp/n.err notice;') }]);
    host.start('nginx -c /tmp/n.conf');
    host.settle(1);
    const differences = RECORDED.flatMap(({ request, head, body, complaints }) => {
      if (request === undefined) return [];
      const [path, ...words] = request;
      host.run(': > /tmp/n.err', { seconds: 0.02 });
      const { out } = host.run(`curl -si ${quote([...words, `http://127.0.0.1:8081${path}`])}`, { seconds: 0.15 });
      const end = out.indexOf('\r\n\r\n');
      const lines = out
        .slice(0, end)
        .split('\r\n')
        .map((line) => line.replace(/^(Date|Expires): .*/i, '$1: T'));
      const text = out.slice(end + 4).replace(/ \d+ \d+ \d+ \nReading/, ' N N N \nReading');
      const said = host
        .run('cat /tmp/n.err', { seconds: 0.02 })
        .out.split('\n')
        .filter(Boolean)
        .map((line) => line.replace(/^\S+ \S+ (\[\w+\]) \d+#\d+: \*\d+ /, '$1 '));
      const ours = { head: masked(lines), body: text, complaints: said };
      const real = { head: masked(head ?? []), body, complaints };
      return JSON.stringify(ours) === JSON.stringify(real) ? [] : [{ request, real, ours }];
    });
    expect(differences).toEqual([]);
  });
});

/**
 * Header lines without what depends on the files' clock, and without what the wire here decides: the status's words and
 * whether a body comes in chunks.
 */
function masked(head: readonly string[]): string[] {
  return head
    .map((line) => line.replace(/^(Last-Modified|Date|Expires|ETag): .*/i, '$1: T').replace(/^(HTTP\S+ \d+).*/, '$1'))
    .map((line) => line.replace(/^[\w-]+(?=:)/, (name) => name.toLowerCase()))
    .filter((line) => !/^(?:content-length|transfer-encoding):/.test(line));
}

test("the image's entrypoint tells its steps, fills templates, and nginx listens and ends as in its image", () => {
  const host = nginxHost([
    {
      path: '/etc/nginx/templates/more.conf.template',
      content: 'server { listen ${PORT}; return 200 "$uri $PORT"; }\n',
    },
  ]);
  const server = host.start("PORT=8085 exec /docker-entrypoint.sh nginx -g 'daemon off;'");
  host.settle(1);
  expect(
    server.out,
  ).toBe(`/docker-entrypoint.sh: /docker-entrypoint.d/ is not empty, will attempt to perform configuration
/docker-entrypoint.sh: Looking for shell scripts in /docker-entrypoint.d/
/docker-entrypoint.sh: Launching /docker-entrypoint.d/10-listen-on-ipv6-by-default.sh
10-listen-on-ipv6-by-default.sh: info: Getting the checksum of /etc/nginx/conf.d/default.conf
10-listen-on-ipv6-by-default.sh: info: Enabled listen on IPv6 in /etc/nginx/conf.d/default.conf
/docker-entrypoint.sh: Sourcing /docker-entrypoint.d/15-local-resolvers.envsh
/docker-entrypoint.sh: Launching /docker-entrypoint.d/20-envsubst-on-templates.sh
20-envsubst-on-templates.sh: Running envsubst on /etc/nginx/templates/more.conf.template to /etc/nginx/conf.d/more.conf
/docker-entrypoint.sh: Launching /docker-entrypoint.d/30-tune-worker-processes.sh
/docker-entrypoint.sh: Configuration complete; ready for start up
`);
  expect(host.run('curl -s localhost:8085/a').out).toBe('/a 8085');
  expect(host.run('curl -sI localhost').out).toContain('200 OK');
  expect(server.out).toMatch(
    /127\.0\.0\.1 - - \[21\/Nov\/2026:00:00:\d\d \+0000\] "HEAD \/ HTTP\/1\.1" 200 0 "-" "curl\/[\d.]+" "-"\n$/,
  );
  // Whoever tells the server to reload reads the configuration first.
  const broken = host.run('echo broken >> /etc/nginx/conf.d/more.conf; nginx -s reload');
  expect(broken.err).toContain(
    'nginx: [emerg] unexpected end of file, expecting ";" or "}" in /etc/nginx/conf.d/more.conf:3\n',
  );
  host.run('echo "server { listen 8086; }" > /etc/nginx/conf.d/more.conf; nginx -s reload');
  expect(server.err).toMatch(/signal 1 \(SIGHUP\) received, reconfiguring\n.* reconfiguring\n/);
  expect(host.run('curl -s localhost:8085; echo $?; curl -so /dev/null localhost:8086; echo $?').out).toBe('7\n0\n');
  host.run('nginx -s quit');
  expect(server.status).toEqual({ code: 0 });
});
