import type { Command } from '../../cobra/command.js';
import { env } from './env.js';
import { image } from './image.js';
import { resources } from './resources.js';
import { selector } from './selector.js';
import { serviceaccount } from './serviceaccount.js';
import { subject } from './subject.js';

/** What `kubectl set` can change, in alphabetical order. */
export const SET_VERBS: readonly Command[] = [env, image, resources, selector, serviceaccount, subject];
