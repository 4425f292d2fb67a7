import type { Program } from '../../kernel/sys.js';
import { vpaAdmissionController } from './admission-controller.js';
import { vpaRecommender } from './recommender.js';
import { vpaUpdater } from './updater.js';

/** Programs of the Vertical Pod Autoscaler's images, by the name their binaries carry. */
export const verticalPodAutoscalerPrograms: Readonly<Record<string, Program>> = {
  'vpa-admission-controller': vpaAdmissionController,
  'vpa-recommender': vpaRecommender,
  'vpa-updater': vpaUpdater,
};
