import type { Command } from '../cobra/command.js';
import { apply } from './apply.js';
import { create } from './create.js';
import { deleteVerb } from './delete.js';
import { get } from './get.js';

/** Every verb, in alphabetical order. */
export const VERBS: readonly Command[] = [apply, create, deleteVerb, get];
