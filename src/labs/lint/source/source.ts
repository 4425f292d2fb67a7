import type { Event } from 'js-yaml';
import type { SourceMap } from '../../format/positions.js';
import type { Rule } from '../rule.js';

/** A file as YAML before it is a value. */
export interface Source extends Omit<SourceMap, 'positions'> {
  readonly text: string;
  readonly events: readonly Event[];
}

/** A rule about a file's characters and its YAML, whatever is said in it. */
export interface SourceRule extends Rule {
  check(source: Source, report: (line: number, path: string, message: string) => void): void;
}
