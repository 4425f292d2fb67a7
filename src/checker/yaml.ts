import { load } from 'js-yaml';

/** What a text of YAML or JSON says; undefined where it cannot be read. */
export function readYaml(text: string): unknown {
  try {
    return load(text);
  } catch {
    return undefined;
  }
}
