import type { Volume } from '../api/types/volume.js';

/** What kubelet's folders call the plugin of a volume that it makes itself. */
export function pluginOf(volume: Volume): string {
  if (volume.emptyDir) return 'empty-dir';
  if (volume.configMap) return 'configmap';
  if (volume.secret) return 'secret';
  if (volume.downwardAPI) return 'downward-api';
  return 'projected';
}
