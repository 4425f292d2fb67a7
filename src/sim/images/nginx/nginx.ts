import { isErrno } from '../../kernel/errno.js';
import type { Program, Sys } from '../../kernel/sys.js';
import type { Waiting } from '../../kernel/wait.js';
import { NginxConfigError } from './config.js';
import { directiveRules } from './directives.js';
import { nginxVersionOf } from './files.js';
import { type ConfigSource, loadConfiguration } from './load.js';
import { stamp } from './logs.js';
import { Master, pidFileOf } from './master.js';
import type { NginxBuild } from './scripts.js';
import type { Configuration } from './sites.js';

const CONFIG = '/etc/nginx/nginx.conf';

interface Options extends ConfigSource {
  readonly switches: ReadonlySet<string>;
  readonly signal: string | undefined;
}

/** nginx: reads its configuration, serves files and other servers' answers, logs, reloads, ends gracefully. */
export const nginx: Program = (sys) => run(sys);

/** The same with more modules than nginx's own. */
export function nginxWith(build: NginxBuild): Program {
  const rules = directiveRules(build.directives);
  return (sys) => run(sys, { ...build, rules });
}

type Modules = NginxBuild & Required<Pick<ConfigSource, 'rules'>>;

function* run(sys: Sys, modules?: Modules): Waiting<number> {
  const server = `nginx/${sys.environment.get('NGINX_VERSION') ?? nginxVersionOf('latest')}`;
  const given = readOptions(sys.args.slice(1));
  const options = typeof given === 'string' || !modules ? given : { ...given, ...pickRules(modules) };
  if (typeof options === 'string') {
    yield* sys.write(2, `nginx: ${options}\n`);
    return 1;
  }
  const { switches, signal } = options;
  if (['v', 'V', 'h', '?'].some((letter) => switches.has(letter))) {
    yield* sys.write(
      2,
      `nginx version: ${server}\n${switches.has('V') ? BUILD : ''}${switches.has('h') || switches.has('?') ? USAGE : ''}`,
    );
    return 0;
  }
  const files: [string, string][] = [];
  let configuration: Configuration;
  const testing = switches.has('t') || switches.has('T');
  try {
    configuration = yield* loadConfiguration(sys, options, (path, text) => files.push([path, text]));
  } catch (error) {
    if (!(error instanceof NginxConfigError)) throw error;
    yield* sys.write(
      2,
      `${stamp(sys)} [emerg] ${sys.pid}#${sys.pid}: ${error.message}\nnginx: [emerg] ${error.message}\n`,
    );
    if (testing) yield* sys.write(2, `nginx: configuration file ${options.path} test failed\n`);
    return 1;
  }
  if (testing) return yield* tested(sys, options, configuration, files);
  if (signal !== undefined) return yield* tellMaster(sys, signal, pidFileOf(configuration));
  if (!configuration.main.some(({ name }) => name === 'events')) {
    const words = 'no "events" section in configuration';
    yield* sys.write(2, `${stamp(sys)} [emerg] ${sys.pid}#${sys.pid}: ${words}\nnginx: [emerg] ${words}\n`);
    return 1;
  }
  if (configuration.main.some(({ name, words }) => name === 'daemon' && words[0] === 'off'))
    return yield* new Master(sys, server, options, configuration, modules?.scripts(sys)).run();
  sys.fork(
    (child) => new Master(child, server, options, configuration, modules?.scripts(child)).run() as ReturnType<Program>,
    {
      session: true,
    },
  );
  return 0;
}

function pickRules({ rules, variables = [] }: Modules): Pick<ConfigSource, 'rules' | 'variables'> {
  return { rules, variables };
}

const LETTERS_WITH_VALUE = 'cegps';

function readOptions(words: readonly string[]): Options | string {
  const switches = new Set<string>();
  const values = new Map<string, string>();
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? '';
    if (!word.startsWith('-') || word === '-') return `invalid option: "${word}"`;
    for (let index = 1; index < word.length; index += 1) {
      const letter = word.charAt(index);
      if ('?hvVtTq'.includes(letter)) {
        switches.add(letter);
        continue;
      }
      if (!LETTERS_WITH_VALUE.includes(letter)) return `invalid option: "${letter}"`;
      const glued = word.slice(index + 1);
      if (glued === '') at += 1;
      const value = glued === '' ? words[at] : glued;
      if (value === undefined) {
        const what = { c: 'file name', e: 'file name', g: 'parameter', p: 'directory name', s: 'parameter' }[letter];
        return `option "-${letter}" requires ${what}`;
      }
      values.set(letter, value);
      break;
    }
  }
  const signal = values.get('s');
  if (signal !== undefined && !(signal in SIGNALS)) return `invalid option: "-s ${signal}"`;
  const path = values.get('c') ?? CONFIG;
  return { switches, signal, path: path.startsWith('/') ? path : `/etc/nginx/${path}`, global: values.get('g') ?? '' };
}

function* tested(
  sys: Sys,
  { path, switches }: Options,
  { main, warnings }: Configuration,
  files: readonly [string, string][],
): Waiting<number> {
  const quiet = switches.has('q');
  for (const warning of warnings)
    yield* sys.write(2, `${stamp(sys)} [warn] ${sys.pid}#${sys.pid}: ${warning}\nnginx: [warn] ${warning}\n`);
  if (!quiet) yield* sys.write(2, `nginx: the configuration file ${path} syntax is ok\n`);
  if (!main.some(({ name }) => name === 'events')) {
    const words = 'no "events" section in configuration';
    yield* sys.write(2, `${stamp(sys)} [emerg] ${sys.pid}#${sys.pid}: ${words}\nnginx: [emerg] ${words}\n`);
    yield* sys.write(2, `nginx: configuration file ${path} test failed\n`);
    return 1;
  }
  if (!quiet) yield* sys.write(2, `nginx: configuration file ${path} test is successful\n`);
  if (switches.has('T'))
    for (const [name, text] of files) yield* sys.write(1, `# configuration file ${name}:\n${text}\n`);
  return 0;
}

const SIGNALS = { stop: 'TERM', quit: 'QUIT', reload: 'HUP', reopen: 'USR1' } as const;

function* tellMaster(sys: Sys, signal: string, pidFile: string): Waiting<number> {
  yield* sys.write(2, `${stamp(sys)} [notice] ${sys.pid}#${sys.pid}: signal process started\n`);
  const fail = (text: string) =>
    sys.write(2, `${stamp(sys)} [error] ${sys.pid}#${sys.pid}: ${text}\nnginx: [error] ${text}\n`);
  let text: string;
  try {
    text = Buffer.from(sys.readFile(pidFile)).toString('utf8').trim();
  } catch (error) {
    if (!isErrno(error)) throw error;
    yield* fail(`open() "${pidFile}" failed (2: No such file or directory)`);
    return 1;
  }
  if (!/^\d+$/.test(text)) {
    yield* fail(`invalid PID number "${text}" in "${pidFile}"`);
    return 1;
  }
  try {
    sys.kill(Number(text), SIGNALS[signal as keyof typeof SIGNALS]);
    return 0;
  } catch (error) {
    if (!isErrno(error)) throw error;
    const number = error.code === 'ESRCH' ? 3 : 1;
    yield* sys.write(
      2,
      `${stamp(sys)} [alert] ${sys.pid}#${sys.pid}: kill(${text}, ${{ TERM: 15, QUIT: 3, HUP: 1, USR1: 10 }[SIGNALS[signal as keyof typeof SIGNALS]]}) failed (${number}: ${error.message})\n`,
    );
    return 1;
  }
}

const BUILD = 'built by gcc 14.2.0 (Debian 14.2.0-19) \nbuilt with OpenSSL 3.5.1 1 Jul 2025\nTLS SNI support enabled\n';
const USAGE = `Usage: nginx [-?hvVtTq] [-s signal] [-p prefix]
             [-e filename] [-c filename] [-g directives]

Options:
  -?,-h         : this help
  -v            : show version and exit
  -V            : show version and configure options then exit
  -t            : test configuration and exit
  -T            : test configuration, dump it and exit
  -q            : suppress non-error messages during configuration testing
  -s signal     : send signal to a master process: stop, quit, reopen, reload
  -p prefix     : set prefix path (default: /etc/nginx/)
  -e filename   : set error log file (default: /var/log/nginx/error.log)
  -c filename   : set configuration file (default: /etc/nginx/nginx.conf)
  -g directives : set global directives out of configuration file

`;
