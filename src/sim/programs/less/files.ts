import { isErrno } from '../../kernel/errno.js';
import type { Sys } from '../../kernel/sys.js';
import { Document } from './document.js';

/** A file of the command line, and where the person was in it. */
export interface Listed {
  readonly name: string;
  start: { place: number; row: number } | undefined;
}

/** Opens a file for reading; a string says why that cannot be. `-` is standard input. */
export function openDocument(sys: Sys, name: string, force: boolean): Document | string {
  if (name === '-') return new Document(sys, sys.duplicate(0), false);
  try {
    const { type } = sys.stat(name);
    if (type === 'directory') return `${name} is a directory`;
    if (type !== 'file' && !force) return `${name} is not a regular file (use -f to see it)`;
    return new Document(sys, sys.open(name, { read: true }), type === 'file');
  } catch (error) {
    if (isErrno(error)) return `${name}: ${error.message}`;
    throw error;
  }
}
