import type { KubeObject } from '../../api/object.js';
import type { Waiting } from '../../kernel/wait.js';
import type { Mapping } from '../resource/discovery.js';
import type { Session } from '../session.js';
import type { DescribeWriter } from './writer.js';

/** One object to be described, and where to ask for what belongs to it. */
export interface DescribeRequest<T extends KubeObject = KubeObject> {
  readonly session: Session;
  readonly mapping: Mapping;
  readonly object: T;
  readonly showEvents: boolean;
}

/** Writes the description of one kind, events included. */
export type Describer = (w: DescribeWriter, request: DescribeRequest<never>) => Waiting<void>;
