import { KustomizeError } from '../error.js';
import type { Loader } from '../files/loader.js';
import { readResources } from './read-resources.js';
import type { Resource } from './resource.js';

/** Reads the objects of a file; a file that is no YAML is named. */
export function readFileResources(loader: Loader, path: string): Resource[] {
  const text = loader.text(path);
  try {
    return readResources(text);
  } catch (error) {
    if (!(error instanceof KustomizeError) || !isMalformed(error.message)) throw error;
    throw new KustomizeError(`${error.message} in File: ${path}`);
  }
}

/** Whether a message tells of text that is no YAML. */
export function isMalformed(message: string): boolean {
  return message.includes('MalformedYAMLError');
}
