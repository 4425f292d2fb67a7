import { complaintOf, KustomizeError } from '../error.js';
import type { Loader } from '../files/loader.js';
import { readResources } from '../resource/read-resources.js';
import type { Resource } from '../resource/resource.js';
import { readFileResources } from '../resource/resource-file.js';
import type { Transformer } from '../transformer.js';

interface Settings {
  readonly paths?: readonly string[];
  readonly patches?: string;
}

/** `patchesStrategicMerge`: the older way to write strategic patches, each a file or the patch itself. */
export const patchesStrategicMerge: Transformer = {
  kind: 'PatchStrategicMergeTransformer',
  settings: ({ patchesStrategicMerge: paths = [] }) => (paths.length === 0 ? [] : [{ paths }]),
  configure: (settings, loader) => {
    const { paths = [], patches = '' } = settings as Settings;
    if (paths.length === 0 && patches === '') {
      throw new KustomizeError('empty file path and empty patch content');
    }
    const list = [
      ...paths.flatMap((path) => textOrFile(path, loader)),
      ...(patches === '' ? [] : readResources(patches)),
    ];
    if (list.length === 0) {
      throw new KustomizeError(`patch appears to be empty; files=[${paths.join(' ')}], Patch=${patches}`);
    }
    return (resources) => {
      for (const patch of list) resources.applyPatch([resources.target(patch.originalId)], patch);
    };
  },
};

function textOrFile(path: string, loader: Loader): Resource[] {
  let found: Resource[] = [];
  const complaint = complaintOf(() => {
    found = readResources(path);
  });
  return complaint === undefined ? found : readFileResources(loader, path);
}
