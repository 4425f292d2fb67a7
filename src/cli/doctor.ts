import chalk from 'chalk';
import { homeDirectory, privateFolder, writableFolder } from '../labs/home.js';
import type { CliCommand } from './command.js';
import { catalogueOf } from './content.js';
import type { Finding } from './doctor/finding.js';
import { type CommandIo, say } from './io.js';

function sign(ok: boolean, missing = false): string {
  if (missing) return chalk.dim('–');
  return ok ? chalk.green('✓') : chalk.red('✗');
}

function show(io: CommandIo, { what, ok, missing, found, remedy, also = [] }: Finding): void {
  say(io, `${sign(ok, missing)} ${what.padEnd(10)} ${found}`);
  for (const line of also) say(io, `             ${line}`);
  if (!ok && remedy) say(io, `             ${remedy}`);
}

/** `kubedrill doctor`: whether everything the program needs is there. Exit code 0 when it is. */
export const doctor: CliCommand = {
  name: 'doctor',
  declare(command, io, exit) {
    command.description('check that everything needed is there, and what is for real clusters').action(async () => {
      const { realClusterFindings } = await import('./doctor/real-clusters.js');
      const real = realClusterFindings(io.environment);
      const findings = [nodeVersion(), terminal(io), home(io), content(io), await language(io)];
      for (const finding of findings) show(io, finding);
      say(io, 'For real clusters, which nothing else needs (`--cluster kind`, `--cluster context=NAME`):');
      for (const finding of await real) show(io, finding);
      exit(findings.every(({ ok }) => ok) ? 0 : 1);
    });
  },
};

function nodeVersion(): Finding {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const ok = major > 20 || (major === 20 && minor >= 19);
  return { what: 'node', ok, found: process.version, remedy: 'kubedrill needs Node.js 20.19 or newer.' };
}

function terminal({ stdout, environment }: CommandIo): Finding {
  const size = stdout.isTTY
    ? `${stdout.columns}×${stdout.rows}, TERM=${environment['TERM'] ?? 'not set'}`
    : 'no terminal; the screens need one, the commands do not';
  return { what: 'terminal', ok: true, missing: !stdout.isTTY, found: size };
}

function home({ environment }: CommandIo): Finding {
  const path = homeDirectory(environment);
  try {
    privateFolder(path);
    writableFolder(path);
    return { what: 'home', ok: true, found: path };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { what: 'home', ok: false, found: reason, remedy: 'Set KUBEDRILL_HOME to a folder you can write to.' };
  }
}

function content(io: CommandIo): Finding {
  try {
    const { labs, problems } = catalogueOf(io);
    return {
      what: 'content',
      ok: problems.length === 0,
      found: `${labs.length} labs`,
      remedy: '`kubedrill check` says what is wrong.',
    };
  } catch (error) {
    return {
      what: 'content',
      ok: false,
      found: error instanceof Error ? error.message : String(error),
      remedy: 'Install kubedrill again.',
    };
  }
}

/** So many texts that a translation lacks are listed. */
const MISSING_MAX = 30;

async function language({ environment }: CommandIo): Promise<Finding> {
  const { chooseWords } = await import('./words/choose-words.js');
  const { tag, path = '', translation, failure } = await chooseWords(environment);
  const what = 'language';
  if (failure !== undefined)
    return { what, ok: false, found: failure, remedy: '`kubedrill new words LANGUAGE` makes one to fill in.' };
  if (!translation) return { what, ok: true, found: 'English' };
  const { messages, problems, missing, english } = translation;
  const wrong = problems.map(({ line, key, message }) => {
    const where = line === undefined ? path : `${path}:${line}`;
    return `${where}: ${key === '' ? '' : `${key}: `}${message}`;
  });
  const told = new Set(problems.map(({ key }) => key));
  const lacking = missing.filter((key) => !told.has(key)).map((key) => `not there yet: ${key}: ${english.get(key)}`);
  const more = lacking.length > MISSING_MAX ? [`and ${lacking.length - MISSING_MAX} more that are not there yet`] : [];
  return {
    what,
    ok: problems.length === 0,
    found: `${tag}: ${messages.size} of ${english.size} texts, ${path}`,
    also: [...wrong, ...lacking.slice(0, MISSING_MAX), ...more],
    remedy: 'Mend these lines; what cannot be used is said in English.',
  };
}
