import type { FunctionTable } from '../../../api/go-template/builtin-functions.js';
import { goFunction } from '../../../api/go-template/go-types.js';
import type { GoData } from '../../../api/go-template/go-values.js';
import { TemplateError } from '../../../api/go-template/template-error.js';
import { readToml, TomlError } from '../formats/toml-reader.js';
import { writeToml } from '../formats/toml-writer.js';

/** Helm's functions of TOML. */
export const TOML_FUNCTIONS: FunctionTable = {
  fromToml: goFunction('(string) map[string]any', (text: string) => {
    try {
      return readToml(text);
    } catch (error) {
      if (error instanceof TomlError) return { Error: error.message };
      throw error;
    }
  }),
  mustToToml: goFunction('(any) string', (data: GoData) => writeToml(data)),
  toToml: goFunction('(any) string', (data: GoData) => {
    try {
      return writeToml(data);
    } catch (error) {
      if (error instanceof TemplateError) return error.message;
      throw error;
    }
  }),
};
