import type { Command } from '../cobra/command.js';
import { annotate } from './annotate.js';
import { apply } from './apply.js';
import { cordon } from './cordon.js';
import { create } from './create.js';
import { deleteVerb } from './delete.js';
import { drain } from './drain.js';
import { get } from './get.js';
import { label } from './label.js';
import { taint } from './taint.js';
import { uncordon } from './uncordon.js';

/** Every verb, in alphabetical order. */
export const VERBS: readonly Command[] = [
  annotate,
  apply,
  cordon,
  create,
  deleteVerb,
  drain,
  get,
  label,
  taint,
  uncordon,
];
