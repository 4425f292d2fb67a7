import type { Transformer } from '../transformer.js';
import { annotations } from './annotations.js';
import { images } from './images.js';
import { labels } from './labels.js';
import { namePrefix } from './name-prefix.js';
import { nameSuffix } from './name-suffix.js';
import { namespace } from './namespace.js';
import { patches } from './patches.js';
import { patchesJson6902 } from './patches-json6902.js';
import { patchesStrategicMerge } from './patches-strategic-merge.js';
import { replacements } from './replacements.js';
import { replicas } from './replicas.js';

/** The built-in transformers in the order they run: not alphabetical, because each sees what those before it did. */
export const TRANSFORMERS: readonly Transformer[] = [
  patchesStrategicMerge,
  patches,
  namespace,
  namePrefix,
  nameSuffix,
  labels,
  annotations,
  patchesJson6902,
  replicas,
  images,
  replacements,
];
