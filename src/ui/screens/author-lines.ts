import type { Line } from '../line/line.js';
import { wrapLine } from '../line/wrap.js';
import { markdownLines } from '../markdown/markdown.js';
import type { AuthorState, LabState } from '../store/state.js';
import { say } from '../words/words.js';
import { checkLines } from './report-lines.js';

/** An author's panel: a heading, what was drawn, what became of the file, and what was chosen to be seen. */
export function authorLines({ view, author }: Pick<LabState, 'view' | 'author'>, columns: number): Line[] {
  if (!author) return [];
  return [
    heading(author),
    ...drawLines(author, columns),
    ...fileLines(author, columns),
    ...panelLines(author, view, columns),
  ];
}

function heading({ panel, report, looking, steps, typed }: AuthorState): Line {
  const text = {
    checks: (): string => {
      const checks = report
        ? say('author.points', { points: report.points, total: report.total })
        : say('author.checks');
      return looking ? `${checks} …` : checks;
    },
    solution: (): string => say('author.solution', { typed, all: steps.length }),
    hints: (): string => say('author.hints'),
    explanation: (): string => say('author.explanation'),
    task: (): string => say('author.task'),
  }[panel]();
  return [{ text, style: 'heading' }];
}

function drawLines({ draw }: AuthorState, columns: number): Line[] {
  return draw === '' ? [] : wrapLine([{ text: draw, style: 'dim' }], columns);
}

function fileLines({ saved, problems }: AuthorState, columns: number): Line[] {
  if (problems.length > 0)
    return problems.flatMap((problem) => wrapLine([{ text: problem, style: 'failed' }], columns, 2));
  return saved ? wrapLine([{ text: say('author.saved'), style: 'attention' }], columns) : [];
}

function panelLines(author: AuthorState, view: LabState['view'], columns: number): Line[] {
  switch (author.panel) {
    case 'checks':
      if (author.failure !== undefined)
        return wrapLine([{ text: say('look.failed', { reason: author.failure }), style: 'failed' }], columns);
      return author.report ? checkLines(author.report.checks, columns) : [];
    case 'solution':
      return author.steps.flatMap((step, at) =>
        step
          .split('\n')
          .flatMap((line, row) =>
            wrapLine(
              [
                { text: row > 0 ? '  ' : at < author.typed ? '✓ ' : at === author.typed ? '→ ' : '  ' },
                { text: line, style: 'code' },
              ],
              columns,
              4,
            ),
          ),
      );
    case 'hints':
      return view.hints.flatMap(({ text }, at) => [...markdownLines(`${at + 1}. ${text}`, columns)]);
    case 'explanation':
      return [
        ...markdownLines(view.explains, columns),
        ...view.reads.flatMap((address) => wrapLine([{ text: address }], columns)),
      ];
    // Where there is room for both the task stands beside the panel.
    case 'task':
      return [];
  }
}
