/** What a command trusts: `-CAfile`, and what the computer has of its own. */
import { systemRoots } from '../../client/system-roots.js';
import { encodeText } from '../../kernel/bytes.js';
import { isErrno } from '../../kernel/errno.js';
import type { Sys } from '../../kernel/sys.js';
import { type Certificate, readCertificates } from './certificate.js';
import { Failure, queued, unopened } from './failure.js';
import type { Options } from './options.js';

/** Certificates that are trusted. Throws `Failure` with the lines of the queue alone. */
export function trustedOf(sys: Sys, options: Options): Certificate[] {
  const path = options.value('CAfile');
  const own = options.has('no-CAfile') && options.has('no-CApath') ? '' : systemRoots(sys);
  const system = own === '' ? [] : readCertificates(encodeText(own));
  return [...(path === undefined ? [] : trustFile(sys, path)), ...system];
}

/** The certificates of one file. Throws `Failure`. */
export function trustFile(sys: Sys, path: string): Certificate[] {
  const routine = 'x509 certificate routines:X509_load_cert_crl_file_ex';
  let bytes: Uint8Array;
  try {
    bytes = sys.readFile(path);
  } catch (error) {
    if (!isErrno(error)) throw error;
    const line = queued(sys, '05880002', `${routine}:system lib:../crypto/x509/by_file.c:229:`);
    throw new Failure([...unopened(sys, path, 'r', error), line]);
  }
  const found = readCertificates(bytes);
  if (found.length > 0) return found;
  throw new Failure([queued(sys, '05800088', `${routine}:no certificate or crl found:../crypto/x509/by_file.c:252:`)]);
}
