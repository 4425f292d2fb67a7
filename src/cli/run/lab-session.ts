import type { OutsideAnswer, OutsideQuestion } from '../../clusters/sim/sim-cluster.js';
import type { LabInstance } from '../../labs/format/instance.js';
import type { LiveSession } from '../../labs/session/live-session.js';
import type { LabSession, LabView } from '../../ui/ports.js';
import type { OwnEditor } from './own-editor.js';

/** A session of the screens with the attempt behind it. */
export type AdaptedSession = LabSession & { readonly live: LiveSession };

/** A session as the screens see it. */
export function adapt(live: LiveSession, editor: OwnEditor | undefined): AdaptedSession {
  return {
    live,
    view: fromElsewhere(live),
    get host() {
      return live.host;
    },
    get elapsedSeconds() {
      return live.elapsedSeconds;
    },
    get hintsTaken() {
      return live.hintsTaken;
    },
    silentMilliseconds: () => live.silentMilliseconds(),
    start: () => live.start(),
    pause: () => live.pause(),
    terminals: live.terminals,
    onFailure: (listener) => live.onFailure(listener),
    onTerminalWanted: (lend) =>
      live.answerQuestions((question, onOpen) => editInTerminal(question, onOpen, lend, editor)),
    hint: () => live.hint(),
    noteSolution: () => live.noteSolution(),
    typed: () => live.typed(),
    grade: (onStep) => live.grade(onStep),
    leave: (how) => live.leave(how),
  };
}

/** Who begins at the base host is told how to get to the task's. */
function fromElsewhere({ host, instance }: LiveSession): LabView {
  const view = labView(instance);
  return host === instance.host ? view : { ...view, task: `\`ssh ${instance.host}\`\n\n${view.task}` };
}

/** Answers a question by the person's own editor, in a terminal lent for it. */
async function editInTerminal(
  question: OutsideQuestion,
  onOpen: () => void,
  lend: (use: () => Promise<void>) => Promise<void>,
  editor: OwnEditor | undefined,
): Promise<OutsideAnswer> {
  if (!editor) return { kind: 'nobody' };
  let answer: OutsideAnswer = { kind: 'failed', reason: 'the terminal was taken away' };
  await lend(async () => {
    answer = await editor.edit(question, onOpen);
  });
  return answer;
}

/** A lab's instance as the screens show it. */
export function labView({ lab, seed, task, minutes, points, hints, solution, explains, reads }: LabInstance): LabView {
  return {
    id: lab.id,
    title: lab.content.metadata.title,
    task,
    minutes,
    points,
    seed,
    hints,
    solution: solution.flatMap(({ script }) => script.trimEnd().split('\n')),
    explains,
    reads,
  };
}
