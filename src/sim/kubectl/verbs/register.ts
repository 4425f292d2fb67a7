import type { Command } from '../cobra/command.js';
import { annotate } from './annotate.js';
import { apply } from './apply.js';
import { attach } from './attach.js';
import { autoscale } from './autoscale.js';
import { config } from './config.js';
import { cordon } from './cordon.js';
import { create } from './create.js';
import { deleteVerb } from './delete.js';
import { describe } from './describe.js';
import { drain } from './drain.js';
import { exec } from './exec.js';
import { expose } from './expose.js';
import { get } from './get.js';
import { label } from './label.js';
import { logs } from './logs.js';
import { patch } from './patch.js';
import { replace } from './replace.js';
import { rollout } from './rollout.js';
import { run } from './run.js';
import { scale } from './scale.js';
import { set } from './set.js';
import { taint } from './taint.js';
import { uncordon } from './uncordon.js';
import { wait } from './wait.js';

/** Every verb, in alphabetical order. */
export const VERBS: readonly Command[] = [
  annotate,
  apply,
  attach,
  autoscale,
  config,
  cordon,
  create,
  deleteVerb,
  describe,
  drain,
  exec,
  expose,
  get,
  label,
  logs,
  patch,
  replace,
  rollout,
  run,
  scale,
  set,
  taint,
  uncordon,
  wait,
];
