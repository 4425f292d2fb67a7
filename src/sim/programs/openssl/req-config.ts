/** The configuration that `-config` names, as far as requests go by it. */
import { isSignatureDigest, type SignatureDigest } from '../../client/pki/signature.js';
import { type Bytes, decodeText } from '../../kernel/bytes.js';
import { isErrno } from '../../kernel/errno.js';
import type { Sys } from '../../kernel/sys.js';
import { readSections } from './extension-values.js';
import { Failure, queued, unopened } from './failure.js';

type Pairs = readonly (readonly [name: string, value: string])[];

export interface Config {
  readonly sections: ReadonlyMap<string, Pairs>;
  /** A setting of the section `req`. */
  setting(name: string): string | undefined;
  /** `default_md`. */
  readonly digest: SignatureDigest | undefined;
  /** Whether a file was named; otherwise what /etc/ssl/openssl.cnf says of Debian holds. */
  readonly isGiven: boolean;
}

/** Reads a configuration; without a path the usual one. Throws `Failure`. */
export function readConfig(sys: Sys, path: string | undefined): Config {
  const sections: ReadonlyMap<string, Pairs> = path === undefined ? new Map() : readSections(textOf(sys, path));
  const own = new Map(sections.get('req'));
  const digest = own.get('default_md') ?? '';
  return {
    sections,
    setting: (name) => own.get(name),
    digest: isSignatureDigest(digest) ? digest : undefined,
    isGiven: path !== undefined,
  };
}

function textOf(sys: Sys, path: string): string {
  let bytes: Bytes;
  try {
    bytes = sys.readFile(path);
  } catch (error) {
    if (!isErrno(error)) throw error;
    throw new Failure([`Can't open "${path}" for reading, ${error.message}`, ...unopened(sys, path, 'r', error)]);
  }
  const text = decodeText(bytes);
  const lines = text.split('\n').map((line) => line.replace(/#.*/, '').trim());
  const wrong = lines.findIndex((line) => line !== '' && !/^\[.*\]$|=|^\.(?:include|pragma)\b/.test(line));
  if (wrong < 0) return text;
  const place = 'configuration file routines:def_load_bio:missing equal sign:../crypto/conf/conf_def.c:529';
  throw new Failure([
    `req: Error on line ${wrong + 1} of config file "${path}"`,
    queued(sys, '07000065', `${place}:HERE-->line ${wrong + 1}`),
  ]);
}
