import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Folders whose tests start programs and wait for them, the slowest first. */
const SLOW = ['/test/terminal/', '/test/clients/', '/test/labs/session/', '/test/content/', '/test/reference/'];

/** Runs slow folders first, so that no worker is left alone with a slow file at the end; else as vitest does. */
export class SlowFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification): number => {
      const at = SLOW.findIndex((folder) => moduleId.includes(folder));
      return at < 0 ? SLOW.length : at;
    };
    const sorted = await super.sort(files);
    // Workers are kept while the project stays the same.
    const projects = [...new Set(sorted.map(({ project }) => project.name))];
    return projects.flatMap((name) =>
      sorted.filter(({ project }) => project.name === name).sort((a, b) => rank(a) - rank(b)),
    );
  }
}
