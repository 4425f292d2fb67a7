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
  else file[section].set(name, { ...file[section].get(name), [field]: typed(field, value) });
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
  if (!entry) throw new CommandError(`current map key \`${name}\` is invalid`);
  if (field === undefined) file[section].delete(name);
  else {
    const { [field]: _gone, ...kept } = entry;
    file[section].set(name, kept);
  }
}

function typed(field: string, value: string): unknown {
  return field === 'insecure-skip-tls-verify' ? value === 'true' : value;
}
