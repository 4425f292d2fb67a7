/** Addresses of the web as Go's net/url reads them. */
import { goQuote } from '../../api/go-text.js';
import { CelError } from '../values.js';

/** A URL in its parts. */
export interface Url {
  readonly scheme: string;
  readonly host: string;
  /** As it is written, and with its escapes read. */
  readonly rawPath: string;
  readonly path: string;
  readonly query: string;
  readonly whole: string;
}

/** A URL that a request could be sent to: with a scheme, or a path from the root. */
export function parseUrl(text: string): Url | CelError {
  const found = read(text.split('#')[0] ?? '', text);
  if (typeof found !== 'string') return found;
  return new CelError(`parse ${goQuote(text)}: ${found}`);
}

function read(text: string, whole: string): Url | string {
  if (/[\u0000-\u001f\u007f]/.test(whole)) return 'net/url: invalid control character in URL';
  if (whole === '') return 'empty url';
  const colon = /^([a-zA-Z][a-zA-Z0-9+.-]*):/.exec(text);
  if (text.startsWith(':')) return 'missing protocol scheme';
  const scheme = (colon?.[1] ?? '').toLowerCase();
  const rest = colon ? text.slice(colon[0].length) : text;
  const mark = rest.indexOf('?');
  const before = mark < 0 ? rest : rest.slice(0, mark);
  const query = mark < 0 ? '' : rest.slice(mark + 1);
  if (!before.startsWith('/')) {
    if (scheme === '') return 'invalid URI for request';
    return { scheme, host: '', rawPath: '', path: '', query, whole };
  }
  const authority = scheme !== '' && before.startsWith('//') ? (before.slice(2).split('/')[0] ?? '') : undefined;
  const written = authority === undefined ? before : before.slice(2 + authority.length);
  const host = authority === undefined ? '' : readHost(authority);
  if (host instanceof CelError) return host.message;
  const path = readEscapes(written, false);
  return path instanceof CelError ? path.message : { scheme, host, rawPath: written, path, query, whole };
}

function readHost(authority: string): string | CelError {
  const at = authority.lastIndexOf('@');
  const user = at < 0 ? '' : authority.slice(0, at);
  if (!/^[A-Za-z0-9\-._:~!$&'()*+,;=%@]*$/.test(user)) return new CelError('net/url: invalid userinfo');
  const host = authority.slice(at + 1);
  if (host.startsWith('[')) {
    const end = host.lastIndexOf(']');
    if (end < 0) return new CelError("missing ']' in host");
    const port = host.slice(end + 1);
    return isPort(port) ? host : new CelError(`invalid port ${goQuote(port)} after host`);
  }
  const colon = host.lastIndexOf(':');
  if (colon >= 0 && !isPort(host.slice(colon))) {
    return new CelError(`invalid port ${goQuote(host.slice(colon))} after host`);
  }
  const wrong = /[^A-Za-z0-9\-._~!$&'()*+,;=:[\]<>"%\u0080-\uffff]/.exec(host)?.[0];
  if (wrong !== undefined) return new CelError(`invalid character ${goQuote(wrong)} in host name`);
  return readEscapes(host, false);
}

function isPort(text: string): boolean {
  return text === '' || /^:\d*$/.test(text);
}

function readEscapes(text: string, plusIsSpace: boolean): string | CelError {
  const wrong = /%(?![0-9a-fA-F]{2}).{0,2}/s.exec(text)?.[0];
  if (wrong !== undefined) return new CelError(`invalid URL escape ${goQuote(wrong)}`);
  const spaced = plusIsSpace ? text.replaceAll('+', ' ') : text;
  return spaced.replace(/(?:%[0-9a-fA-F]{2})+/g, (run) => Buffer.from(run.replaceAll('%', ''), 'hex').toString());
}

/** The host without its port and brackets. */
export function hostname({ host }: Url): string {
  const bracketed = /^\[(.*)\]/.exec(host);
  if (bracketed) return bracketed[1] ?? '';
  return host.replace(/:\d*$/, '');
}

/** The port as it is written, '' where there is none. */
export function port({ host }: Url): string {
  return /:(\d*)$/.exec(host.replace(/^\[.*\]/, ''))?.[1] ?? '';
}

/** The path with everything escaped that has to be. */
export function escapedPath({ rawPath, path }: Url): string {
  if (/^[A-Za-z0-9\-._~!$&'()*+,;=:@/[\]%]*$/.test(rawPath)) return rawPath;
  return [...Buffer.from(path)]
    .map((byte) => {
      const character = String.fromCharCode(byte);
      if (/[A-Za-z0-9\-._~$&+,/:;=@]/.test(character)) return character;
      return `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
    })
    .join('');
}

/** The values of the query by their names; what cannot be read is left out. */
export function queryValues({ query }: Url): Map<string, string[]> {
  const values = new Map<string, string[]>();
  for (const pair of query.split('&')) {
    if (pair === '' || pair.includes(';')) continue;
    const sign = pair.indexOf('=');
    const name = readEscapes(sign < 0 ? pair : pair.slice(0, sign), true);
    const value = readEscapes(sign < 0 ? '' : pair.slice(sign + 1), true);
    if (name instanceof CelError || value instanceof CelError) continue;
    values.set(name, [...(values.get(name) ?? []), value]);
  }
  return values;
}
