// Prints the snippets of test/sim/helm/template that come out differently here than the real helm had them:
//   node scripts/run.mjs scripts/show-helm-templates.ts
import { answerOf, recording, render } from '../test/sim/helm/template/rendering.js';

let count = 0;
for (const recorded of recording.cases) {
  const real = answerOf(recorded);
  const ours = render(recorded.text);
  if (ours.out === real.out && ours.error === real.error) continue;
  count += 1;
  console.log(`[${recorded.table}] ${recorded.text}`);
  console.log(`  real ${JSON.stringify(real)}\n  ours ${JSON.stringify(ours)}`);
}
console.log(`${count} of ${recording.cases.length} differ`);
