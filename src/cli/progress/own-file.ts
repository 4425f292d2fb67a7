import { existsSync, readFileSync, statSync } from 'node:fs';
import { writeWhole } from '../../clusters/write-whole.js';
import { writeRefusal } from '../../labs/home.js';
import { refusalReason } from '../../labs/refusal-reason.js';
import { ExpectedError } from '../io.js';

/** Stands for the standard output where a file is named. */
export const STANDARD_OUTPUT = '-';

/** The text of a file that the person names. */
export function readNamed(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new ExpectedError(`${file} cannot be read: ${refusalReason(error as NodeJS.ErrnoException)}.`);
  }
}

/** Writes a file that the person names: wholly, or not at all. What is there is replaced only where `mayReplace` says so. */
export function writeNamed(file: string, text: string, mayReplace: (before: string) => boolean = () => false): void {
  if (existsSync(file)) {
    if (statSync(file).isDirectory()) throw new ExpectedError(`${file} is a folder; name a file.`);
    if (!mayReplace(readNamed(file)))
      throw new ExpectedError(`${file} is there already and is not replaced; name another file, or remove it.`);
  }
  try {
    writeWhole(file, text);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const reason = code === 'ENOENT' ? 'there is no such folder' : writeRefusal(error as Error);
    throw new ExpectedError(`${file} cannot be written: ${reason}. Nothing was changed.`);
  }
}
