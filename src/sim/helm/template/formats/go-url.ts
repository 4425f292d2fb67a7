import { bytesOf, textOf } from '../../../api/go-template/go-bytes.js';
import { goQuote } from '../../../api/go-text.js';

/** An address in the parts that Go's net/url finds, their escapes read (but those of `query`). */
export interface Url {
  readonly scheme: string;
  readonly opaque: string;
  readonly user: UserInfo | undefined;
  readonly host: string;
  readonly path: string;
  readonly query: string;
  readonly fragment: string;
}

export interface UserInfo {
  readonly name: string;
  readonly password: string | undefined;
}

/** Reads an address as Go's url.Parse, or answers what it says of one that cannot be read. */
export function parseUrl(text: string): Url | string {
  const [, before = '', fragment] = /^([^#]*)(?:#(.*))?$/s.exec(text) ?? [];
  try {
    const url = readUrl(before);
    return { ...url, fragment: readEscapes(fragment ?? '') };
  } catch (error) {
    if (error instanceof Mistake) return `parse ${goQuote(text)}: ${error.message}`;
    throw error;
  }
}

class Mistake extends Error {}

function readUrl(text: string): Url {
  if (/[\u0000-\u001f\u007f]/.test(text)) throw new Mistake('net/url: invalid control character in URL');
  const none: Url = { scheme: '', opaque: '', user: undefined, host: '', path: '', query: '', fragment: '' };
  if (text === '*') return { ...none, path: '*' };
  if (text.startsWith(':')) throw new Mistake('missing protocol scheme');
  const found = /^([A-Za-z][A-Za-z0-9+.-]*):/.exec(text);
  const scheme = (found?.[1] ?? '').toLowerCase();
  const rest = text.slice(found?.[0].length ?? 0);
  const mark = rest.indexOf('?');
  const [place, query] = mark < 0 ? [rest, ''] : [rest.slice(0, mark), rest.slice(mark + 1)];
  if (!place.startsWith('/')) {
    if (scheme !== '') return { ...none, scheme, opaque: place, query };
    if ((place.split('/')[0] ?? '').includes(':')) throw new Mistake('first path segment in URL cannot contain colon');
  }
  if (!place.startsWith('//') || (scheme === '' && place.startsWith('///'))) {
    return { ...none, scheme, path: readEscapes(place), query };
  }
  const slash = place.indexOf('/', 2);
  const authority = slash < 0 ? place.slice(2) : place.slice(2, slash);
  return {
    ...none,
    scheme,
    ...readAuthority(authority),
    path: readEscapes(slash < 0 ? '' : place.slice(slash)),
    query,
  };
}

function readAuthority(authority: string): Pick<Url, 'user' | 'host'> {
  const at = authority.lastIndexOf('@');
  const host = readHost(authority.slice(at + 1));
  if (at < 0) return { user: undefined, host };
  const userinfo = authority.slice(0, at);
  if (!/^[A-Za-z0-9\-._:~!$&'()*+,;=%@]*$/.test(userinfo)) throw new Mistake('net/url: invalid userinfo');
  const colon = userinfo.indexOf(':');
  const name = readEscapes(colon < 0 ? userinfo : userinfo.slice(0, colon));
  return { user: { name, password: colon < 0 ? undefined : readEscapes(userinfo.slice(colon + 1)) }, host };
}

function readHost(host: string): string {
  const end = host.lastIndexOf(']');
  if (host.startsWith('[') && end < 0) throw new Mistake("missing ']' in host");
  const colon = host.startsWith('[') ? end + 1 : host.lastIndexOf(':');
  const port = colon < 0 ? '' : host.slice(colon);
  if (port !== '' && !/^:\d*$/.test(port)) throw new Mistake(`invalid port ${goQuote(port)} after host`);
  const wrong = /[^A-Za-z0-9\-._~!$&'()*+,;=:[\]<>"%\u0080-\u{10ffff}]/u.exec(host)?.[0];
  if (wrong !== undefined) throw new Mistake(`invalid character ${goQuote(wrong)} in host name`);
  return readEscapes(host);
}

function readEscapes(text: string): string {
  const wrong = /%(?![0-9a-fA-F]{2}).{0,2}/s.exec(text)?.[0];
  if (wrong !== undefined) throw new Mistake(`invalid URL escape ${goQuote(wrong)}`);
  return text.replace(/(?:%[0-9a-fA-F]{2})+/g, (run) => textOf(Buffer.from(run.replaceAll('%', ''), 'hex')));
}

const KEPT = {
  path: /[A-Za-z0-9\-._~$&+,/:;=@]/,
  user: /[A-Za-z0-9\-._~$&+,;=]/,
  host: /[A-Za-z0-9\-._~!$&'()*+,;=:[\]<>"]/,
  fragment: /[A-Za-z0-9\-._~$&+,/:;=?@!()*']/,
} as const;

function escaped(text: string, kept: RegExp): string {
  return [...bytesOf(text)]
    .map((byte) => {
      const char = String.fromCharCode(byte);
      return byte < 0x80 && kept.test(char) ? char : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
    })
    .join('');
}

/** `name:password`, escaped. */
export function userText({ name, password }: UserInfo): string {
  return escaped(name, KEPT.user) + (password === undefined ? '' : `:${escaped(password, KEPT.user)}`);
}

/** An address written again, as Go's URL.String. */
export function urlText({ scheme, opaque, user, host, path, query, fragment }: Url): string {
  let out = scheme === '' ? '' : `${scheme}:`;
  if (opaque !== '') out += opaque;
  else {
    if (scheme !== '' || host !== '' || user !== undefined) {
      if (host !== '' || path !== '' || user !== undefined) out += '//';
      if (user !== undefined) out += `${userText(user)}@`;
      out += escaped(host, KEPT.host);
    }
    const written = escaped(path, KEPT.path);
    if (written !== '' && !written.startsWith('/') && host !== '') out += '/';
    if (out === '' && (written.split('/')[0] ?? '').includes(':')) out += './';
    out += written;
  }
  return `${out}${query === '' ? '' : `?${query}`}${fragment === '' ? '' : `#${escaped(fragment, KEPT.fragment)}`}`;
}
