import { isErrno } from '../../kernel/errno.js';
import type { InstalledProgram } from '../../kernel/installed-program.js';
import { print, printError } from '../../kernel/libc/streams.js';
import type { Sys } from '../../kernel/sys.js';
import type { Waiting } from '../../kernel/wait.js';
import { Failure } from './failure.js';
import { genrsa } from './genrsa.js';
import { pkey, rsa } from './keys.js';
import { Misuse } from './options.js';
import { passwd } from './passwd.js';
import { rand } from './rand.js';
import { req } from './req.js';
import { verify } from './verify.js';
import { x509 } from './x509.js';

type Subcommand = (sys: Sys, words: readonly string[]) => Waiting<number>;

const SUBCOMMANDS: Readonly<Record<string, Subcommand>> = {
  genrsa,
  passwd,
  pkey,
  rand,
  req,
  rsa,
  verify,
  version,
  x509,
};

function* version(sys: Sys): Waiting<number> {
  yield* print(sys, 'OpenSSL 3.0.13 30 Jan 2024 (Library: OpenSSL 3.0.13 30 Jan 2024)\n');
  return 0;
}

function* run(sys: Sys): Waiting<number> {
  const [, name = 'help', ...words] = sys.args;
  if (name === 'help' || name === '--help' || name === '-help') {
    const names = Object.keys(SUBCOMMANDS).map((one) => one.padEnd(18));
    yield* printError(sys, `help:\n\nStandard commands\n${names.join('')}\n\n`);
    return 0;
  }
  const subcommand = Object.hasOwn(SUBCOMMANDS, name) ? SUBCOMMANDS[name] : undefined;
  if (!subcommand) {
    yield* printError(sys, `Invalid command '${name}'; type "help" for a list.\n`);
    return 1;
  }
  try {
    return yield* subcommand(sys, words);
  } catch (error) {
    if (error instanceof Failure) yield* printError(sys, error.lines.map((line) => `${line}\n`).join(''));
    else if (error instanceof Misuse) {
      const said = error.message === '' ? '' : `${name}: ${error.message}\n`;
      yield* printError(sys, `${said}${name}: Use -help for summary.\n`);
    } else if (isErrno(error)) yield* printError(sys, `${name}: ${error.message}\n`);
    else throw error;
    return error instanceof Failure ? error.status : 1;
  }
}

/**
 * openssl as far as clusters need it: keys, requests, certificates that an authority signs, what they say, passwords as
 * they are kept, bytes by chance.
 */
export const openssl: InstalledProgram = { name: 'openssl', paths: ['/usr/bin/openssl'], run };
