import { matchesPattern, patternProblem } from '../../../api/go-pattern.js';
import { PREEMPT } from '../../../kernel/wait.js';
import type { PluginSetup } from '../plugin.js';
import { codeNumber, duration } from './words.js';

interface Pattern {
  readonly text: string;
  readonly period: number;
  readonly periodText: string;
  readonly level: string;
  matches(message: string): boolean;
  count: number;
}

const LEVELS = ['debug', 'info', 'warning', 'error'];

/** The errors plugin: writes what others failed with into the log; errors of one pattern are counted together. */
export const errors: PluginSetup = ({ words, log, background, sys }) => {
  const patterns: Pattern[] = [];
  for (let count = 0; words.next(); count += 1) {
    if (count > 0) words.fail('this plugin can only be used once per Server Block');
    const args = words.remaining();
    if (args.length === 1 && args[0] !== 'stdout') words.fail(`invalid log file: ${args[0]}`);
    if (args.length > 1) words.wrongCount();
    while (words.nextInBlock()) {
      if (words.value === 'stacktrace') continue;
      if (words.value !== 'consolidate') words.fail(`unknown property '${words.value}'`);
      const [period, text, level = 'error', ...rest] = words.remaining();
      if (period === undefined || text === undefined || rest.length > 1) return words.wrongCount();
      if (!LEVELS.includes(level)) words.fail(`unknown option in consolidate: ${level}`);
      const problem = patternProblem(text);
      if (problem !== undefined) words.fail(problem);
      patterns.push({
        text,
        period: duration(period),
        periodText: period,
        level: level.toUpperCase(),
        matches: (message) => matchesPattern(message, text) === true,
        count: 0,
      });
    }
  }
  const tell = (level: string, text: string): void => log(`[${level}] plugin/errors: ${text}`);
  const consolidate = (pattern: Pattern): void => {
    pattern.count += 1;
    if (pattern.count > 1) return;
    background(function* later() {
      yield PREEMPT;
      yield* sys.sleep(pattern.period);
      tell(pattern.level, `${pattern.count} errors like '${pattern.text}' occurred in last ${pattern.periodText}`);
      pattern.count = 0;
    });
  };
  return (next) =>
    function* answer(query) {
      const reply = yield* next(query);
      const { error } = reply;
      if (error === undefined) return reply;
      const pattern = patterns.find((one) => one.matches(error));
      if (pattern) consolidate(pattern);
      else
        tell(
          'ERROR',
          `${codeNumber(reply.code)} ${query.question.name.toLowerCase()} ${query.question.type}: ${error}`,
        );
      return reply;
    };
};
