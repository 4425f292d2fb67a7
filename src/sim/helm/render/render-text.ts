import { TemplateError } from '../../api/go-template/template-error.js';
import type { Sys } from '../../kernel/sys.js';
import { HelmError } from '../errors.js';
import { renderTemplates } from '../template/render.js';

/** One template by itself, with the functions that charts have (`--name-template`, `--template`). Throws HelmError. */
export function renderText({ sys }: { readonly sys: Sys }, name: string, text: string, data: unknown): string {
  const top = (typeof data === 'object' && data !== null ? { ...data } : {}) as { [key: string]: unknown };
  try {
    const rendered = renderTemplates({
      templates: [{ name: name.replace(/^_/, '.'), text, basePath: '', top }],
      hooks: { now: () => sys.now(), random: (count) => sys.random().bytes(count) },
    });
    return rendered.get(name.replace(/^_/, '.')) ?? '';
  } catch (error) {
    if (error instanceof TemplateError) throw new HelmError(error.message);
    throw error;
  }
}
