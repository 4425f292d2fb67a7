import type { JsonObject } from '../../api/object.js';
import { CommandError } from '../errors.js';
import type { Session } from '../session.js';
import { type ConfigFile, fileFor, fileOfCurrent, SECTIONS, type Section, writeFile } from './file.js';

/** Sets a property such as `contexts.prod.namespace`, or takes it away when there is no value. Throws for unknown paths. */
export function changeProperty(session: Session, path: string, value: string | undefined): void {
  const [head = '', ...rest] = path.split('.');
  if (head === 'current-context' && rest.length === 0) {
    const file = fileOfCurrent(session);
    file.currentContext = value ?? '';
    return writeFile(session, file);
  }
  if (!(head in SECTIONS)) throw new CommandError(`unable to parse ${path} after [] at api.Config`);
  const section = head as Section;
  const { name, field } = entryOf(session, section, rest);
  const file = fileFor(session, section, name);
  if (value === undefined) remove(file, section, name, field);
  else if (field === undefined) throw new CommandError(`unable to parse one or more field values of ${path}`);
  else {
    checkField(file, section, field);
    checkValue(session, field, value);
    file[section].set(name, { ...file[section].get(name), [field]: typed(field, value) });
  }
  writeFile(session, file);
}

/** Names may hold dots: the longest that is there wins, else all but the last part. */
function entryOf(
  session: Session,
  section: Section,
  parts: readonly string[],
): { name: string; field: string | undefined } {
  const known = session.kubeconfigOrEmpty()[section];
  for (let length = parts.length; length > 0; length -= 1) {
    const name = parts.slice(0, length).join('.');
    if (known.has(name)) return { name, field: parts.slice(length).join('.') || undefined };
  }
  return parts.length < 2
    ? { name: parts.join('.'), field: undefined }
    : { name: parts.slice(0, -1).join('.'), field: parts.at(-1) };
}

function remove(file: ConfigFile, section: Section, name: string, field: string | undefined): void {
  if (name === '') return file[section].clear();
  const entry: JsonObject | undefined = file[section].get(name);
  if (field === undefined) file[section].delete(name);
  else if (!entry) throw new CommandError(`current map key \`${name}\` is invalid`);
  else {
    const { [field]: _gone, ...kept } = entry;
    file[section].set(name, kept);
  }
}

// biome-ignore format: a table
const FIELDS: Readonly<Record<Section, readonly string[]>> = {
  clusters: ['certificate-authority', 'certificate-authority-data', 'disable-compression', 'insecure-skip-tls-verify', 'proxy-url', 'server', 'tls-server-name'],
  contexts: ['cluster', 'namespace', 'user'],
  users: [
    'as', 'as-groups', 'as-uid', 'as-user-extra', 'auth-provider', 'client-certificate', 'client-certificate-data', 'client-key', 'client-key-data',
    'exec', 'password', 'token', 'tokenFile', 'username',
  ],
};

/** An unknown field is taken for a part of the name, so that a value would replace an entry; Go shows its pointers. */
function checkField(file: ConfigFile, section: Section, field: string): void {
  if (FIELDS[section].includes(field)) return;
  const entries = [...file[section].keys()]
    .sort()
    .map((name, i) => `${name}:0x${(HEAP_START + ENTRY_BYTES * i).toString(16)}`);
  throw new CommandError(`can't set a map to a value: map[${entries.join(' ')}]`);
}

/** The addresses that Go prints for pointers to structures: its heap begins here, and each entry takes 128 bytes. */
const HEAP_START = 0xc000000000;
const ENTRY_BYTES = 128;

/** Bytes are given in base64 unless `--set-raw-bytes` says otherwise. */
function checkValue({ flags }: Session, field: string, value: string): void {
  if (!field.endsWith('-data') || flags.bool('set-raw-bytes')) return;
  const stray = value.search(/[^A-Za-z0-9+/=]/);
  const whole = value.length - (value.length % 4);
  if (stray < 0 && whole === value.length) return;
  throw new CommandError(`error decoding input value: illegal base64 data at input byte ${stray < 0 ? whole : stray}`);
}

function typed(field: string, value: string): unknown {
  return field === 'insecure-skip-tls-verify' ? value === 'true' : value;
}
