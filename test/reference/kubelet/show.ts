/** Shows where ours differs from the real kubelet: `node scripts/run.mjs test/reference/kubelet/show.ts [WORDS]`. */
import { differencesOf, readKubelet } from './compare.js';
import { playOurs } from './our-node.js';
import { SCENARIOS } from './scenarios/register.js';
import type { Told } from './story.js';

const words = process.argv.slice(2).join(' ');
const { told } = readKubelet();
let equal = 0;
const chosen = SCENARIOS.filter(({ title }) => title.includes(words) && told.has(title));
for (const scenario of chosen) {
  const apart = differencesOf(told.get(scenario.title) as Told, playOurs(scenario));
  if (apart.length === 0) equal += 1;
  else console.log(`== ${scenario.title}\n${apart.join('\n')}`);
}
console.log(`${equal} of ${chosen.length} agree`);
