import { CHECKING_RULES } from './checking/register.js';
import { READING_RULES } from './reading/register.js';
import type { Rule } from './rule.js';
import { SCHEMA_RULES } from './schema-rules.js';
import { SOURCE_RULES } from './source/register.js';
import { READER_RULES } from './source/yaml.js';

/** Every rule that a lab is held to, whoever finds that it is broken, by name. */
export const ALL_RULES: readonly Rule[] = [
  ...Object.values(READER_RULES),
  ...SOURCE_RULES,
  ...SCHEMA_RULES,
  ...READING_RULES,
  ...CHECKING_RULES,
].sort((one, other) => (one.name < other.name ? -1 : 1));
