import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, relative, resolve } from 'node:path';
import { build, type Plugin } from 'esbuild';
import type { CheckKind } from '../../../src/checker/subject.js';
import { type Mutant, mutantsOf, readSource } from './mutants.js';
import { withMutants } from './schemata.js';
import type { Row } from './stand-in.js';

/** Where the checker is. */
export const CHECKER = 'src/checker';
const TABLES = 'test/checker';

/** Of these nothing is mutated: what reads as data is proven by the published schema, what acts by worlds. */
const NOT_MUTATED = /^(?:schema|acting)\/|^time-limit\.ts$/;

/** A file of the checker and its mutants, `first` being the number of the first. */
export interface MutatedFile {
  readonly path: string;
  readonly first: number;
  readonly mutants: readonly Mutant[];
}

/** The tables, loaded with every mutant of the files in them, none of which is on. */
export interface Tables {
  readonly rows: readonly Row[];
  readonly files: readonly MutatedFile[];
  /** The kinds of checks that the rows are about: what is done to one of them is done to the rows. */
  readonly kinds: readonly CheckKind[];
}

/** The checker's files that are mutated, by their paths in it. */
export function checkerFiles(): readonly string[] {
  return filesUnder(CHECKER, (path) => path.endsWith('.ts'))
    .map((path) => relative(CHECKER, path).replaceAll('\\', '/'))
    .filter((path) => !NOT_MUTATED.test(path));
}

/** Loads the tables that need no simulated world; their checker asks `mutant` at each place that can go wrong. */
export async function loadTables(paths: readonly string[], mutant: (n: number) => boolean): Promise<Tables> {
  let first = 0;
  const sources = new Map<string, string>();
  const files = paths.map((path): MutatedFile => {
    const file = readSource(path, readFileSync(join(CHECKER, path), 'utf8'));
    const mutants = mutantsOf(file);
    const mutated = { path, first, mutants };
    sources.set(resolve(CHECKER, path), withMutants(file, mutants, first));
    first += mutants.length;
    return mutated;
  });
  const tables = filesUnder(TABLES, (path) => path.endsWith('.test.ts')).filter(
    (path) => !/clusters\/sim\/|mutation\//.test(readFileSync(path, 'utf8') + path),
  );
  const code = await bundle(tables, sources);
  const bundled = { exports: {} as { declared: readonly Row[]; KINDS: readonly CheckKind[] } };
  new Function('module', 'exports', 'require', 'MUTANT', code)(
    bundled,
    bundled.exports,
    createRequire(resolve('package.json')),
    mutant,
  );
  return { rows: bundled.exports.declared, files, kinds: bundled.exports.KINDS };
}

async function bundle(tables: readonly string[], sources: ReadonlyMap<string, string>): Promise<string> {
  const mutate: Plugin = {
    name: 'mutate',
    setup(bundler) {
      bundler.onResolve({ filter: /^vitest$/ }, () => ({ path: resolve(TABLES, 'mutation/stand-in.ts') }));
      bundler.onLoad({ filter: /\.ts$/ }, ({ path }) => {
        const contents = sources.get(path);
        return contents === undefined ? undefined : { contents, loader: 'ts' };
      });
    },
  };
  const imports = tables.map((path) => `import ${JSON.stringify(resolve(path))};`);
  const exports = [
    `export { declared } from ${JSON.stringify(resolve(TABLES, 'mutation/stand-in.ts'))};`,
    `export { KINDS } from ${JSON.stringify(resolve(CHECKER, 'checks/register.ts'))};`,
  ];
  const entry = [...imports, ...exports].join('\n');
  const { outputFiles } = await build({
    stdin: { contents: entry, resolveDir: resolve('.'), loader: 'ts' },
    bundle: true,
    write: false,
    packages: 'external',
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    logLevel: 'error',
    plugins: [mutate],
  });
  return outputFiles[0]?.text ?? '';
}

function filesUnder(folder: string, wanted: (path: string) => boolean): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((path) => join(folder, path))
    .filter(wanted)
    .sort();
}
