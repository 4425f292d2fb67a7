export { readManifests } from './api/yaml/manifests.js';
export { createMachine, makeMachine } from './create-machine.js';
export type { OutsideCall, OutsideCallAnswer } from './kernel/outside-calls.js';
export type { OutsideAnswer, OutsideQuestion } from './kernel/questions.js';
export type { FileFacts, HostFacts, Machine, MachineInput, MachineOptions, OutsideEvent } from './machine.js';
export type { FarRequest, FarResponse } from './outside/far-requests.js';
export type { LineMessage, LineSide } from './outside/lines.js';
export { isKind, manifestProblems, worldFacts } from './worlds/facts.js';
export type { Timing, WorldSpec } from './worlds/spec.js';
