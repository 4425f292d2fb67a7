import type { JsonObject } from '../../api/object.js';
import { isErrno } from '../../kernel/errno.js';
import { CommandError } from '../errors.js';
import type { Session } from '../session.js';

/** Puts a certificate or key into an entry: its content with --embed-certs, else its absolute path. */
export function embedded({ sys, flags }: Session, entry: JsonObject, field: string, path: string): void {
  delete entry[field];
  delete entry[`${field}-data`];
  if (path === '') return;
  if (!flags.bool('embed-certs')) {
    entry[field] = path.startsWith('/') ? path : `${sys.directory()}/${path}`;
    return;
  }
  try {
    entry[`${field}-data`] = Buffer.from(sys.readFile(path)).toString('base64');
  } catch (error) {
    if (!isErrno(error)) throw error;
    throw new CommandError(`could not stat ${field} file ${path}: stat ${path}: ${error.message.toLowerCase()}`);
  }
}
