import { decodeBase64 } from '../../../api/go-template/base64.js';
import { BUILTIN_FUNCTIONS } from '../../../api/go-template/builtin-functions.js';
import { type GoFunction, goFunction } from '../../../api/go-template/go-types.js';
import type { MaybeValue } from '../../../api/go-template/go-values.js';
import { existsValue } from '../../../api/go-template/index-value.js';
import { TemplateError } from '../../../api/go-template/template-error.js';

function base64Decode(text: string): string {
  const decoded = decodeBase64(text);
  if (typeof decoded === 'string') return decoded;
  throw new TemplateError(`base64 decode failed: ${decoded.problem}`);
}

/** What kubectl's templates may call beside Go's own. */
export const FUNCTIONS: ReadonlyMap<string, GoFunction> = new Map<string, GoFunction>([
  ...Object.entries(BUILTIN_FUNCTIONS),
  ['base64decode', goFunction('(string) string', base64Decode)],
  [
    'exists',
    goFunction('(reflect.Value, ...reflect.Value) bool', (item: MaybeValue, ...indexes: MaybeValue[]) =>
      existsValue(item, indexes),
    ),
  ],
]);
