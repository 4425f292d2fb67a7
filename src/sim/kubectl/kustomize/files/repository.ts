import { KustomizeError } from '../error.js';
import { joinPath } from './paths.js';

const SCHEMES = /^(?:ssh|https?|file):\/\//i;

/** Whether kustomize takes a path for the address of a git repository. */
export function isRepository(path: string): boolean {
  if (path.startsWith('/')) return false;
  const [address = ''] = path.split('?');
  const plain = address.replace(/^git::/i, '');
  const scheme = SCHEMES.exec(plain)?.[0].toLowerCase() ?? '';
  const rest = plain.slice(scheme.length);
  const user = /^[a-zA-Z][a-zA-Z0-9-]*@/.exec(rest)?.[0] ?? '';
  const where = rest.slice(user.length);
  if (scheme === 'file://') return isInRepository(user + where, true);
  const isGithub = /^github\.com[/:]/i.test(where);
  const copyStyle = scheme === '' && (user !== '' || isGithub);
  if (scheme === '' && !copyStyle) return false;
  const slash = where.indexOf('/');
  const colon = where.indexOf(':');
  const end = copyStyle && (slash < 0 || (colon > 0 && colon < slash)) ? colon : slash;
  const host = end < 0 ? where : where.slice(0, end + 1);
  return host !== '' && isInRepository(end < 0 ? '' : where.slice(end + 1), false);
}

/** The part after the host: the repository, and a directory in it. */
function isInRepository(path: string, whole: boolean): boolean {
  const [repository, directory] = splitRepository(path, whole);
  if (repository === '') return false;
  return joinPath(directory.replace(/^\//, '')).split('/')[0] !== '..';
}

function splitRepository(path: string, whole: boolean): [string, string] {
  const marked =
    /^(.*?_git\/[^/]*)(?:\/(.*))?$/s.exec(path) ?? /^(.*?)\/\/(.*)$/s.exec(path) ?? /^(.*?\.git)(.*)$/s.exec(path);
  if (marked) return [marked[1] ?? '', marked[2] ?? ''];
  if (whole) return [path, ''];
  const parts = path.split('/');
  return parts.length < 2 ? ['', ''] : [parts.slice(0, 2).join('/'), parts.slice(2).join('/')];
}

/** The hosts of this world have no git. */
export function noGit(): KustomizeError {
  return new KustomizeError(`no 'git' program on path: exec: "git": executable file not found in $PATH`);
}
