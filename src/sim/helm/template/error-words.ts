import { TemplateError } from '../../api/go-template/template-error.js';

/** What `required` and `fail` put around their message, so that only it is shown. */
export const WARNING_START = 'HELM_ERR_START';
export const WARNING_END = 'HELM_ERR_END';

/** What helm says of a file that cannot be read (cleanupParseError). */
export function parseError(name: string, error: TemplateError): TemplateError {
  const tokens = error.message.split(': ');
  if (tokens.length === 1) return new TemplateError(`parse error in (${name}): ${error.message}`);
  return new TemplateError(`parse error at (${tokens[1]}): ${tokens.at(-1)}`);
}

/** What helm says of a file that fails when it runs (reformatExecErrorMsg): where, what, why, from the outside in. */
export function executionError(name: string, error: TemplateError): TemplateError {
  if (!error.whileExecuting && !hasExecutionError(error)) return error;
  const tokens = cutTwice(error.message);
  if (tokens === undefined) return new TemplateError(`execution error in (${name}): ${error.message}`);
  const warned = new RegExp(`${WARNING_START}(.*)${WARNING_END}`, 's').exec(tokens[2]);
  if (warned) return new TemplateError(`execution error at (${tokens[1]}): ${warned[1]}`);
  const traces: string[] = [];
  for (let current: TemplateError | undefined = error; current !== undefined; current = current.cause) {
    const trace = traceOf(current.message);
    if (trace === undefined) return error;
    if (traces.at(-1) !== trace) traces.push(trace);
  }
  return new TemplateError(traces.join('').trim());
}

function hasExecutionError(error: TemplateError): boolean {
  return error.whileExecuting || (error.cause !== undefined && hasExecutionError(error.cause));
}

/** The parts before the first and the second `: `, and the rest. */
function cutTwice(text: string): [string, string, string] | undefined {
  const [first, second, ...rest] = text.split(': ');
  return second === undefined || first === undefined || rest.length === 0
    ? undefined
    : [first, second, rest.join(': ')];
}

const PREFIX = 'template: ';

function traceOf(message: string): string | undefined {
  if (!message.startsWith(PREFIX)) return undefined;
  const rest = message.slice(PREFIX.length);
  if (rest.startsWith('no template ')) return written('', '', message);
  return executingTrace(rest) ?? simpleTrace(rest);
}

function executingTrace(text: string): string | undefined {
  const found = /^(.*?): executing (.*)$/s.exec(text);
  if (!found) return undefined;
  const [, location = '', after = ''] = found;
  const place = /^"([^"]*)" at <(.*?)>: (.*)$/s.exec(after);
  if (!place) return undefined;
  const [, called, operand, words = ''] = place;
  return written(location, `executing "${called}" at <${operand}>:`, withoutNext(words));
}

function simpleTrace(text: string): string | undefined {
  const at = text.lastIndexOf(': ');
  return at < 0 ? undefined : written(text.slice(0, at), '', withoutNext(text.slice(at + 2)));
}

/** Another template's error that follows in the same words is told by itself. */
function withoutNext(words: string): string {
  const at = words.indexOf(' template:');
  return at < 0 ? words : words.slice(0, at);
}

function written(location: string, executing: string, words: string): string {
  const first = location === '' ? '' : `${location}\n  `;
  const second = executing === '' ? '' : `${executing}\n    `;
  return `${first}${second}${words === '' ? '' : `${words}\n`}`;
}
