import { isErrno } from '../../kernel/errno.js';
import { waitForChild } from '../../kernel/libc/child.js';
import { exists } from '../../kernel/libc/exists.js';
import type { Program, Sys } from '../../kernel/sys.js';
import type { Waiting } from '../../kernel/wait.js';
import { NGINX_DEFAULT_CONF } from './files.js';

const FOLDER = '/docker-entrypoint.d/';
const DEFAULT_CONF = '/etc/nginx/conf.d/default.conf';

/**
 * /docker-entrypoint.sh of nginx's images: runs what lies in /docker-entrypoint.d, then the command. The images' own
 * four steps are done here rather than by scripts, since every nginx container takes them at its start.
 */
export const nginxEntrypoint: Program = function* nginxEntrypoint(sys) {
  const [self = '', ...command] = sys.args;
  const [name = ''] = command;
  if (name === 'nginx' || name === 'nginx-debug') yield* configure(sys, self);
  if (command.length === 0) return 0;
  const path = name.includes('/') ? name : found(sys, name);
  if (path === undefined) {
    yield* sys.write(2, `${self}: ${name}: not found\n`);
    return 127;
  }
  return yield* sys.exec(path, command);
};

function found(sys: Sys, name: string): string | undefined {
  const folders = (sys.environment.get('PATH') ?? '/usr/sbin:/usr/bin:/sbin:/bin').split(':');
  return folders.map((folder) => `${folder}/${name}`).find((path) => exists(sys, path));
}

function* configure(sys: Sys, self: string): Waiting<void> {
  const log = (text: string) => say(sys, `${self}: ${text}`);
  const names = namesIn(sys, FOLDER);
  if (names.length === 0) return yield* log('No files found in /docker-entrypoint.d/, skipping configuration');
  yield* log('/docker-entrypoint.d/ is not empty, will attempt to perform configuration');
  yield* log('Looking for shell scripts in /docker-entrypoint.d/');
  for (const name of names) {
    const path = `${FOLDER}${name}`;
    const kind = /\.(?:sh|envsh)$/.exec(name)?.[0];
    if (kind === undefined) yield* log(`Ignoring ${path}`);
    else if (!isExecutable(sys, path)) yield* log(`Ignoring ${path}, not executable`);
    else {
      yield* log(`${kind === '.sh' ? 'Launching' : 'Sourcing'} ${path}`);
      yield* runStep(sys, name, path);
    }
  }
  yield* log('Configuration complete; ready for start up');
}

function* say(sys: Sys, text: string): Waiting<void> {
  if (!sys.environment.get('NGINX_ENTRYPOINT_QUIET_LOGS')) yield* sys.write(1, `${text}\n`);
}

function* runStep(sys: Sys, name: string, path: string): Waiting<void> {
  if (name === '10-listen-on-ipv6-by-default.sh') return yield* listenOnIpv6(sys, name);
  if (name === '15-local-resolvers.envsh') return localResolvers(sys);
  if (name === '20-envsubst-on-templates.sh') return yield* fillTemplates(sys, name);
  if (name === '30-tune-worker-processes.sh') return;
  yield* waitForChild(sys, sys.spawn(path, [path]));
}

function namesIn(sys: Sys, folder: string): string[] {
  try {
    const entries = sys.readDirectory(folder).filter(({ type }) => type !== 'directory');
    return entries.map(({ name }) => name).sort();
  } catch (error) {
    if (isErrno(error)) return [];
    throw error;
  }
}

function isExecutable(sys: Sys, path: string): boolean {
  try {
    sys.access(path, { execute: true });
    return true;
  } catch (error) {
    if (isErrno(error)) return false;
    throw error;
  }
}

function* listenOnIpv6(sys: Sys, name: string): Waiting<void> {
  const log = (text: string) => say(sys, `${name}: info: ${text}`);
  let text: string;
  try {
    text = Buffer.from(sys.readFile(DEFAULT_CONF)).toString('utf8');
  } catch (error) {
    if (!isErrno(error)) throw error;
    return yield* log(`${DEFAULT_CONF} is not a file or does not exist`);
  }
  try {
    sys.close(sys.open(DEFAULT_CONF, { write: true, append: true }));
  } catch (error) {
    if (!isErrno(error)) throw error;
    return yield* log(`can not modify ${DEFAULT_CONF} (read-only file system?)`);
  }
  if (text.includes('listen  [::]:80;')) return yield* log('IPv6 listen already enabled');
  yield* log(`Getting the checksum of ${DEFAULT_CONF}`);
  if (text !== NGINX_DEFAULT_CONF) return yield* log(`${DEFAULT_CONF} differs from the packaged version`);
  sys.writeFile(DEFAULT_CONF, text.replace('listen       80;', 'listen       80;\n    listen  [::]:80;'));
  yield* log(`Enabled listen on IPv6 in ${DEFAULT_CONF}`);
}

function localResolvers(sys: Sys): void {
  if (!sys.environment.get('NGINX_ENTRYPOINT_LOCAL_RESOLVERS')) return;
  const text = Buffer.from(sys.readFile('/etc/resolv.conf')).toString('utf8');
  const servers = [...text.matchAll(/^nameserver\s+(\S+)/gm)].map(([, one = '']) =>
    one.includes(':') ? `[${one}]` : one,
  );
  sys.environment.set('NGINX_LOCAL_RESOLVERS', servers.join(' '));
}

function* fillTemplates(sys: Sys, name: string): Waiting<void> {
  const value = (key: string, byDefault: string) => sys.environment.get(`NGINX_ENVSUBST_${key}`) || byDefault;
  const from = value('TEMPLATE_DIR', '/etc/nginx/templates');
  const suffix = value('TEMPLATE_SUFFIX', '.template');
  const to = value('OUTPUT_DIR', '/etc/nginx/conf.d');
  const filter = new RegExp(value('FILTER', ''));
  if (!exists(sys, from)) return;
  try {
    sys.access(to, { write: true });
  } catch (error) {
    if (!isErrno(error)) throw error;
    return yield* say(sys, `${name}: ERROR: ${from} exists, but ${to} is not writable`);
  }
  for (const file of namesIn(sys, from).filter((one) => one.endsWith(suffix) && !one.startsWith('.'))) {
    const target = `${to}/${file.slice(0, -suffix.length)}`;
    yield* say(sys, `${name}: Running envsubst on ${from}/${file} to ${target}`);
    const text = Buffer.from(sys.readFile(`${from}/${file}`)).toString('utf8');
    const filled = text.replace(/\$(?:\{(\w+)\}|(\w+))/g, (whole, braced?: string, plain?: string) => {
      const key = braced ?? plain ?? '';
      return filter.test(key) ? (sys.environment.get(key) ?? whole) : whole;
    });
    sys.writeFile(target, filled, 0o644);
  }
}
