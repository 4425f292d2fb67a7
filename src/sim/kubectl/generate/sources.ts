import { goQuote } from '../../api/go-text.js';
import { configMapKey } from '../../api/names.js';
import { type Bytes, decodeText } from '../../kernel/bytes.js';
import { isErrno } from '../../kernel/errno.js';
import { CommandError } from '../errors.js';
import type { Session } from '../session.js';

/** Adds one key with its value, refusing keys that are taken or malformed. */
export type AddValue = (key: string, value: Bytes | string) => void;

/** Reads `--from-literal`, `--from-file` and `--from-env-file` in kubectl's order. Throws its words. */
export function readSources(session: Session, add: AddValue): void {
  const { flags } = session;
  for (const literal of flags.list('from-literal')) {
    const { key, value } = literalSource(literal);
    add(key, value);
  }
  for (const source of flags.list('from-file')) fileSource(session, source, add);
  for (const path of flags.list('from-env-file')) envFileSource(session, path, add);
}

function literalSource(text: string): { key: string; value: string } {
  const equals = text.indexOf('=');
  if (equals <= 0) throw new CommandError(`invalid literal source ${text}, expected key=value`);
  const value = text.slice(equals + 1);
  const quoted = /^(["'])(.*)\1$/s.exec(value);
  return { key: text.slice(0, equals), value: quoted && value.length >= 2 ? (quoted[2] ?? '') : value };
}

function fileSource(session: Session, source: string, add: AddValue): void {
  const { key, path } = splitSource(source);
  const type = typeOf(session, path);
  if (type !== 'directory') return add(key, contentOf(session, path));
  if (source.includes('=')) throw new CommandError('cannot give a key name for a directory path');
  for (const { name, type: entry } of [...session.sys.readDirectory(path)].sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (entry !== 'file') continue;
    if (configMapKey(name).length === 0) add(name, contentOf(session, `${path.replace(/\/$/, '')}/${name}`));
  }
}

function splitSource(source: string): { key: string; path: string } {
  const parts = source.split('=');
  if (parts.length === 1) return { key: source.replace(/\/+$/, '').split('/').at(-1) ?? '', path: source };
  if (parts[0] === '' && parts.length === 2) throw new CommandError(`key name for file path ${parts[1]} missing`);
  if (parts[1] === '' && parts.length === 2) throw new CommandError(`file path for key name ${parts[0]} missing`);
  if (parts.length > 2) throw new CommandError("key names or file paths cannot contain '='");
  return { key: parts[0] as string, path: parts[1] as string };
}

function typeOf(session: Session, path: string): string {
  try {
    return session.sys.stat(path).type;
  } catch (error) {
    if (!isErrno(error)) throw error;
    throw new CommandError(`error reading ${path}: ${error.message.toLowerCase()}`);
  }
}

/** A file's bytes. Throws in Go's words. */
function contentOf(session: Session, path: string): Bytes {
  try {
    return session.sys.readFile(path);
  } catch (error) {
    if (!isErrno(error)) throw error;
    throw new CommandError(`open ${path}: ${error.message.toLowerCase()}`);
  }
}

function envFileSource(session: Session, path: string, add: AddValue): void {
  if (typeOf(session, path) === 'directory') throw new CommandError('env config file cannot be a directory');
  const text = decodeText(contentOf(session, path));
  text.split('\n').forEach((raw) => {
    const line = raw.replace(/\r$/, '').trimStart();
    if (line === '' || line.startsWith('#')) return;
    const equals = line.indexOf('=');
    const key = equals < 0 ? line : line.slice(0, equals);
    const problem = /^[-._a-zA-Z][-._a-zA-Z0-9]*$/.test(key) ? undefined : key;
    if (problem !== undefined) {
      throw new CommandError(
        `${goQuote(key)} is not a valid key name: a valid environment variable name must consist of alphabetic characters, digits, '_', '-', or '.', and must not start with a digit (e.g. 'my.env-name',  or 'MY_ENV.NAME',  or 'MyEnvName1', regex used for validation is '[-._a-zA-Z][-._a-zA-Z0-9]*')`,
      );
    }
    if (equals >= 0) add(key, line.slice(equals + 1));
    else add(key, session.sys.environment.get(key) ?? '');
  });
}

/** Whether bytes are UTF-8 text. */
export function isText(bytes: Bytes): boolean {
  return Buffer.from(decodeText(bytes), 'utf8').equals(Buffer.from(bytes));
}
