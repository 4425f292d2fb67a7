import { goQuote } from '../../api/go-text.js';
import { isJsonObject, type JsonValue } from '../../api/object.js';
import { type ManifestStream, readManifests } from '../../api/yaml/manifests.js';
import { decodeText } from '../../kernel/bytes.js';
import { isErrno } from '../../kernel/errno.js';
import type { Waiting } from '../../kernel/wait.js';
import { CommandError } from '../errors.js';
import { runKustomize } from '../kustomize/run.js';
import type { Session } from '../session.js';
import { downloadManifest } from './download.js';
import { glob } from './glob.js';

/** What `-f`, `-k` and `-R` say. */
export interface FileOptions {
  readonly filenames: readonly string[];
  readonly kustomize: string;
  readonly recursive: boolean;
}

/** One file, or standard input, that holds objects. */
export interface Source {
  readonly name: string;
  readonly text: () => Waiting<string>;
}

const EXTENSIONS = ['.json', '.yaml', '.yml'];

/** The flags of files as a verb has them. */
export function fileOptions({ flags }: Session): FileOptions {
  return { filenames: flags.list('filename'), kustomize: flags.text('kustomize'), recursive: flags.bool('recursive') };
}

/** Whether no file is named. */
export function noFiles({ filenames, kustomize }: FileOptions): boolean {
  return filenames.length === 0 && kustomize === '';
}

/** Throws when neither -f nor -k is there, or both. */
export function requireFiles(options: FileOptions): void {
  checkFiles(options);
  if (noFiles(options)) throw new CommandError('must specify one of -f and -k');
}

function checkFiles({ filenames, kustomize, recursive }: FileOptions): void {
  if (kustomize === '') return;
  if (filenames.length > 0) throw new CommandError('only one of -f or -k can be specified');
  if (recursive) throw new CommandError("the -k flag can't be used with -f or -R");
}

/** Finds the files that are meant; directories are read in the order of their names. */
export function sourcesOf(
  session: Session,
  options: FileOptions,
): { sources: Source[]; errors: unknown[]; many: boolean } {
  checkFiles(options);
  const sources: Source[] = [];
  const errors: unknown[] = [];
  let many = false;
  if (options.kustomize !== '') {
    sources.push({ name: options.kustomize, text: () => kustomized(session, options.kustomize) });
    many = true;
  }
  for (const name of options.filenames) {
    if (name === '-') {
      sources.push({ name: 'STDIN', text: () => session.input() });
      many = true;
    } else if (/^https?:\/\//.test(name)) {
      sources.push({ name, text: () => downloadManifest(session, name) });
      many = true;
    } else {
      const found = filesOf(session, name, options.recursive, errors);
      if (found.length > 1) many = true;
      if (found.length === 0 && errors.length === 0) {
        errors.push(
          new CommandError(`error reading [${name}]: recognized file extensions are [${EXTENSIONS.join(' ')}]`),
        );
      }
      sources.push(...found.map((path) => ({ name: path, text: () => readFile(session, path) })));
    }
  }
  return { sources, errors, many: many || sources.length > 1 };
}

function* kustomized(session: Session, directory: string): Waiting<string> {
  return (yield* runKustomize(session, directory)).toYaml();
}

function filesOf(session: Session, path: string, recursive: boolean, errors: unknown[]): string[] {
  try {
    if (session.sys.stat(path).type !== 'directory') return [path];
    return filesIn(session, path.replace(/\/+$/, '') || '/', recursive);
  } catch (error) {
    if (!isErrno(error)) throw error;
    if (error.code === 'ENOENT') return matchesOf(session, path, recursive, errors);
    const words = `the path ${goQuote(path)} cannot be accessed: stat ${path}: ${error.message.toLowerCase()}`;
    errors.push(new CommandError(words));
    return [];
  }
}

/** A path that is not there may be a pattern of paths that are. */
function matchesOf(session: Session, pattern: string, recursive: boolean, errors: unknown[]): string[] {
  const matches = glob(session.sys, pattern);
  if (matches === 'bad')
    errors.push(new CommandError(`pattern ${goQuote(pattern)} is not valid: syntax error in pattern`));
  else if (matches.length === 0) errors.push(new CommandError(`the path ${goQuote(pattern)} does not exist`));
  else return matches.flatMap((path) => filesOf(session, path, recursive, errors));
  return [];
}

function filesIn(session: Session, directory: string, recursive: boolean): string[] {
  const entries = session.sys
    .readDirectory(directory)
    .map(({ name }) => name)
    .sort();
  return entries.flatMap((name) => {
    const path = `${directory === '/' ? '' : directory}/${name}`;
    if (session.sys.stat(path).type === 'directory') return recursive ? filesIn(session, path, true) : [];
    return EXTENSIONS.some((extension) => name.endsWith(extension)) ? [path.replace(/^\.\//, '')] : [];
  });
}

function* readFile(session: Session, path: string): Waiting<string> {
  try {
    return decodeText(session.sys.readFile(path));
  } catch (error) {
    if (isErrno(error)) throw new CommandError(`open ${path}: ${error.message.toLowerCase()}`);
    throw error;
  }
}

/** The documents of a source. */
export function* documentsOf(source: Source): Waiting<ManifestStream> {
  return readManifests(yield* source.text());
}

/** What is wrong with a document before its kind is looked at; undefined when nothing is (kubectl's own validation). */
export function shapeProblem(value: JsonValue): string | undefined {
  if (!isJsonObject(value)) return 'invalid object to validate';
  const missing = ['apiVersion', 'kind']
    .filter((field) => value[field] === undefined || value[field] === null || value[field] === '')
    .map((field) => `${field} not set`);
  if (missing.length === 0) return undefined;
  return missing.length === 1 ? missing[0] : `[${missing.join(', ')}]`;
}
