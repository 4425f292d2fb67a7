import { decodeText, encodeText } from '../../kernel/bytes.js';
import { isErrno } from '../../kernel/errno.js';
import type { InstalledProgram } from '../../kernel/installed-program.js';
import { getopt, OptionError, type ParsedOption } from '../../kernel/libc/getopt.js';
import { print, printError } from '../../kernel/libc/streams.js';
import type { Sys } from '../../kernel/sys.js';
import type { Waiting } from '../../kernel/wait.js';
import { moduleFiles, modulesFolder } from './modules.js';
import { KMOD_VERSION, MODINFO_USAGE } from './usage.js';

const FIELDS: Readonly<Record<string, string>> = {
  author: 'author',
  description: 'description',
  filename: 'filename',
  license: 'license',
  parameters: 'parm',
};
const SPECS = [
  { short: 'a', long: 'author' },
  { short: 'd', long: 'description' },
  { short: 'l', long: 'license' },
  { short: 'p', long: 'parameters' },
  { short: 'n', long: 'filename' },
  { short: '0', long: 'null' },
  { short: 'm', long: 'modname' },
  { short: 'F', long: 'field', argument: 'required' },
  { short: 'k', long: 'set-version', argument: 'required' },
  { short: 'b', long: 'basedir', argument: 'required' },
  { short: 'V', long: 'version' },
  { short: 'h', long: 'help' },
] as const;
const NAME_WIDTH = 16;

type Pair = readonly [key: string, value: string];

function* run(sys: Sys): Waiting<number> {
  try {
    const { options, operands } = getopt(sys.args.slice(1), SPECS);
    const asked = options.find(({ name }) => name === 'help' || name === 'version');
    if (asked) {
      yield* print(sys, asked.name === 'help' ? MODINFO_USAGE : KMOD_VERSION);
      return 0;
    }
    if (operands.length > 0) return yield* tellAll(sys, options, operands);
    yield* printError(sys, 'modinfo: ERROR: missing module or filename.\n');
  } catch (error) {
    if (!(error instanceof OptionError)) throw error;
    yield* printError(sys, `modinfo: ${error.message}\n`);
  }
  return 1;
}

function* tellAll(sys: Sys, options: readonly ParsedOption[], names: readonly string[]): Waiting<number> {
  const wanted = options.findLast(({ name }) => name === 'field' || Object.hasOwn(FIELDS, name));
  const field = wanted?.name === 'field' ? wanted.value : FIELDS[wanted?.name ?? ''];
  const end = options.some(({ name }) => name === 'null') ? '\0' : '\n';
  let status = 0;
  for (const name of names) {
    const path = pathOf(sys, name);
    if (path === undefined) {
      yield* printError(sys, `modinfo: ERROR: Module ${name} not found.\n`);
      status = 1;
      continue;
    }
    let pairs: readonly Pair[];
    try {
      pairs = [['filename', path], ...infoOf(sys, path)];
    } catch (error) {
      if (!isErrno(error)) throw error;
      const module = path.slice(path.lastIndexOf('/') + 1).replace(/\..*/, '');
      yield* printError(sys, `modinfo: ERROR: could not get modinfo from '${module}': ${error.message}\n`);
      status = 1;
      continue;
    }
    yield* sys.write(1, encodeText(field === undefined ? tell(pairs, end) : tellField(pairs, field, end)));
  }
  return status;
}

/** The file of a module, by its path or its name. */
function pathOf(sys: Sys, name: string): string | undefined {
  if (/\.ko(?:\.zst)?$/.test(name)) {
    try {
      sys.stat(name);
      return name;
    } catch (error) {
      if (!isErrno(error)) throw error;
    }
  }
  const [file] = moduleFiles(sys, name) ?? [];
  return file === undefined ? undefined : `${modulesFolder(sys)}/${file}`;
}

function infoOf(sys: Sys, path: string): Pair[] {
  return decodeText(sys.readFile(path))
    .split('\0')
    .filter((fact) => fact.includes('='))
    .map((fact) => [fact.slice(0, fact.indexOf('=')), fact.slice(fact.indexOf('=') + 1)]);
}

/** All that is known, parameters last and those that were named last first. */
function tell(pairs: readonly Pair[], end: string): string {
  const plain = pairs.filter(([key]) => !key.startsWith('parm'));
  const lines = plain.map(([key, value]) =>
    end === '\0' && key !== 'filename' ? `${key}=${value}` : `${`${key}:`.padEnd(NAME_WIDTH)}${value}`,
  );
  const parameters = parametersOf(pairs).map(({ name, about, type }) => {
    const behind = about === undefined ? type : type === undefined ? about : `${about} (${type})`;
    return `${'parm:'.padEnd(NAME_WIDTH)}${name}:${behind}`;
  });
  return [...lines, ...parameters].map((line) => `${line}${end}`).join('');
}

function tellField(pairs: readonly Pair[], field: string, end: string): string {
  const values =
    field === 'parm'
      ? parametersOf(pairs).map(({ name, about, type }) =>
          about === undefined ? `${name}: (${type})` : `${name}:${about}${type === undefined ? '' : ` (${type})`}`,
        )
      : pairs.filter(([key]) => key === field).map(([, value]) => value);
  return values.map((value) => `${value}${end}`).join('');
}

interface Parameter {
  readonly name: string;
  readonly about?: string;
  readonly type?: string;
}

function parametersOf(pairs: readonly Pair[]): Parameter[] {
  const found = new Map<string, Parameter>();
  for (const [key, value] of pairs) {
    if (key !== 'parm' && key !== 'parmtype') continue;
    const at = value.indexOf(':');
    const name = value.slice(0, at);
    const part = key === 'parm' ? { about: value.slice(at + 1) } : { type: value.slice(at + 1) };
    found.set(name, { name, ...found.get(name), ...part });
  }
  return [...found.values()].reverse();
}

/** modinfo of kmod 31: what a module's file says of it. */
export const modinfo: InstalledProgram = { name: 'modinfo', paths: ['/usr/sbin/modinfo'], run };
