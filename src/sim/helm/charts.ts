/** What others use of charts: those who offer them in the world's repositories. */
export { digestOf } from './chart/archive.js';
export { chartOfFiles } from './chart/load.js';
export { packChart } from './chart/package.js';
export { type ChartVersion, indexYaml } from './repo/index-file.js';
