import { createHash } from 'node:crypto';
import { readFile, rename } from 'node:fs/promises';
import { basename, dirname, join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { cache, root } from './paths.mjs';

/** A bundled file lies elsewhere than its source, so `import.meta` is made to speak of the source. */
const importMetaOfSource = {
  name: 'import-meta-of-source',
  setup(bundler) {
    bundler.onLoad({ filter: /\.tsx?$/ }, async ({ path }) => {
      const source = await readFile(path, 'utf8');
      const contents = source
        .replaceAll('import.meta.url', JSON.stringify(pathToFileURL(path).href))
        .replaceAll('import.meta.dirname', JSON.stringify(dirname(path)))
        .replaceAll('import.meta.filename', JSON.stringify(path));
      return { contents, loader: path.endsWith('x') ? 'tsx' : 'ts' };
    });
  },
};

/**
 * Bundles a TypeScript script of this repository into the cache, packages left outside, and returns
 * the path of the result. Node 20 cannot read TypeScript by itself, so every script goes this way.
 */
export async function bundleScript(file) {
  const name = relative(root, file).replaceAll(/[\\/]/g, '-');
  // Trees may share their packages, and with them the cache: each bundles into a folder of its own.
  const tree = createHash('sha256').update(root).digest('hex').slice(0, 8);
  const outfile = join(cache, 'scripts', tree, basename(name).replace(/\.tsx?$/, '.mjs'));
  // Programs that begin at the same time must not read what another one is just writing.
  const unfinished = `${outfile}.${process.pid}`;
  await build({
    entryPoints: [file],
    outfile: unfinished,
    bundle: true,
    packages: 'external',
    platform: 'node',
    target: 'node20',
    format: 'esm',
    sourcemap: 'inline',
    sourcesContent: false,
    logLevel: 'error',
    plugins: [importMetaOfSource],
  });
  await rename(unfinished, outfile);
  return outfile;
}
