import type { Command } from '../cobra/command.js';
import { annotate } from './annotate.js';
import { apply } from './apply.js';
import { autoscale } from './autoscale.js';
import { cordon } from './cordon.js';
import { create } from './create.js';
import { deleteVerb } from './delete.js';
import { drain } from './drain.js';
import { get } from './get.js';
import { label } from './label.js';
import { patch } from './patch.js';
import { replace } from './replace.js';
import { scale } from './scale.js';
import { set } from './set.js';
import { taint } from './taint.js';
import { uncordon } from './uncordon.js';

/** Every verb, in alphabetical order. */
export const VERBS: readonly Command[] = [
  annotate,
  apply,
  autoscale,
  cordon,
  create,
  deleteVerb,
  drain,
  get,
  label,
  patch,
  replace,
  scale,
  set,
  taint,
  uncordon,
];
