import { decodeText } from '../../kernel/bytes.js';
import { isErrno } from '../../kernel/errno.js';
import type { Sys } from '../../kernel/sys.js';

/** Settings of one connection, from options and ~/.ssh/config; names are lower-case, the first value of each holds. */
export type Settings = Map<string, string>;

/** Splits `user@host`, `ssh://user@host:port`. */
export function splitDestination(text: string): { user: string | undefined; host: string; port: string | undefined } {
  const [, uri] = /^ssh:\/\/(.*?)\/?$/.exec(text) ?? [];
  const at = (uri ?? text).lastIndexOf('@');
  const rest = (uri ?? text).slice(at + 1);
  const [, host = rest, port] = uri === undefined ? [] : (/^(.*?)(?::(\d+))?$/.exec(rest) ?? []);
  return { user: at < 0 ? undefined : (uri ?? text).slice(0, at), host, port };
}

/** Adds what the configuration files say about a host. */
export function addConfig(sys: Sys, settings: Settings, host: string, home: string): void {
  for (const path of [`${home}/.ssh/config`, '/etc/ssh/ssh_config']) {
    let applies = true;
    for (const line of readText(sys, path).split('\n')) {
      const [, name = '', value = ''] =
        /^\s*([A-Za-z]+)(?:\s+|\s*=\s*)(.*?)\s*$/.exec(line.replace(/^\s*#.*/, '')) ?? [];
      const key = name.toLowerCase();
      if (key === '') continue;
      if (key === 'host') applies = hostMatches(value.split(/\s+/), host);
      else if (applies && !settings.has(key)) settings.set(key, value.replace(/^"(.*)"$/, '$1'));
    }
  }
}

function hostMatches(patterns: readonly string[], host: string): boolean {
  const fits = (pattern: string) =>
    new RegExp(
      `^${pattern
        .replace(/[.+^$(){}|\\]/g, '\\$&')
        .replace(/\*/g, '.*')
        .replace(/\?/g, '.')}$`,
    ).test(host);
  if (patterns.some((pattern) => pattern.startsWith('!') && fits(pattern.slice(1)))) return false;
  return patterns.some((pattern) => !pattern.startsWith('!') && fits(pattern));
}

function readText(sys: Sys, path: string): string {
  try {
    return decodeText(sys.readFile(path));
  } catch (error) {
    if (isErrno(error)) return '';
    throw error;
  }
}
