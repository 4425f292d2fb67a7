import type { JsonObject } from '../../api/object.js';
import type { Kustomization } from './file/kustomization.js';
import type { Loader } from './files/loader.js';
import type { Resource } from './resource/resource.js';

/** One of kustomize's built-in generators. */
export interface Generator {
  readonly kind: string;
  readonly settings: (file: Kustomization) => JsonObject[];
  readonly configure: (settings: JsonObject, loader: Loader) => () => Resource[];
}
