import type { JsonObject } from '../../api/object.js';
import type { Configuration } from './config/configuration.js';
import type { Kustomization } from './file/kustomization.js';
import type { Loader } from './files/loader.js';
import type { ResourceMap } from './resource/resource-map.js';

/** Changes all resources of a build. */
export type Transform = (resources: ResourceMap) => void;

/**
 * One of kustomize's built-in transformers. A kustomization's fields become settings, one for each run; a file under
 * `transformers` holds settings of its own.
 */
export interface Transformer {
  /** The kind in such a file. */
  readonly kind: string;
  readonly settings: (file: Kustomization, configuration: Configuration) => JsonObject[];
  /** How settings are shown in messages, when not as they are. */
  readonly shown?: (settings: JsonObject) => JsonObject;
  /** Throws KustomizeError for settings that make no sense, before anything is changed. */
  readonly configure: (settings: JsonObject, loader: Loader) => Transform;
}
