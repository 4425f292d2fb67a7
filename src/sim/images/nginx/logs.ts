import { formatTime } from '../../api/time.js';
import { encodeText } from '../../kernel/bytes.js';
import { isErrno } from '../../kernel/errno.js';
import type { Sys } from '../../kernel/sys.js';
import type { Directive } from './config.js';
import type { Exchange } from './exchange.js';
import { ERRNO } from './load.js';
import { allWordsOf, type Configuration } from './sites.js';
import { expand } from './variables.js';

const ACCESS_LOG = '/var/log/nginx/access.log';
const ERROR_LOG = '/var/log/nginx/error.log';
const COMBINED =
  '$remote_addr - $remote_user [$time_local] "$request" $status $body_bytes_sent "$http_referer" "$http_user_agent"';
const LEVELS = ['debug', 'info', 'notice', 'warn', 'error', 'crit', 'alert', 'emerg'];

/** `2026/11/21 01:02:03`, as the error log begins its lines. */
export function stamp(sys: Sys): string {
  return formatTime(sys.now()).slice(0, 19).replace(/-/g, '/').replace('T', ' ');
}

/** nginx's logs: which there are, and their open files. */
export class NginxLogs {
  private readonly sys: Sys;
  private readonly files = new Map<string, number>();
  private formats: ReadonlyMap<string, string> = new Map();
  private errors: { readonly path: string; readonly level: number } = { path: ERROR_LOG, level: 4 };

  constructor(sys: Sys, configuration: Configuration) {
    this.sys = sys;
    this.use(configuration);
  }

  /** Takes what another configuration says. */
  use({ main, http }: Configuration): void {
    const formats = http.filter(({ name }) => name === 'log_format').map(formatOf);
    this.formats = new Map([['combined', COMBINED], ...formats]);
    const [path = ERROR_LOG, level = 'error'] =
      [http, main].flatMap((scope) => scope.filter(({ name }) => name === 'error_log').slice(0, 1))[0]?.words ?? [];
    this.errors = { path, level: Math.max(LEVELS.indexOf(level), 0) };
  }

  /** Opens the error log. Returns what is wrong. */
  open(): string | undefined {
    try {
      this.descriptorOf(this.errors.path, 2);
      return undefined;
    } catch (error) {
      if (!isErrno(error)) throw error;
      return `open() "${this.errors.path}" failed (${ERRNO[error.code] ?? 5}: ${error.message})`;
    }
  }

  /** Closes all files, so that they are opened anew by name. */
  reopen(): void {
    for (const descriptor of this.files.values()) if (descriptor > 2) this.sys.close(descriptor);
    this.files.clear();
  }

  /** A line of the error log, when it is important enough. */
  note(level: string, text: string): void {
    if (LEVELS.indexOf(level) < this.errors.level) return;
    this.write(this.errors.path, 2, `${stamp(this.sys)} [${level}] ${this.sys.pid}#${this.sys.pid}: ${text}\n`);
  }

  /** A request's line in each of its access logs. */
  access(exchange: Exchange): void {
    const said = allWordsOf(exchange.location ?? exchange.site.base, 'access_log');
    for (const [path = ACCESS_LOG, format = 'combined', ...options] of said.length > 0 ? said : [[]]) {
      if (path === 'off') return;
      const condition = options.find((option) => option.startsWith('if='))?.slice('if='.length);
      const value = condition === undefined ? '1' : expand(exchange, condition);
      if (value === '' || value === '0') continue;
      const line = expand(exchange, emptied(this.formats.get(format) ?? COMBINED, exchange));
      this.write(path, 1, `${line}\n`);
    }
  }

  private write(path: string, stream: number, text: string): void {
    try {
      this.sys.openFile(this.descriptorOf(path, stream)).tryWrite(encodeText(text));
    } catch (error) {
      if (!isErrno(error)) throw error;
    }
  }

  /** Logs are often links to a standard stream. Throws `Errno`. */
  private descriptorOf(path: string, stream: number): number {
    const known = this.files.get(path);
    if (known !== undefined) return known;
    const target = path === 'stderr' ? '/dev/stderr' : this.targetOf(path);
    const streams: Readonly<Record<string, number>> = { '/dev/stdout': 1, '/dev/stderr': 2 };
    const full = target.startsWith('/') ? target : `/etc/nginx/${target}`;
    const standard = streams[full] ?? (/^\/(?:dev\/fd|proc\/self\/fd|proc\/1\/fd)\//.test(full) ? stream : undefined);
    const descriptor = standard ?? this.sys.open(full, { write: true, append: true, create: true }, 0o644);
    this.files.set(path, descriptor);
    return descriptor;
  }

  private targetOf(path: string): string {
    try {
      return this.sys.lstat(path).type === 'symlink' ? this.sys.readLink(path) : path;
    } catch (error) {
      if (isErrno(error)) return path;
      throw error;
    }
  }
}

function formatOf({ words }: Directive): [string, string] {
  const [name = '', ...parts] = words;
  return [name, parts.filter((part) => !part.startsWith('escape=')).join('')];
}

/** In a log a variable without a value is a dash. */
function emptied(format: string, exchange: Exchange): string {
  return format.replace(/\$(?:\{\w+\}|\w+)/g, (variable) =>
    expand(exchange, variable) === '' && !exchange.variables.has(variable.replace(/[${}]/g, '')) ? '-' : variable,
  );
}
