import { isErrno } from '../../kernel/errno.js';
import { print, printError } from '../../kernel/libc/streams.js';
import type { Sys } from '../../kernel/sys.js';
import { MILLISECOND } from '../../kernel/time.js';
import type { Waiting } from '../../kernel/wait.js';
import type { Certificate } from './certificate.js';
import { readCertificates, timeMillis } from './certificate.js';
import { nameText } from './distinguished-name.js';
import { Failure, queued, readInput, unreadable } from './failure.js';
import { readOptions } from './options.js';

const OPTIONS = { CAfile: 'value', untrusted: 'value' } as const;
const DEPTH_MAX = 100;

/** What is wrong with a chain: OpenSSL's number and words, and which certificate of the chain it concerns. */
interface Problem {
  readonly code: number;
  readonly words: string;
  readonly depth: number;
  readonly certificate: Certificate;
}

/** `openssl verify`: whether certificates come from an authority that is trusted. */
export function* verify(sys: Sys, words: readonly string[]): Waiting<number> {
  const options = readOptions(words, OPTIONS);
  const trusted = trustedOf(sys, options.value('CAfile'));
  const between = options.value('untrusted');
  const untrusted =
    between === undefined ? [] : readCertificates(yield* readInput(sys, between, 'untrusted certificates'));
  let status = 0;
  for (const path of options.operands.length > 0 ? options.operands : [undefined]) {
    const leaf = yield* readLeaf(sys, path);
    if (leaf instanceof Failure) {
      yield* printError(sys, leaf.lines.map((line) => `${line}\n`).join(''));
      status = 2;
      continue;
    }
    const name = path ?? 'stdin';
    const problem = problemOf(leaf, trusted, untrusted, sys.now() / MILLISECOND);
    if (!problem) {
      yield* print(sys, `${name}: OK\n`);
      continue;
    }
    status = 2;
    const { code, words: says, depth, certificate } = problem;
    yield* printError(
      sys,
      `${nameText(certificate.subject)}\nerror ${code} at ${depth} depth lookup: ${says}\nerror ${name}: verification failed\n`,
    );
  }
  return status;
}

/** The certificate that is to be looked at; what is said where there is none does not keep others from being looked at. */
function* readLeaf(sys: Sys, path: string | undefined): Waiting<Certificate | Failure> {
  try {
    const [leaf] = readCertificates(yield* readInput(sys, path, 'certificate file'));
    return leaf ?? unreadable(path, 'certificate file');
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
}

function trustedOf(sys: Sys, path: string | undefined): Certificate[] {
  if (path === undefined) return [];
  const refuse = (...lines: string[]) => new Failure([`Error loading file ${path}`, ...lines]);
  const routine = 'x509 certificate routines:X509_load_cert_crl_file_ex';
  let bytes: Uint8Array;
  try {
    bytes = sys.readFile(path);
  } catch (error) {
    if (!isErrno(error)) throw error;
    throw refuse(
      queued(
        sys,
        '80000002',
        `system library:BIO_new_file:${error.message}:../crypto/bio/bss_file.c:67:calling fopen(${path}, r)`,
      ),
      queued(sys, '10000080', 'BIO routines:BIO_new_file:no such file:../crypto/bio/bss_file.c:75:'),
      queued(sys, '05880002', `${routine}:system lib:../crypto/x509/by_file.c:229:`),
    );
  }
  const found = readCertificates(bytes);
  if (found.length > 0) return found;
  throw refuse(queued(sys, '05800088', `${routine}:no certificate or crl found:../crypto/x509/by_file.c:252:`));
}

/** Follows the issuers up to one that is trusted. */
function problemOf(
  leaf: Certificate,
  trusted: readonly Certificate[],
  untrusted: readonly Certificate[],
  now: number,
): Problem | undefined {
  const chain = [leaf];
  for (let depth = 0; depth < DEPTH_MAX; depth += 1) {
    const top = chain.at(-1) as Certificate;
    const same = (other: Certificate) => Buffer.from(other.der).equals(top.der);
    if (trusted.some(same)) return timeProblem(chain, now);
    const signed = (other: Certificate) => signs(other, top);
    const anchor = trusted.find(signed);
    if (anchor) return timeProblem([...chain, anchor], now);
    const selfSigned = signs(top, top);
    if (selfSigned && depth === 0) return { code: 18, words: 'self-signed certificate', depth, certificate: top };
    if (selfSigned) return { code: 19, words: 'self-signed certificate in certificate chain', depth, certificate: top };
    const next = untrusted.find((other) => signed(other) && !same(other));
    if (!next) {
      const words = 'unable to get local issuer certificate';
      return {
        code: depth === 0 ? 20 : 2,
        words: depth === 0 ? words : words.replace(' local', ''),
        depth,
        certificate: top,
      };
    }
    chain.push(next);
  }
  return undefined;
}

function signs(issuer: Certificate, subject: Certificate): boolean {
  if (!Buffer.from(issuer.subject.content).equals(subject.issuer.content)) return false;
  return subject.x509.verify(issuer.x509.publicKey);
}

/** Times are looked at from the anchor down. */
function timeProblem(chain: readonly Certificate[], now: number): Problem | undefined {
  for (const [depth, certificate] of [...chain.entries()].toReversed()) {
    if (timeMillis(certificate.notBefore) > now)
      return { code: 9, words: 'certificate is not yet valid', depth, certificate };
    if (timeMillis(certificate.notAfter) < now)
      return { code: 10, words: 'certificate has expired', depth, certificate };
  }
  return undefined;
}
