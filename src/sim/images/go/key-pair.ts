import { isErrno } from '../../kernel/errno.js';
import type { ServerTls } from '../../kernel/network.js';
import type { Sys } from '../../kernel/sys.js';

/** A certificate and its key from files, and who may come; or why not, in Go's words (tls.LoadX509KeyPair). */
export function loadKeyPair(
  sys: Sys,
  certificatePath: string,
  keyPath: string,
  authoritiesPath?: string,
): { readonly tls: ServerTls } | { readonly failure: string } {
  const texts: string[] = [];
  for (const path of [certificatePath, keyPath, ...(authoritiesPath === undefined ? [] : [authoritiesPath])]) {
    try {
      texts.push(Buffer.from(sys.readFile(path)).toString('utf8'));
    } catch (error) {
      if (!isErrno(error)) throw error;
      return { failure: `open ${path}: ${error.message.toLowerCase()}` };
    }
  }
  const [certificate = '', key = '', authorities] = texts;
  const missing = [
    ['certificate', certificate],
    ['key', key],
  ].find(([, text]) => !text?.includes('-----BEGIN '));
  if (missing) return { failure: `tls: failed to find any PEM data in ${missing[0]} input` };
  const clients = authorities === undefined ? {} : { clientAuthorities: () => authorities, clientRequired: true };
  return { tls: { certificate: () => certificate, key: () => key, ...clients } };
}
