import { createVerb } from './create.js';
import { deleteVerb } from './delete.js';
import { deleteCollectionVerb } from './delete-collection.js';
import { getVerb } from './get.js';
import { listVerb } from './list.js';
import { patchVerb } from './patch.js';
import { updateVerb } from './update.js';
import type { Verb } from './verb.js';
import { watchVerb } from './watch.js';

/** The verbs of resources. */
export const VERBS: Readonly<Record<string, Verb>> = {
  create: createVerb,
  delete: deleteVerb,
  deletecollection: deleteCollectionVerb,
  get: getVerb,
  list: listVerb,
  patch: patchVerb,
  update: updateVerb,
  watch: watchVerb,
};
