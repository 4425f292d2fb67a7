import { isJsonObject } from '../../api/object.js';
import { OutputError } from '../../api/output-error.js';

const MISSING_KIND = 'missing apiVersion or kind; try GetObjectKind().SetGroupVersionKind() if you know the type';

/**
 * An object's `resource/name` line as kubectl prints it: `deployment.apps/web created`. Without an operation it is
 * what `-o name` prints; a list is printed item by item. Throws OutputError.
 */
export function printName(object: unknown, operation = ''): string {
  if (!isJsonObject(object)) throw new OutputError(MISSING_KIND);
  if (Array.isArray(object.items)) return object.items.map((item) => printName(item, operation)).join('');
  // `get --watch --output-watch-events` puts the object into an event, of which only the object has a name.
  if (typeof object['type'] === 'string' && isJsonObject(object['object']) && object.kind === undefined)
    return printName(object['object'], operation);
  const { apiVersion, kind, metadata } = object;
  if (typeof kind !== 'string' || typeof apiVersion !== 'string' || kind === '') {
    throw new OutputError(MISSING_KIND);
  }
  const name = isJsonObject(metadata) && typeof metadata.name === 'string' ? metadata.name : '';
  const suffix = operation === '' ? '' : ` ${operation}`;
  return `${kindName(apiVersion, kind)}/${name === '' ? '<unknown>' : name}${suffix}\n`;
}

/** A kind as it stands before names: lower case, with its group unless that is the core group. */
export function kindName(apiVersion: string, kind: string): string {
  const slash = apiVersion.indexOf('/');
  const resource = kind.toLowerCase();
  return slash < 0 ? resource : `${resource}.${apiVersion.slice(0, slash)}`;
}
