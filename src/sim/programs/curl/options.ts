import { durationMicros } from '../../kernel/libc/pflag.js';
import type { Micros } from '../../kernel/time.js';

/** Long names of options with a value, by letter where they have one. */
const WITH_VALUE: Readonly<Record<string, string>> = {
  A: 'user-agent',
  b: 'cookie',
  d: 'data',
  e: 'referer',
  E: 'cert',
  F: 'form',
  H: 'header',
  m: 'max-time',
  o: 'output',
  u: 'user',
  w: 'write-out',
  x: 'proxy',
  X: 'request',
};
const LONG_WITH_VALUE = new Set([
  ...Object.values(WITH_VALUE),
  'cacert',
  'capath',
  'connect-timeout',
  'connect-to',
  'data-ascii',
  'data-binary',
  'data-raw',
  'data-urlencode',
  'json',
  'key',
  'max-redirs',
  'oauth2-bearer',
  'resolve',
  'retry',
  'retry-delay',
  'tls-max',
  'url',
]);
const FLAGS: Readonly<Record<string, string>> = {
  '0': 'http1.0',
  '4': 'ipv4',
  '6': 'ipv6',
  f: 'fail',
  G: 'get',
  h: 'help',
  i: 'include',
  I: 'head',
  k: 'insecure',
  L: 'location',
  N: 'no-buffer',
  O: 'remote-name',
  s: 'silent',
  S: 'show-error',
  v: 'verbose',
  V: 'version',
  g: 'globoff',
  '#': 'progress-bar',
};
const LONG_FLAGS = new Set([
  ...Object.values(FLAGS),
  'compressed',
  'fail-with-body',
  'http1.1',
  'http2',
  'no-progress-meter',
  'retry-connrefused',
  'tlsv1.2',
  'tlsv1.3',
]);

/** A command line that curl refuses, with its status. */
export class CurlUsage extends Error {}

/** What curl was told. */
export class CurlOptions {
  readonly urls: string[] = [];
  private readonly values = new Map<string, string[]>();
  private readonly flags = new Set<string>();

  /** Throws `CurlUsage`. */
  constructor(args: readonly string[]) {
    const left = [...args];
    for (let arg = left.shift(); arg !== undefined; arg = left.shift()) {
      if (arg.startsWith('--')) this.long(arg, left);
      else if (arg.startsWith('-') && arg !== '-') this.short(arg, left);
      else this.urls.push(arg);
    }
    this.urls.push(...this.all('url'));
  }

  has(name: string): boolean {
    return this.flags.has(name);
  }

  /** The last value of an option. */
  text(name: string): string | undefined {
    return this.values.get(name)?.at(-1);
  }

  all(name: string): readonly string[] {
    return this.values.get(name) ?? [];
  }

  /** A number of seconds, perhaps with a fraction. */
  span(name: string): Micros | undefined {
    const text = this.text(name);
    return text === undefined ? undefined : durationMicros(`${text}s`);
  }

  private long(arg: string, left: string[]): void {
    const name = arg.slice(2).replace(/^no-(?=silent|location|insecure|fail)/, '');
    if (LONG_FLAGS.has(name)) this.flags.add(name);
    else if (LONG_WITH_VALUE.has(name)) this.add(name, left.shift(), arg);
    else throw new CurlUsage(`curl: option ${arg}: is unknown`);
  }

  private short(arg: string, left: string[]): void {
    for (let at = 1; at < arg.length; at += 1) {
      const letter = arg.charAt(at);
      const flag = FLAGS[letter];
      const name = WITH_VALUE[letter];
      if (flag !== undefined) this.flags.add(flag);
      else if (name === undefined) throw new CurlUsage(`curl: option ${arg}: is unknown`);
      else {
        const rest = arg.slice(at + 1);
        this.add(name, rest !== '' ? rest : left.shift(), `-${letter}`);
        return;
      }
    }
  }

  private add(name: string, value: string | undefined, shown: string): void {
    if (value === undefined) throw new CurlUsage(`curl: option ${shown}: requires parameter`);
    this.values.set(name, [...this.all(name), value]);
  }
}
