import type { Command } from 'commander';
import { seededDice } from '../labs/dice.js';
import { choicesFor, chooseDraw } from '../labs/format/choose.js';
import type { Lab } from '../labs/format/lab.js';
import { type Draw, drawVariants } from '../labs/format/variants.js';
import { UsageError } from './io.js';

/** Adds `--cause`, by which an author says what is to be drawn, instead of looking for a seed that draws it. */
export function causeOption(command: Command): Command {
  return command.option(
    '--cause <name=value>',
    "a variant's value instead of what the seed draws; may be repeated",
    (given: string, before: readonly string[] = []) => [...before, given],
  );
}

/** What `--cause` fixes of a lab's draw. Throws with what there is to choose from. */
export function fixedDraw({ content }: Lab, causes: readonly string[] = []): Draw {
  const { draw, problem } = chooseDraw(content, causes);
  if (problem !== undefined) throw new UsageError(problem);
  return draw;
}

/** The options with which `--seed` gives a draw: none for what the seed draws by itself. */
export function causeOptions({ content }: Lab, seed: string, draw: Draw): string[] {
  const drawn = drawVariants(content, seededDice(seed));
  const fixed = Object.entries(draw).filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(drawn[name]));
  return choicesFor(content, Object.fromEntries(fixed)).flatMap((choice) => ['--cause', choice]);
}
