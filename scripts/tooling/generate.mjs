import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundleScript } from './bundle-script.mjs';
import { digest, fingerprint } from './fingerprint.mjs';
import { root } from './paths.mjs';

const script = join(root, 'scripts', 'generate-schemas.ts');
const folder = join(root, 'src', 'sim', 'api', 'generated');
const stamp = join(folder, '.inputs');

/** What the generated files depend on: the script with all it imports, what lies beside it, the packages it reads. */
async function inputs() {
  const bundled = await bundleScript(script);
  const packages = ['k8s-client-schemas', 'kubernetes-models'].map((name) =>
    readFileSync(join(root, 'node_modules', name, 'package.json'), 'utf8'),
  );
  const text = readFileSync(bundled, 'utf8').replace(/\n\/\/# sourceMappingURL=[^\n]*/, '');
  return digest([text, fingerprint(root, ['scripts/schemas']), ...packages].join('\n'));
}

/** Makes src/sim/api/generated unless it is there and what it is made from has not changed. */
export async function generate() {
  if (!existsSync(script)) return;
  const wanted = await inputs();
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  execFileSync(process.execPath, [join(root, 'scripts', 'run.mjs'), script], { cwd: root, stdio: 'inherit' });
  mkdirSync(folder, { recursive: true });
  writeFileSync(stamp, wanted);
}
