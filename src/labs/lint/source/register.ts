import { characters } from './characters.js';
import type { SourceRule } from './source.js';
import { yaml } from './yaml.js';

/** What a file's characters and its YAML are held to before anything is made of them. */
export const SOURCE_RULES: readonly SourceRule[] = [...characters, ...yaml];
